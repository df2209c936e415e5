"""Common transfer files: pupils to learners, and ULNs written back."""

import datetime as dt
import io

import pytest

from ulnlib import Learner
from ulnlib.batch import ctf
from ulnlib.errors import InvalidData, InvalidUln

AS_OF = dt.date(2026, 11, 21)
UPN, OTHER = "H801200001001", "T801200001002"
ULN = "1000000043"
ITEMS = {
    "UPN": UPN,
    "Surname": "Example",
    "Forename": "Ada",
    "DOB": "2010-05-04",
    "Gender": "F",
}
ADDRESS = {
    "PAON": "1",
    "Street": "High Street",
    "Locality": "Nearby",
    "Town": "Ham",
    "AdministrativeArea": "Shire",
    "PostCode": "ZA1 1AB",
}


def pupil(more="", address=None, **changes):
    items = "".join(
        f"\n      <{name}>{text}</{name}>"
        for name, text in (ITEMS | changes).items()
        if text is not None
    )
    lines = "".join(
        f"<{name}>{text}</{name}>"
        for name, text in (ADDRESS if address is None else address).items()
    )
    return f"    <Pupil>{items}{more}\n      <Address>{lines}</Address>\n    </Pupil>\n"


def file(*pupils):
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<CTfile>\n  <Header>'
        "<DocumentName>Common Transfer File</DocumentName>"
        "<SourceSchool><Estab>4321</Estab></SourceSchool></Header>\n"
        f"  <CTFpupilData>\n{''.join(pupils)}  </CTFpupilData>\n</CTfile>\n"
    ).encode()


def codes(*pupils, **options):
    found = ctf.read(file(*pupils), as_of=AS_OF, **options)
    return [(item.code, item.field) for item in found.report]


# --- reading ----------------------------------------------------------------------


def test_a_pupil_becomes_a_learner():
    found = ctf.read(file(pupil()), as_of=AS_OF)

    assert not found.report
    assert found.learners == (
        Learner(
            upn=UPN,
            given_name="Ada",
            family_name="Example",
            date_of_birth="2010-05-04",
            gender="2",
            address_line_1="1 High Street",
            address_line_2="Nearby",
            town="Ham",
            county="Shire",
            postcode="ZA1 1AB",
        ),
    )
    assert (found.records[0].row, found.records[0].line) == (2, 5)
    assert dict(found.header) == {
        "Header/DocumentName": "Common Transfer File",
        "Header/SourceSchool/Estab": "4321",
    }


def test_an_address_may_be_lines_and_stand_deeper():
    lines = {"AddressLine1": "1 High Street", "AddressLine2": "a", "AddressLine3": "b"}
    address = {"Lines": "".join(f"<{n}>{t}</{n}>" for n, t in lines.items())}
    found = ctf.read(file(pupil(address=address | {"Postcode": "ZA1 1AB"})))

    assert not found.report
    (one,) = found.learners
    assert (one.address_line_1, one.address_line_2, one.town, one.county) == (
        "1 High Street",
        "a",
        "b",
        None,
    )


def test_what_else_a_file_may_hold_is_read():
    more = (
        "<ULN>1000000043</ULN><BasicDetails><PreferredForename>Addie</PreferredForename>"
        "<MiddleNames>Mary</MiddleNames><FormerSurname>Old</FormerSurname></BasicDetails>"
    )
    (one,) = ctf.read(file(pupil(more))).learners

    assert one.uln == ULN
    assert one.preferred_given_name == "Addie"
    assert one.middle_names == "Mary"
    assert one.previous_family_name == "Old"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"UPN": None}, [("mandatory-missing", "upn")]),
        ({"Surname": None}, [("mandatory-missing", "family_name")]),
        ({"Forename": None}, [("mandatory-missing", "given_name")]),
        ({"DOB": None}, [("mandatory-missing", "date_of_birth")]),
        ({"Gender": None}, [("mandatory-missing", "gender")]),
        ({"Gender": "Secret"}, [("ctf-gender", "gender")]),
        ({"DOB": "04/05/2010"}, [("date-excel", "date_of_birth")]),
        ({"DOB": "2020-01-01"}, [("age-too-young", "date_of_birth")]),
        ({"UPN": "Secret"}, [("upn-format", "upn")]),
        ({"Gender": "W"}, []),
        ({"Surname": "x" * 36}, [("too-long", "family_name")]),
    ],
)
def test_what_is_wrong_with_a_pupil(changes, found):
    assert codes(pupil(**changes)) == found


