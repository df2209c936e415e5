"""Entries of who has looked, and their pages."""

import datetime as dt

import pytest

from builders.plr import ADA, AS_OF, AT, CLERK
from ulnlib.plr import Access, AccessEntry, Actor, page_of, read_log
from ulnlib.plr.audit import PAGE_SIZE
from ulnlib.rules.sharing import Subject, Viewer

ENTRIES = [CLERK.entry(Access.FIND, ADA.uln, at=f"{n:05}") for n in range(45)]


class TestEntries:
    def test_an_entry_says_who_of_which_organisation_did_what_and_when(self):
        entry = CLERK.entry(Access.VIEW_RECORD, ADA.uln, at=AT)

        assert entry == AccessEntry(
            "1000000043",
            "jsmith",
            "Example College",
            "view personal learning record",
            "2026-11-21T09:30:00",
        )

    def test_the_service_names_four_things(self):
        assert CLERK.entry(Access.CREDIT_CHECK, ADA.uln, at=AT).to_service() == {
            "Action": "credit check",
            "DateTime": AT,
            "Organisation": "Example College",
            "User": "jsmith",
        }

    @pytest.mark.parametrize(
        ("at", "kept"),
        [
            (dt.date(2026, 11, 21), "2026-11-21"),
            (
                dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC),
                "2026-11-21T09:30:00+00:00",
            ),
            ("yesterday", "yesterday"),
        ],
    )
    def test_a_moment_is_kept_as_given(self, at, kept):
        assert CLERK.entry(Access.FIND, ADA.uln, at=at).at == kept

    def test_a_moment_is_nothing_else(self):
        with pytest.raises(TypeError, match="not int"):
            CLERK.entry(Access.FIND, ADA.uln, at=5)

    def test_neither_user_nor_learner_is_in_a_repr(self):
        entry = CLERK.entry(Access.FIND, ADA.uln, at=AT)

        assert repr(entry) == "AccessEntry(action='find learner')"
        assert repr(CLERK) == "Actor(organisation='Example College')"
        assert "jsmith" not in repr(page_of([entry]))


class TestPages:
    def test_the_newest_are_on_the_first_page(self):
        page = page_of(ENTRIES)

        assert len(page.entries) == PAGE_SIZE == 20
        assert [one.at for one in page.entries[:2]] == ["00044", "00043"]
        assert (page.page_index, page.page_count, page.total_items) == (1, 3, 45)

    def test_the_pages_are_the_log_once(self):
        pages = [page_of(ENTRIES, n).entries for n in (1, 2, 3)]

        assert [one for page in pages for one in page] == ENTRIES[::-1]
        assert len(pages[2]) == 5

    def test_a_page_that_there_is_not_is_empty(self):
        page = page_of(ENTRIES, 4)

        assert page.entries == ()
        assert page.total_items == 45

    def test_an_empty_log_has_one_page(self):
        assert page_of([]).page_count == 1

    @pytest.mark.parametrize(("page", "size"), [(0, 20), (1, 0), (-1, 20)])
    def test_pages_are_counted_from_one(self, page, size):
        with pytest.raises(ValueError, match="from 1"):
            page_of(ENTRIES, page, size=size)

    def test_the_service_names_the_page(self):
        told = page_of(ENTRIES, 3, size=10).to_service()

        assert told["List"][0]["DateTime"] == "00024"
        assert {name: told[name] for name in told if name != "List"} == {
            "PageCount": 5,
            "PageIndex": 3,
            "PageSize": 10,
            "TotalItems": 45,
        }


class TestReadingTheLog:
    SUBJECT = Subject(share="2", has_level_one=True)

    def read(self, viewer, *, subject=SUBJECT, learner=ADA, log=ENTRIES, **given):
        return read_log(log, viewer, subject, learner=learner, as_of=AS_OF, **given)

    def test_learners_read_their_own_and_nobody_elses(self):
        other = CLERK.entry(Access.FIND, "1000000051", at=AT)
        page = self.read(Viewer.LEARNER, log=[*ENTRIES, other])

        assert page.total_items == 45
        assert other not in page.entries

    def test_a_uln_with_spaces_is_the_same(self):
        entry = CLERK.entry(Access.FIND, "100 000-0043", at=AT)
        page = self.read(
            Viewer.LEARNER, log=[entry], learner=ADA.evolve(uln="1000 0000 43")
        )

        assert entry.uln == ADA.uln
        assert page.entries == (entry,)

    def test_what_was_written_under_a_merged_uln_is_the_masters_too(self):
        other = CLERK.entry(Access.FIND, "1000000051", at=AT)
        page = self.read(
            Viewer.LEARNER, log=[*ENTRIES, other], linked_ulns=["1000000051"]
        )

        assert page.total_items == 46
        assert page.entries[0] == other

    @pytest.mark.parametrize(
        "viewer", set(Viewer) - {Viewer.LEARNER, Viewer.SERVICE_DESK}
    )
    def test_organisations_do_not(self, viewer):
        assert self.read(viewer).total_items == 0

    def test_a_learner_without_level_one_does_not(self):
        assert self.read(Viewer.LEARNER, subject=Subject(share="1")).total_items == 0

    def test_a_learner_without_a_uln_has_no_log(self):
        nobody = Actor(user="x").entry(Access.FIND, "", at=AT)

        page = self.read(Viewer.LEARNER, learner=ADA.evolve(uln=""), log=[nobody])

        assert page.total_items == 0
