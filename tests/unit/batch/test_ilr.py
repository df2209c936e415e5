"""ULNs of an ILR file before it is submitted."""

import io

import pytest

from ulnlib.batch import ilr


def message(*ulns, namespace="ESFA/ILR/2025-26", prefix=""):
    learners = "".join(
        f"<{prefix}Learner><{prefix}LearnRefNumber>Ref{n}</{prefix}LearnRefNumber>"
        + (f"<{prefix}ULN>{uln}</{prefix}ULN>" if uln is not None else "")
        + f"<{prefix}FamilyName>Secret</{prefix}FamilyName>"
        f"<{prefix}LearningDelivery><{prefix}ULN>1</{prefix}ULN></{prefix}LearningDelivery>"
        f"</{prefix}Learner>\n"
        for n, uln in enumerate(ulns, 1)
    )
    name = f":{prefix[:-1]}" if prefix else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<{prefix}Message xmlns{name}="{namespace}">'
        f"<{prefix}Header><{prefix}Year>2526</{prefix}Year></{prefix}Header>\n{learners}"
        f"<{prefix}LearnerDestinationandProgression><{prefix}ULN>2</{prefix}ULN>"
        f"</{prefix}LearnerDestinationandProgression></{prefix}Message>"
    ).encode()


def codes(*ulns, **options):
    found = ilr.check(message(*ulns, **options))
    return [(item.code, item.path) for item in found.report]


def test_a_sound_file_has_no_finding():
    found = ilr.check(message("1000000043", "1000000051"))

    assert (found.learners, found.temporary, found.year) == (2, 0, "2025-26")
    assert found.is_ok
    assert not found.report


@pytest.mark.parametrize(
    ("uln", "code"),
    [
        (None, "ilr-uln-missing"),
        ("", "ilr-uln-missing"),
        (" ", "ilr-uln-missing"),
        ("9999999999", "ilr-uln-temporary"),
        ("1000000042", "uln-check-digit"),
        ("123", "uln-length"),
        ("1E+09", "spreadsheet-scientific"),
        ("0000000000", "uln-leading-zero"),
        ("Secretsecr", "uln-characters"),
        ("10-00000043", "uln-characters"),
    ],
)
def test_what_is_wrong_with_a_uln(uln, code):
    found = ilr.check(message("1000000043", uln))

    assert [(i.code, i.path, i.line) for i in found.report] == [
        (code, ("learner", 2, "ULN"), 4)
    ]
    assert found.is_ok == (code == "ilr-uln-temporary")
    assert found.temporary == (code == "ilr-uln-temporary")


def test_spaces_around_a_number_make_no_difference():
    assert codes("\n 1000000043 ") == []


def test_a_uln_of_two_learners_is_found_and_the_temporary_one_is_nobodys():
    assert codes("1000000043", "9999999999", "1000000043", "9999999999") == [
        ("ilr-uln-temporary", ("learner", 2, "ULN")),
        ("ilr-uln-twice", ("learner", 3, "ULN")),
        ("ilr-uln-temporary", ("learner", 4, "ULN")),
    ]


def test_the_reference_is_shown_only_when_it_is_asked_for():
    found = ilr.check(message("1000000043", "1000000042"))
    (item,) = found.report

    assert "Ref2" not in f"{found!r} {item} {item!r}"
    assert found.reference_at(item) == "Ref2"
    assert "Ref2" in item.reveal(found.reference_at(item))
    assert found.reference_at(ilr.check(b"x").report[0]) is None


@pytest.mark.parametrize(
    ("namespace", "year"),
    [
        ("SFA/ILR/2015-16", "2015-16"),
        ("ESFA/ILR/2019-20", "2019-20"),
        ("ESFA/ILR/2025-26", "2025-26"),
        ("DfE/ILR/2026-27", "2026-27"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "i:"])
def test_every_year_is_read(namespace, year, prefix):
    found = ilr.check(message("1000000043", namespace=namespace, prefix=prefix))

    assert (found.year, found.learners, len(found.report)) == (year, 1, 0)


@pytest.mark.parametrize(
    "content",
    [
        message("1000000042", namespace="urn:other"),
        b"<Message><Learner/></Message>",
        b"<a/>",
        b'<a><Message xmlns="ESFA/ILR/2025-26"><Learner/></Message></a>',
    ],
)
def test_an_xml_file_of_another_kind_is_said_to_be_one(content):
    found = ilr.check(content)

    assert [item.code for item in found.report] == ["ilr-root"]
    assert (found.learners, found.year) == (0, None)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<!DOCTYPE Message><Message/>", "xml-doctype"),
        (b"", "xml-malformed"),
        (message("1000000043")[:-20], "xml-malformed"),
        (message("&Secret;"), "xml-entity"),
    ],
)
def test_what_is_not_read_is_a_fatal_finding(content, code):
    found = ilr.check(content)

    assert [item.code for item in found.report] == [code]
    assert not found.is_ok


def test_a_file_without_learners():
    assert codes() == [("ilr-no-learners", ())]


def test_bytes_a_path_and_an_open_file_give_the_same(tmp_path):
    raw = message("1000000043", "1000000042")
    path = tmp_path / "ILR.xml"
    path.write_bytes(raw)

    assert ilr.check(path) == ilr.check(raw) == ilr.check(io.BytesIO(raw))
    with pytest.raises(OSError, match="none"):
        ilr.check(tmp_path / "none.xml")


def test_a_learner_with_two_ulns_is_told():
    second = b"</ULN><ULN>1000000051</ULN><FamilyName>"
    content = message("1000000043").replace(b"</ULN><FamilyName>", second)

    found = ilr.check(content)

    assert [(item.code, item.path) for item in found.report] == [
        ("ilr-ulns", ("learner", 1, "ULN"))
    ]
    assert "1000000051" not in str(found.report)


def test_learners_in_another_place_than_the_first_are_told():
    content = message("1000000043")
    start = content.index(b"<Message")
    inner = (
        content[start:]
        .replace(b"<Learner>", b"<X><Learner>")
        .replace(b"</Learner>", b"</Learner></X>")
    )
    end = content.rindex(b"</Message>")

    found = ilr.check(content[:end] + inner + b"</Message>")

    assert [item.code for item in found.report.fatal] == ["xml-records-elsewhere"]