@pytest.mark.parametrize("left_out", ["PostCode", "PAON", "Street"])
def test_an_address_has_to_be_whole(left_out):
    address = {name: text for name, text in ADDRESS.items() if name != left_out}
    found = ctf.read(file(pupil(address=address)))

    code = "mandatory-missing" if left_out == "PostCode" else "ctf-address"
    assert [item.code for item in found.report] == [code]
    assert found.report[0].return_code == "RC010"


@pytest.mark.parametrize("place", ["Locality", "Town", "AdministrativeArea"])
def test_one_place_is_enough(place):
    names = ("PAON", "Street", "PostCode")
    address = {name: ADDRESS[name] for name in names}

    assert codes(pupil(address=address)) == [("ctf-address", "address_line_1")]
    assert codes(pupil(address=address | {place: "x"})) == []


def test_a_caller_who_knows_better_gives_a_table():
    paths = (ctf.CtfPath("family_name", ("Name/Last",)), *ctf.PATHS)
    more = "<Name><Last>Known</Last></Name>"
    found = ctf.read(file(pupil(more, Gender="9")), paths=paths, genders={"9": "9"})

    assert not found.report
    assert found.learners[0].family_name == "Known"
    assert found.learners[0].gender == "9"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<a/>", "ctf-root"),
        (file(), "ctf-no-pupils"),
        (b"<!DOCTYPE CTfile><CTfile/>", "xml-doctype"),
        (file(pupil())[:-20], "xml-malformed"),
        (b"<CTfile><Pupil/><CTFpupilData/></CTfile>", "ctf-no-pupils"),
    ],
)
def test_what_is_said_of_a_whole_file(content, code):
    assert [item.code for item in ctf.read(content).report] == [code]


def test_bytes_a_path_and_an_open_file_give_the_same(tmp_path):
    path = tmp_path / "8204321_CTF_8201234_001.xml"
    path.write_bytes(file(pupil()))

    assert (
        ctf.read(path) == ctf.read(io.BytesIO(file(pupil()))) == ctf.read(file(pupil()))
    )


def test_no_pupil_is_shown():
    found = ctf.read(file(pupil(Surname="Secret", DOB="Secret")))

    assert "Secret" not in f"{found!r} {list(map(str, found.report))}"


# --- writing ULNs back ------------------------------------------------------------


def test_a_uln_is_written_after_the_upn_and_nothing_else_is_touched():
    raw = file(pupil(), pupil(UPN=OTHER))
    filled = ctf.fill(raw, {UPN: ULN})

    line = f"\n      <ULN>{ULN}</ULN>".encode()
    upn = f"<UPN>{UPN}</UPN>".encode()
    assert filled.content == raw.replace(upn, upn + line)
    assert (filled.written, list(filled.report)) == (1, [])
    assert ctf.read(filled.content).learners[0].uln == ULN


def test_by_position_when_it_is_asked_for():
    raw = file(pupil(UPN=None), pupil())
    filled = ctf.fill(raw, [None, ULN])

    assert [one.uln for one in ctf.read(filled.content).learners] == [None, ULN]
    assert ctf.fill(raw, [None, None]).content == raw
    with pytest.raises(ValueError, match="1 ULNs for 2 pupils"):
        ctf.fill(raw, [ULN])


def test_filling_again_changes_nothing_and_another_uln_is_left():
    raw = ctf.fill(file(pupil()), {UPN: ULN}).content

    assert ctf.fill(raw, {UPN: ULN}).content == raw
    filled = ctf.fill(raw, {UPN: "1000000051"})
    assert (filled.content, filled.written) == (raw, 0)
    assert [(i.code, i.row, i.line) for i in filled.report] == [("ctf-uln-there", 2, 5)]


