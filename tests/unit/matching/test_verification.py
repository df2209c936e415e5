"""Does a ULN belong to a learner: the codes and the flags of the service."""

import datetime as dt

import pytest

from ulnlib import Register
from ulnlib.codes import FailureFlag, VerifyCode
from ulnlib.errors import InvalidUln
from ulnlib.learner import Learner
from ulnlib.matching import TOLERANCES, Tolerance, verify
from ulnlib.uln import Uln

HER, LINKED, UNKNOWN = "9900000012", "9900000004", "9900000020"
ADA = Learner(
    uln=HER,
    given_name="Ada",
    family_name="MacQuill",
    previous_family_name="Thistlewick",
    date_of_birth="2007-05-24",
    gender="2",
    postcode="ZA1 1AB",
)


@pytest.fixture
def store(memory):
    store = memory()
    store.add(ADA)
    store.add(
        ADA.evolve(uln=LINKED, family_name="Sample", previous_family_name=None),
        master=Uln(HER),
    )
    return store


def codes(found):
    return [flag.value for flag in found.flags]


@pytest.mark.conformance
class TestTheCodes:
    """PG-1.3-6: by ULN, given name and family name."""

    @pytest.mark.parametrize(
        "more",
        [
            (),
            ("2007-05-24",),
            (dt.date(2007, 5, 24), "2"),
            (None, "2"),
            ("", ""),
        ],
    )
    def test_all_that_is_given_is_equal(self, store, more):
        found = verify(store, HER, " ADA", "macquill ", *more)

        assert found.code.value == "WSVRC001"
        assert found.is_match
        assert found.flags == found.tolerances == ()
        assert found.uln == Uln(HER)

    @pytest.mark.parametrize("family", ["Sample", "MacQuill"])
    def test_it_is_equal_through_a_link(self, store, family):
        """The linked record and its master's are both good."""
        found = verify(store, LINKED, "Ada", family, "2007-05-24", "2")

        assert found.code.value == "WSVRC002"
        assert found.is_match
        assert found.flags == ()
        assert found.uln == Uln(HER)

    @pytest.mark.parametrize(
        ("given", "family", "tolerances"),
        [
            ("Ada", "McQuill", (Tolerance.SURNAME_AFFIX,)),
            ("A", "MacQuill", (Tolerance.INITIALS,)),
            ("Adda", "Macquil", (Tolerance.SPELLING,)),
            ("MacQuill", "Ada", (Tolerance.NAMES_SWAPPED,)),
            ("Ada", "Thistlewick", (Tolerance.PREVIOUS_FAMILY_NAME,)),
            ("\u00c0da", "Mac Quill", (Tolerance.MARKS,)),
        ],
    )
    def test_only_names_differ_and_little(self, store, given, family, tolerances):
        found = verify(store, HER, given, family, "2007-05-24", "2")

        assert found.code.value == "WSVRC003"
        assert not found.is_match
        assert found.tolerances == tolerances
        assert found.flags
        assert found.uln == Uln(HER)

    def test_only_names_differ_and_little_through_a_link(self, store):
        found = verify(store, LINKED, "A", "Sample")

        assert found.code.value == "WSVRC004"
        assert found.tolerances == (Tolerance.INITIALS,)
        assert found.uln == Uln(HER)

    @pytest.mark.parametrize(
        ("given", "family", "more"),
        [
            ("Ada", "MacQuill", ("2007-05-25",)),
            ("Ada", "MacQuill", (None, "1")),
            # A gender that is not known is not equal either.
            ("Ada", "MacQuill", (None, "0")),
            ("A", "MacQuill", ("2007-05-25", "2")),
            ("Zebedee", "MacQuill", ()),
            ("Ada", "Obermann", ()),
            ("", "MacQuill", ()),
            ("Ada", "", ()),
        ],
    )
    def test_more_differs(self, store, given, family, more):
        for uln in (HER, LINKED):
            found = verify(store, uln, given, family, *more)
            assert found.code.value == "WSVRC005"
            assert found.flags
            assert found.tolerances == ()
            assert found.uln == Uln(HER)

    @pytest.mark.parametrize(
        ("given", "held"), [("Liz", "Beth"), ("Sean", "John"), ("Molly", "Holly")]
    )
    def test_names_that_strangers_have_often_enough_are_no_similarity(
        self, memory, given, held
    ):
        store = memory(ADA.evolve(given_name=held))

        assert verify(store, HER, given, "MacQuill").code is VerifyCode.NO_MATCH

    def test_the_uln_is_not_there(self, store):
        found = verify(store, UNKNOWN, "Ada", "MacQuill")

        assert found.code.value == "WSVRC006"
        assert found.flags == found.tolerances == ()
        assert found.uln is None

    def test_every_code_can_be_reached(self, store):
        made = {
            verify(store, uln, *names).code
            for uln in (HER, LINKED, UNKNOWN)
            for names in (("Ada", "MacQuill"), ("A", "MacQuill"), ("Zeb", "MacQuill"))
        }

        assert made == set(VerifyCode)


