"""What a file is: its content first, its name second."""

import io

import pytest

from ulnlib import Learner, batch
from ulnlib.batch import KNOWN_LAYOUTS, Sureness, detect

ADA = Learner(given_name="Ada", family_name="Quill", mis_identifier="7")
ILR = b'<?xml version="1.0"?>\n<!-- x --><Message xmlns="ESFA/ILR/2025-26"></Message>'
CTF = b"\xef\xbb\xbf<CTfile><Header/></CTfile>"


def made(layout, form="CSV"):
    file = batch.make([ADA], ukprn="10012345", file_name="x", layout=layout)
    return batch.write(file, form=form)


@pytest.mark.parametrize("layout", KNOWN_LAYOUTS, ids=str)
def test_a_file_is_known_by_its_headings_and_the_version_that_it_states(layout):
    found = detect(made(layout))

    assert (found.kind, found.form) == (layout.kind, "CSV")
    assert found.layout is layout
    assert found.sureness is Sureness.CERTAIN
    assert found.reader == "ulnlib.batch.read"


@pytest.mark.parametrize("version", ["2A", "3A"])
def test_a_batch_file_in_xml_is_known_by_its_elements(version):
    found = detect(made(batch.LAYOUTS[version], "XML"))

    assert (found.kind, found.form) == ("LRB", "XML")


def test_a_verify_file_in_xml_is_known_by_its_root():
    found = detect(made(batch.VLD, "XML"))

    assert (found.kind, found.form) == ("VLD", "XML")
    assert found.sureness is Sureness.CERTAIN


@pytest.mark.parametrize(
    ("content", "kind", "form"),
    [(ILR, "ILR", "XML"), (CTF, "CTF", "XML"), (b"PK\x03\x04...", "table", "XLSX")],
)
def test_other_files_have_readers_of_their_own(content, kind, form):
    found = detect(content)

    assert (found.kind, found.form) == (kind, form)
    assert found.layout is None
    assert found.reader
    assert found.why.endswith(".")


@pytest.mark.parametrize(
    "content",
    [
        b"Surname,Forename,D.O.B.,Town\nExample,Ada,24/05/2007,",
        "Surname;Forename;D.O.B.\r\nExample;Ada;24/05/2007\r\n".encode("utf-16"),
        b"Surname\tForename\tD.O.B.",
    ],
)
def test_a_table_of_ones_own_is_known_by_its_headings(content):
    found = batch.detect(content, name="export.csv")

    assert (found.kind, found.form) == ("table", "CSV")
    assert found.sureness is batch.Sureness.LIKELY
    assert found.why == "Its headings are those of one."
    assert found.reader == "ulnlib.batch.read_table"
    assert batch.read_table(content).headings


def test_headings_that_are_not_quite_right_are_likely():
    content = made(batch.LRB_3A).replace(b"FamilyName,", b"Familyname,")

    assert detect(content).sureness is Sureness.LIKELY


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("LRB_10012345_211120260900.CSV", "LRB"),
        ("VLD_10012345.csv", "VLD"),
        ("QCF_10012345_2012-03-15_001.csv", "Achievement"),
        ("820LLLL_CTF_8201234_001.xml", "CTF"),
        ("ILR-10012345-2526.xml", "ILR"),
    ],
)
def test_where_the_content_is_silent_the_name_tells(name, kind):
    found = detect(b"", name=name)

    assert found.kind == kind
    assert found.sureness is Sureness.NAMED
    assert "name" in found.why


def test_the_content_is_believed_before_the_name():
    found = detect(made(batch.VLD), name="LRB_10012345_211120260900.CSV")

    assert found.kind == "VLD"


def test_a_file_without_headings_is_what_its_name_says():
    row = made(batch.LRB_3A).split(b"\r\n", 1)[1]

    assert detect(row).sureness is Sureness.GUESSED
    assert detect(row, name="LRB_10012345_211120260900.CSV").kind == "LRB"
    assert detect(row, name="VLD_10012345.csv").kind == "VLD"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"hello",
        b"<html></html>",
        b"<a",
        b"<Message xmlns='x'></Message>",
        b"\xff\xfe<\0a\0",
        b"<" * 70_000,
        b"<!--" + b"-" * 70_000,
    ],
)
def test_what_nobody_knows_is_nothing(content):
    found = detect(content)

    assert found.kind is None
    assert found.sureness is None
    assert found.why == "Neither its content nor its name tells."


def test_an_open_file_is_left_where_it_was(tmp_path):
    path = tmp_path / "LRB_10012345_211120260900.CSV"
    path.write_bytes(made(batch.LRB_3A))
    with path.open("rb") as file:
        assert detect(file).kind == "LRB"
        assert batch.read(file).layout is batch.LRB_3A
    assert detect(path).kind == detect(str(path)).kind == "LRB"
    assert detect(io.BytesIO(made(batch.VLD))).kind == "VLD"


def test_what_is_no_source_is_refused():
    with pytest.raises(TypeError):
        detect(io.StringIO("x"))
