"""Where a challenge stands, what may follow, and who may do it."""

from itertools import product

import attrs
import pytest

from builders.challenges import (
    ADA,
    AT,
    COLLEGE,
    DESK,
    OTHER,
    SCHOOL,
    THIRD,
    ULN,
    of_event,
    of_uln,
    raised,
)
from ulnlib.errors import InvalidIdentifier, InvalidUln, InvalidValue
from ulnlib.plr.challenge import (
    CHALLENGE_STEPS,
    MAY,
    NEEDS,
    NOBODY_IS_TOLD,
    ChallengeEvent,
    ChallengeRefused,
    ChallengeState,
    Party,
    Standing,
    UserType,
    may_raise,
)
from ulnlib.rules.clauses import clause
from ulnlib.rules.corrections import Challenge as About
from ulnlib.rules.corrections import Problem
from ulnlib.rules.roles import Action, Role

E = ChallengeEvent
S = ChallengeState
LEARNER = Party.learner(ULN)
ALL = dict.fromkeys(product(Standing, E), "PG-6.4-C-4")

IN_STATE = {
    S.DRAFT: of_event(),
    S.RAISED: raised(),
    S.LOOKED_AT: raised().step("look_at", by=DESK, at=AT),
}
LOOKED_AT = IN_STATE[S.LOOKED_AT]
IN_STATE |= {
    S.QUESTIONED: LOOKED_AT.step("ask", by=DESK, at=AT, note="Which certificate?"),
    S.CHANGED: LOOKED_AT.step("change", by=DESK, at=AT),
    S.NOT_CHANGED: LOOKED_AT.step("leave", by=DESK, at=AT),
    S.WITHDRAWN: raised().withdrawn(by=COLLEGE, at=AT),
}
AFTER = {
    (S.DRAFT, E.RAISE): S.RAISED,
    (S.RAISED, E.LOOK_AT): S.LOOKED_AT,
    (S.RAISED, E.WITHDRAW): S.WITHDRAWN,
    (S.LOOKED_AT, E.ASK): S.QUESTIONED,
    (S.LOOKED_AT, E.CHANGE): S.CHANGED,
    (S.LOOKED_AT, E.LEAVE): S.NOT_CHANGED,
    (S.LOOKED_AT, E.WITHDRAW): S.WITHDRAWN,
    (S.QUESTIONED, E.ANSWER): S.LOOKED_AT,
    (S.QUESTIONED, E.WITHDRAW): S.WITHDRAWN,
}


class TestTheTable:
    def test_it_has_a_row_for_every_state_and_event(self):
        assert len(CHALLENGE_STEPS) == len(S) * len(E)

    @pytest.mark.parametrize("row", tuple(CHALLENGE_STEPS), ids=str)
    def test_every_row_names_a_clause_and_a_refusal_says_why(self, row):
        assert clause(row.clause)
        assert bool(row.note) is not row.is_allowed

    @pytest.mark.parametrize(("state", "event"), tuple(product(S, E)))
    def test_a_challenge_does_what_the_table_says(self, state, event):
        case, after = IN_STATE[state], AFTER.get((state, event))
        assert case.state is state
        if after is None:
            with pytest.raises(ChallengeRefused) as refused:
                case.step(event, by=DESK, at=AT, table=ALL)
            assert refused.value.reason == f"{state.value}-{event.value}"
        else:
            new = case.step(event, by=DESK, at=AT, table=ALL)
            assert (new.state, new.history[:-1]) == (after, case.history)
            assert new.history[-1].event is event
            assert new.history[-1].at == AT

    def test_what_is_over_stays_over(self):
        over = [state for state in S if not state.is_open and state is not S.DRAFT]
        assert over == [S.CHANGED, S.NOT_CHANGED, S.WITHDRAWN]
        assert all(CHALLENGE_STEPS.step(s, e).after is None for s in over for e in E)
        assert [state for state in S if state.is_resolved] == over[:2]