class TestTheFlags:
    """VRF1 to VRF3 the given name, VRF4 to VRF6 the family name, then birth, gender."""

    @pytest.mark.parametrize(
        ("given", "family", "more", "flags"),
        [
            ("Zebedee", "MacQuill", (), ["VRF1", "VRF2", "VRF3"]),
            ("Ada", "Obermann", (), ["VRF4", "VRF5", "VRF6"]),
            ("MacQuill", "Ada", (), ["VRF1", "VRF3", "VRF5", "VRF6"]),
            ("MacQuill", "MacQuill", (), ["VRF1", "VRF3"]),
            ("Ada", "Ada", (), ["VRF5", "VRF6"]),
            ("Thistlewick", "MacQuill", (), ["VRF1", "VRF2"]),
            ("Ada", "Thistlewick", (), ["VRF4", "VRF5"]),
            ("Ada", "MacQuill", ("1999-01-02",), ["VRF7"]),
            ("Ada", "MacQuill", (None, "1"), ["VRF8"]),
            (
                "Zebedee",
                "Obermann",
                ("1999-01-02", "1"),
                [f"VRF{n}" for n in range(1, 9)],
            ),
        ],
    )
    def test_these_comparisons_fail(self, store, given, family, more, flags):
        assert codes(verify(store, HER, given, family, *more)) == flags

    def test_without_a_former_name_none_is_compared(self, memory):
        store = memory(ADA.evolve(previous_family_name=None))
        found = verify(store, HER, "Zebedee", "Obermann")

        assert codes(found) == ["VRF1", "VRF2", "VRF4", "VRF5"]

    def test_a_former_name_of_the_store_is_one(self, memory):
        store = memory()
        store.add(ADA.evolve(previous_family_name=None), families=["O'Bermann"])

        found = verify(store, HER, "Ada", "O'BERMANN")
        assert found.code is VerifyCode.SIMILAR
        assert codes(found) == ["VRF4", "VRF5"]
        assert codes(verify(store, HER, "Ada", "Zebra")) == ["VRF4", "VRF5", "VRF6"]

    def test_every_flag_can_be_reached(self, store):
        found = verify(store, HER, "Zebedee", "Obermann", "1999-01-02", "1")

        assert list(found.flags) == list(FailureFlag)

    def test_of_a_linked_record_and_its_master_the_nearer_is_told(self, store):
        found = verify(store, LINKED, "Zebedee", "Sample")

        assert found.code is VerifyCode.NO_MATCH
        assert codes(found) == ["VRF1", "VRF2"]


class TestTolerances:
    @pytest.mark.parametrize(
        ("given", "family", "tolerance"),
        [
            ("Ada", "McQuill", Tolerance.SURNAME_AFFIX),
            ("A", "MacQuill", Tolerance.INITIALS),
            ("MacQuill", "Ada", Tolerance.NAMES_SWAPPED),
            ("Ada", "Thistlewick", Tolerance.PREVIOUS_FAMILY_NAME),
        ],
    )
    def test_what_is_switched_off_is_not_similar(self, store, given, family, tolerance):
        off = {tolerance, Tolerance.SPELLING, Tolerance.SOUND}
        found = verify(store, HER, given, family, tolerances=TOLERANCES - off)
        assert found.code is VerifyCode.NO_MATCH

        found = verify(store, HER, given, family, tolerances=[tolerance])
        assert found.code is VerifyCode.SIMILAR
        assert found.tolerances == (tolerance,)

    def test_equal_is_equal_without_any(self, store):
        assert verify(store, HER, "Ada", "MacQuill", tolerances=[]).is_match


class TestTheRegister:
    """The same by the library's own store, which follows links and keeps names."""

    def test_it_is_a_source(self):
        register = Register()
        register.add(ADA.evolve(previous_family_name=None))
        register.add(ADA.evolve(uln=LINKED, gender="1"))
        register.update(Learner(uln=HER, family_name="Obermann"))
        assert verify(register, HER, "Ada", "MacQuill").code is VerifyCode.SIMILAR
        register.merge(LINKED, into=HER)

        assert verify(register, HER, "Ada", "Obermann").code is VerifyCode.MATCH
        found = verify(register, LINKED, "Ada", "MacQuill", None, "1")
        assert found.code is VerifyCode.LINKED_MATCH
        assert found.uln == Uln(HER)
        assert verify(register, UNKNOWN, "A", "B").code is VerifyCode.ULN_NOT_FOUND


@pytest.mark.parametrize("uln", ["", "1234567890", "Ada", "9999999999"])
def test_what_is_no_uln_is_refused(store, uln):
    with pytest.raises(InvalidUln):
        verify(store, uln, "Ada", "MacQuill")


@pytest.mark.parametrize(
    "text", ["", "!?", "\u0410\u043d\u043d\u0430", "a\udcff", "ab" * 5_000]
)
def test_any_text_is_verified(store, text):
    found = verify(store, HER, text, text, text, text)

    assert found.code is VerifyCode.NO_MATCH
    assert len(text) < 2 or text not in repr(found)


def test_names_that_are_not_given_match_no_record(memory):
    store = memory()
    uln = Uln.parse("1000000043")
    store.add(Learner(uln=str(uln), date_of_birth="2000-01-02"))

    assert verify(store, uln, "", "").code is VerifyCode.NO_MATCH