@pytest.mark.parametrize("empty", ["<ULN/>", "<ULN></ULN>", "<ULN >\n</ULN>"])
def test_an_empty_element_is_filled(empty):
    raw = file(pupil(empty))

    full = f"<ULN>{ULN}</ULN>".encode()
    assert ctf.fill(raw, {UPN: ULN}).content == raw.replace(empty.encode(), full)


def test_remarks_and_marked_text_are_not_taken_for_elements():
    more = "<!-- <Pupil><UPN>x</UPN> --><Note><![CDATA[<Pupil></CTFpupilData>]]></Note>"
    raw = file(pupil(more + "<Note a='/>' b=\"/Pupil>\"/><?x <Pupil> ?>"))
    upn = f"<UPN>{UPN}</UPN>".encode()

    filled = ctf.fill(raw, {UPN: ULN})
    assert filled.content.replace(f"\n      <ULN>{ULN}</ULN>".encode(), b"") == raw
    assert filled.content.index(b"<ULN>") > raw.index(upn)


def test_prefixes_are_those_of_the_file():
    raw = (
        f"<c:CTfile xmlns:c='c'><c:CTFpupilData><c:Pupil><c:UPN>{UPN}</c:UPN></c:Pupil>"
        "</c:CTFpupilData></c:CTfile>"
    ).encode()

    filled = ctf.fill(raw, {UPN: ULN})
    assert f"</c:UPN><c:ULN>{ULN}</c:ULN></c:Pupil>".encode() in filled.content


def test_a_caller_says_where_it_stands_and_what_it_is_called():
    raw = file(pupil(UPN=None))
    filled = ctf.fill(raw, [ULN], element="UniqueLearnerNumber", after=("DOB",))

    written = f"</DOB>\n      <UniqueLearnerNumber>{ULN}</UniqueLearnerNumber>"
    assert written.encode() in filled.content
    assert ctf.read(filled.content).learners[0].uln == ULN
    first = ctf.fill(raw, [ULN], after=()).content
    assert f"<Pupil><ULN>{ULN}</ULN>".encode() in first


def test_what_cannot_be_done_is_said():
    with pytest.raises(InvalidData):
        ctf.fill(b"<a/>", {})
    with pytest.raises(InvalidUln):
        ctf.fill(file(pupil()), {UPN: "1000000042"})
    with pytest.raises(ValueError, match="row 2 has nothing inside"):
        ctf.fill(file("<Pupil/>"), [ULN])


def test_pupils_in_another_place_than_the_first_are_told():
    block = f"<CTFpupilData>{pupil()}</CTFpupilData>"
    content = f"<CTfile>{block}{block}</CTfile>".encode()

    found = ctf.read(content)

    assert len(found.learners) == 1
    [item] = found.report.fatal
    assert (item.code, "1" in item.message) == ("xml-records-elsewhere", True)
    with pytest.raises(InvalidData):
        ctf.fill(content, {UPN: ULN})


def test_a_file_that_was_not_read_is_not_filled():
    with pytest.raises(InvalidData):
        ctf.fill(f"<CTfile><Pupil/>{file(pupil()).decode()[60:]}".encode(), {UPN: ULN})
    stray = (
        b"<CTfile><Pupil/><CTFpupilData><Pupil><UPN/></Pupil></CTFpupilData></CTfile>"
    )
    with pytest.raises(InvalidData):
        ctf.fill(stray, [])


def test_a_pupil_within_a_pupil_is_a_part_of_it():
    content = file(f"<Pupil><Pupil/><UPN>{UPN}</UPN></Pupil>")

    assert len(ctf.read(content).learners) == 1
    assert ctf.fill(content, {UPN: ULN}).written == 1