class TestWhoMayDoIt:
    @pytest.mark.parametrize("name", sorted(set(MAY.values())))
    def test_the_table_names_clauses(self, name):
        assert clause(name)

    @pytest.mark.parametrize(
        ("party", "standing"),
        [
            (COLLEGE, Standing.RAISER),
            (Party.organisation("10012345", user="another"), Standing.RAISER),
            (SCHOOL, Standing.OTHER),
            (LEARNER, Standing.LEARNER),
            (Party.learner(THIRD), Standing.OTHER),
            (DESK, Standing.SERVICE_DESK),
        ],
    )
    @pytest.mark.parametrize("event", tuple(E))
    def test_each_does_what_the_table_gives(self, party, standing, event):
        case = of_event()
        decision = case.may(event, party)
        wanted = MAY.get((standing, event))
        assert (decision.allowed, decision.clause) == (
            wanted is not None,
            wanted or "PG-6.4-C-5",
        )

    @pytest.mark.parametrize("party", [SCHOOL, LEARNER, Party.learner(THIRD), DESK])
    def test_none_but_the_raiser_withdraws(self, party):
        with pytest.raises(ChallengeRefused) as refused:
            raised().withdrawn(by=party, at=AT)
        assert refused.value.reason == "withdraw-by"

    def test_another_user_of_the_organisation_withdraws(self):
        colleague = Party.organisation("10012345", user="u2")
        case = raised().withdrawn(by=colleague, at=AT)
        assert case.state is S.WITHDRAWN
        assert case.history[-1].by.user == "u2"

    def test_a_learner_raises_and_withdraws(self):
        case = of_event(raised_by=LEARNER).raised(at=AT)
        assert case.withdrawn(by=LEARNER, at=AT).state is S.WITHDRAWN
        with pytest.raises(ChallengeRefused):
            case.withdrawn(by=COLLEGE, at=AT)

    def test_the_service_desk_raises_one_and_works_on_it(self):
        case = of_event(raised_by=DESK).raised(by=DESK, at=AT)
        assert case.state is S.RAISED
        assert case.step("look_at", by=DESK, at=AT).state is S.LOOKED_AT

    def test_a_learner_raises_none_on_the_record_of_another(self):
        eve = Party.learner(THIRD)
        with pytest.raises(ChallengeRefused) as refused:
            of_event(raised_by=eve).raised(at=AT)
        assert refused.value.reason == "raise-by"

    def test_the_learner_of_the_second_uln_is_a_learner_of_it(self):
        case = of_uln()
        other = Party.learner(OTHER)
        assert other.standing(case.raised_by, case.ulns) is Standing.LEARNER

    def test_the_caller_gives_another_table(self):
        table = {**MAY, (Standing.LEARNER, E.WITHDRAW): "PG-6.4-C-3"}
        case = raised().step("withdraw", by=LEARNER, at=AT, table=table)
        assert case.state is S.WITHDRAWN

    def test_a_challenge_is_raised_once(self):
        with pytest.raises(ChallengeRefused) as refused:
            raised().raised(at=AT)
        assert refused.value.reason == "raised-raise"
        assert "raised before" in str(refused.value)

    def test_a_party_has_a_right_number(self):
        with pytest.raises(InvalidIdentifier):
            Party.organisation("1")
        with pytest.raises(InvalidUln):
            Party.learner("1000000044")
        assert UserType("ORG") is UserType.ORGANISATION

    @pytest.mark.parametrize(
        ("about", "roles", "found", "clause_id"),
        [
            (About.ULN, {Role.ONLINE}, False, "PG-A-5"),
            (About.ULN, {Role.LEARNER_RECORD}, False, "PG-A-12"),
            (About.EVENT, {Role.LEARNER_RECORD}, True, "PG-A-7"),
            (About.EVENT, {Role.LEARNER_RECORD}, False, "PG-A-8"),
            (About.EVENT, {Role.ONLINE}, True, "PG-A-12"),
        ],
    )
    def test_the_roles_open_the_way_to_it(self, about, roles, found, clause_id):
        decision = may_raise(about, roles, Role, has_found=found)
        assert decision.clause == clause_id

    def test_the_text_of_the_caller_is_not_repeated(self):
        with pytest.raises(InvalidValue) as refused:
            may_raise("Ada Example", {Role.ONLINE}, Role)
        assert "Ada" not in str(refused.value)
        assert refused.value.__cause__ is None

    def test_the_way_may_be_another(self):
        needs = {**NEEDS, About.EVENT: Action.FIND_LEARNER}
        assert may_raise(About.EVENT, {Role.ONLINE}, Role, needs=needs)


class TestAChallenge:
    def test_nobody_is_told_of_what_is_open(self):
        for state, case in IN_STATE.items():
            assert case.must_be_looked_at is case.is_open is state.is_open
            assert case.note == (NOBODY_IS_TOLD if state.is_open else "")

    def test_it_has_the_days_of_its_beginning_and_end(self):
        assert of_event().created is None
        case = raised()
        assert (str(case.created), case.resolved) == ("2026-11-29", None)
        over = case.withdrawn(by=COLLEGE, at="2026-12-01")
        assert (str(over.created), str(over.resolved)) == ("2026-11-29", "2026-12-01")
        assert of_event().resolved is None

    def test_a_time_that_is_none_is_kept_and_has_no_day(self):
        case = of_event().raised(at="some day")
        assert case.history[0].at == "some day"
        assert case.created is None

    def test_a_time_is_kept_as_text(self):
        import datetime as dt

        case = of_event().raised(at=dt.datetime(2026, 11, 29, 9, tzinfo=dt.UTC))
        assert case.history[0].at == "2026-11-29T09:00:00+00:00"

    def test_its_problem_is_one_or_a_field(self):
        assert of_event(problem="family_name").about is None
        assert of_uln("uln").problem is Problem.OTHER_ULN_PROBLEM
        with pytest.raises(InvalidValue) as refused:
            of_event(problem="Ada")
        assert refused.value.reason == "word"
        assert refused.value.__context__ is None

    def test_neither_it_nor_its_parts_show_a_person(self):
        case = raised()
        text = repr([case, case.reference, case.contact, case.raised_by, case.history])
        for secret in ("Tutor", "0113", "certificate", "10012345", ULN, "u1"):
            assert secret not in text
        assert repr(case) == "Challenge('wrong_grade', 'raised')"
        assert "no data challenge" in repr(of_event(problem="postcode"))

    def test_a_reference_says_whose_it_is(self):
        reference = raised().reference
        assert reference.names(ULN)
        assert not reference.names(OTHER)
        assert reference.text == f"DC/{ULN}/1"
        assert str(reference) == "Reference(15 characters)"

    def test_its_ulns_are_ten_digits_each_once(self):
        spaced = ADA.evolve(uln="100 000 0043")
        assert of_uln(learner=spaced).ulns == (ULN, OTHER)
        assert of_uln(other_uln=ULN).ulns == (ULN,)
        assert of_uln(learner=ADA.evolve(uln="7"), other_uln=None).ulns == ()

    def test_it_is_frozen(self):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            raised().comments = "x"
