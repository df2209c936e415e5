"""The mark on an event while it is disputed."""

import attrs

from builders.challenges import (
    AGAIN,
    AT,
    BRICKS,
    COLLEGE,
    RECORD,
    of_event,
    of_uln,
    raised,
    twice,
)
from ulnlib.plr import Entry, LearningEvent, Record
from ulnlib.plr.challenge import (
    under_challenge,
)


class TestTheMark:
    def marks(self, record):
        return [event.under_data_challenge for event in record.events]

    def test_it_comes_and_goes(self):
        assert self.marks(under_challenge(RECORD, [of_event()])) == [None] * 3
        case = raised(twice())
        assert self.marks(under_challenge(RECORD, [case])) == ["Y", None, "Y"]
        over = case.withdrawn(by=COLLEGE, at=AT)
        assert under_challenge(RECORD, [over]) == RECORD

    def test_the_services_own_stays(self):
        own = attrs.evolve(BRICKS, under_data_challenge="Yes")
        record = attrs.evolve(RECORD, events=(own, AGAIN))
        over = raised().withdrawn(by=COLLEGE, at=AT)
        for cases in ([], [raised()], [over]):
            assert self.marks(under_challenge(record, cases)) == ["Yes", None]

    def test_an_event_without_a_number_is_not_every_other_without_one(self):
        blank = attrs.evolve(BRICKS, id="")
        record = attrs.evolve(RECORD, events=(blank,))
        case = raised(attrs.evolve(of_event(), events=(blank,)))
        assert under_challenge(record, [case]) == record

    def test_it_is_of_number_and_source(self):
        other = attrs.evolve(BRICKS, source="NPD")
        record = attrs.evolve(RECORD, events=(other, LearningEvent(source="AO")))
        assert under_challenge(record, [raised(), raised(of_uln())]) == record

    def test_entries_that_were_put_together_stay_so(self):
        both = Record.of_entries([Entry((BRICKS, AGAIN))])
        assert under_challenge(both, [raised()]).entries == (
            Entry((attrs.evolve(BRICKS, under_data_challenge="Y"), AGAIN)),
        )