def test_of_two_addresses_the_first_is_read_whole_and_told():
    second = "<Address><PostCode>ZA9 9ZZ</PostCode><SAON>Flat 9</SAON></Address>"
    content = file(pupil().replace("</Pupil>", f"{second}</Pupil>"))

    found = ctf.read(content)

    assert found.learners[0].postcode == "ZA1 1AB"
    assert "Flat" not in (found.learners[0].address_line_1 or "")
    assert [item.code for item in found.report] == ["ctf-item-twice"]
    address = pupil().split("<Address>")[1].split("</Address>")[0]
    same = pupil().replace("</Pupil>", f"<Address>{address}</Address></Pupil>")
    assert not ctf.read(file(same)).report


def test_an_item_that_is_there_twice_is_told_where_it_differs():
    same, other = "<Surname>Example</Surname>", "<Surname>Other</Surname>"

    several = "<Contact><Forename>A</Forename></Contact>"
    several += "<Contact><Forename>B</Forename></Contact>"  # of which none is read
    assert codes(pupil(same)) == codes(pupil(several)) == []
    assert codes(pupil(other)) == [("ctf-item-twice", None)]
    assert ctf.read(file(pupil(other))).learners[0].family_name == "Example"


class TestNobodysUln:
    """A ULN that might be another pupil's is not written."""

    @staticmethod
    def filled(content, ulns):
        found = ctf.fill(content, ulns)
        return found.written, [(item.code, item.row) for item in found.report]

    def test_two_pupils_with_one_upn_get_none(self):
        content = file(pupil(), pupil(Forename="Bo"), pupil(UPN=OTHER))

        assert self.filled(content, {UPN: ULN, OTHER: "1000000051"}) == (
            1,
            [("ctf-upn-twice", 3)],
        )
        found = ctf.read(content).report
        assert ("ctf-upn-twice", 3) in [(one.code, one.row) for one in found]

    @pytest.mark.parametrize("ulns", [{UPN: ULN, OTHER: ULN}, [ULN, ULN]])
    def test_one_uln_for_two_pupils_is_written_to_none(self, ulns):
        content = file(pupil(), pupil(UPN=OTHER))

        assert self.filled(content, ulns) == (
            0,
            [("ctf-uln-twice", 2), ("ctf-uln-twice", 3)],
        )

    def test_nor_one_that_another_pupil_has(self):
        content = file(pupil(f"<ULN>{ULN}</ULN>"), pupil(UPN=OTHER))

        assert self.filled(content, {OTHER: ULN}) == (0, [("ctf-uln-twice", 3)])

    def test_nor_one_that_is_wanted_for_a_pupil_who_has_another(self):
        content = file(pupil("<ULN>1000000051</ULN>"), pupil(UPN=OTHER))

        assert self.filled(content, {UPN: ULN, OTHER: ULN}) == (
            0,
            [("ctf-uln-twice", 3), ("ctf-uln-there", 2)],
        )

    def test_of_two_elements_none_is_written_over(self):
        two = "<ULN>9999999999</ULN><ULN>1000000051</ULN>"

        assert self.filled(file(pupil(two)), {UPN: ULN}) == (0, [("ctf-uln-there", 2)])

    def test_pupils_without_a_upn_get_none_by_upn(self):
        content = file(pupil(UPN=None))

        assert self.filled(content, {"": ULN, None: ULN}) == (0, [])

    def test_two_ulns_for_one_upn_are_refused(self):
        with pytest.raises(
            ValueError, match="two ULNs are given for one UPN"
        ) as caught:
            ctf.fill(file(pupil()), {UPN: ULN, f" {UPN.lower()}": "1000000051"})
        assert UPN not in str(caught.value)

    def test_a_upn_that_nobody_has_is_told(self):
        found = ctf.fill(file(pupil()), {"X": ULN})

        assert (found.written, [item.code for item in found.report]) == (
            0,
            ["ctf-upn-unknown"],
        )

    def test_capitals_of_a_upn_do_not_matter(self):
        assert self.filled(file(pupil(UPN=UPN.lower())), {UPN: ULN}) == (1, [])

    def test_the_temporary_uln_is_none_and_is_replaced(self):
        content = file(pupil("<ULN>9999999999</ULN>"), pupil(UPN=OTHER))
        found = ctf.fill(content, {UPN: ULN})

        assert found.content == content.replace(b"9999999999", ULN.encode())
        assert not found.report
