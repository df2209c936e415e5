"""Trials have the shares of their mix, a right answer each, and nobody's numbers."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import attrs
import pytest

from ulnlib import Learner, Uln
from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS
from ulnlib.testing import population, trials
from ulnlib.testing.mistakes import FIELDS_OF
from ulnlib.testing.trials import MIXES, ErrorKind, Mix, TrialKind

SIZE = 4_000
REFINERS = {
    "preferred_given_name",
    "middle_names",
    "previous_family_name",
    "school_at_16",
    "place_of_birth",
}


@pytest.fixture(scope="module")
def people():
    return list(population(20_000, seed=31))


@pytest.fixture(scope="module")
def by_uln(people):
    return {Uln(person.uln): person for person in people}


@pytest.fixture(scope="module", params=sorted(MIXES))
def asked(request, people):
    return list(trials.trials(people, size=SIZE, seed=4, mix=request.param))


@pytest.fixture(scope="module")
def standard(people):
    return list(trials.trials(people, size=SIZE, seed=4))


def _five(learner):
    return tuple(getattr(learner, name) for name in FIVE_DEMOGRAPHICS)


class TestEveryMix:
    def test_there_are_as_many_as_were_asked_for(self, asked):
        assert len(asked) == SIZE

    def test_nothing_but_demographics_and_refiners_is_told(self, asked):
        for trial in asked:
            told = {name for name in FIELDS if getattr(trial.query, name) is not None}
            assert told <= {*FIVE_DEMOGRAPHICS, *REFINERS}

    def test_there_are_as_many_errors_as_the_kind_says(self, asked):
        number = {"exact": 0, "one_error": 1, "two_errors": 2, "three_errors": 3}
        for trial in asked:
            assert len(trial.errors) == number.get(trial.kind, 0)

    def test_no_field_has_two_errors(self, asked):
        for trial in asked:
            fields = [f for error in trial.errors for f in FIELDS_OF[error]]
            assert len(fields) == len(set(fields))

    def test_the_fields_that_differ_are_those_of_the_errors(self, asked, by_uln):
        for trial in asked:
            if trial.truth is None:
                continue
            right = by_uln[trial.truth]
            differing = {
                name
                for name in FIVE_DEMOGRAPHICS
                if getattr(right, name) != getattr(trial.query, name)
            }
            fields = [FIELDS_OF[error] for error in trial.errors]
            assert differing <= frozenset().union(*fields)
            assert all(differing & one for one in fields)

    def test_the_truth_is_among_the_truths(self, asked):
        for trial in asked:
            assert (trial.truth is None) == (not trial.truths)
            assert trial.truth is None or trial.truth in trial.truths

    def test_no_stranger_or_relative_is_in_the_register(self, asked, by_uln):
        there = {_five(person) for person in by_uln.values()}
        for trial in asked:
            if trial.truth is None:
                assert _five(trial.query) not in there

    def test_its_repr_has_nobody_s_details(self, asked):
        for trial in asked[:200]:
            shown = repr(trial)
            for name in (*FIVE_DEMOGRAPHICS[:3], "postcode"):
                value = getattr(trial.query, name)
                assert not value or len(value) < 3 or value not in shown


class TestMixes:
    def test_a_standard_one_is_a_working_day(self, standard):
        kinds = Counter(trial.kind for trial in standard)
        assert kinds[TrialKind.EXACT] == 0.19 * SIZE
        assert kinds[TrialKind.ONE] + kinds[TrialKind.TWO] == 0.73 * SIZE
        assert kinds[TrialKind.STRANGER] == 0.05 * SIZE
        assert kinds[TrialKind.SIBLING] == 0.02 * SIZE
        assert kinds[TrialKind.TWIN] == 0.01 * SIZE

    def test_a_hard_one_has_two_or_three_mistakes(self, people):
        asked = trials.trials(people, size=1_000, mix="hard")
        kinds = Counter(trial.kind for trial in asked)
        assert (kinds[TrialKind.TWO], kinds[TrialKind.THREE]) == (600, 200)
        assert kinds.total() == 1_000

    def test_in_a_single_one_each_mistake_comes_equally_often(self, people):
        asked = trials.trials(people, size=SIZE, mix="single")
        errors = Counter(trial.errors for trial in asked)
        assert errors.keys() == {(kind,) for kind in ErrorKind}
        assert max(errors.values()) - min(errors.values()) <= 1

    def test_usual_mistakes_are_usual(self, standard):
        errors = Counter(error for trial in standard for error in trial.errors)
        assert errors.most_common(1)[0][0] is ErrorKind.MOVED
        assert len(errors) > 35

    def test_one_s_own_mix_is_taken(self, people):
        mix = Mix(shares={TrialKind.ONE: 1}, errors={ErrorKind.NICKNAME: 1})
        asked = list(trials.trials(people, size=50, mix=mix))
        assert {trial.errors for trial in asked} == {(ErrorKind.NICKNAME,)}

    def test_a_mix_that_is_not_there_is_an_error(self, people):
        with pytest.raises(KeyError):
            trials.trials(people, size=1, mix="easy")


class TestOthers:
    def test_half_the_strangers_share_a_birthday_and_a_postcode(self, standard, by_uln):
        strangers = [one for one in standard if one.kind is TrialKind.STRANGER]
        near = [(by_uln[one.near], one.query) for one in strangers if one.near]
        assert 0.4 < len(near) / len(strangers) < 0.6
        for there, stranger in near:
            assert there.date_of_birth == stranger.date_of_birth
            assert there.postcode == stranger.postcode
            assert there.family_name != stranger.family_name
            assert there.given_name != stranger.given_name

    def test_a_twin_differs_in_the_given_name_and_perhaps_the_gender(
        self, standard, by_uln
    ):
        twins = [one for one in standard if one.kind is TrialKind.TWIN]
        assert len(twins) == 40
        for twin in twins:
            there = by_uln[twin.near]
            for name in ("family_name", "date_of_birth", "postcode"):
                assert getattr(there, name) == getattr(twin.query, name)
            assert there.given_name != twin.query.given_name

    def test_a_sibling_has_another_birthday(self, standard, by_uln):
        siblings = [one for one in standard if one.kind is TrialKind.SIBLING]
        assert len(siblings) == 80
        for sibling in siblings:
            there = by_uln[sibling.near]
            assert there.family_name == sibling.query.family_name
            assert there.postcode == sibling.query.postcode
            assert there.date_of_birth != sibling.query.date_of_birth
            assert sibling.query.date_of_birth < "2012-11-22"


class TestTruths:
    def test_a_second_record_is_as_right(self, people, by_uln):
        asked = trials.trials(people, size=8_000, seed=9, mix="standard")
        twice = [trial for trial in asked if len(trial.truths) > 1]
        assert twice
        for trial in twice:
            one, two = (by_uln[uln] for uln in trial.truths)
            assert one.given_name == two.given_name
            assert one.date_of_birth == two.date_of_birth
            assert one.family_name == two.family_name or two.family_name in {
                one.previous_family_name,
                two.family_name,
            }

    def test_a_previous_postcode_is_told_when_asked_for(self, standard, by_uln):
        told = {ErrorKind.PREVIOUS_POSTCODE, ErrorKind.PARENTS_POSTCODE}
        for trial in standard:
            if told.intersection(trial.errors):
                assert trial.other_postcodes == (by_uln[trial.truth].postcode,)
            else:
                assert trial.other_postcodes == ()

    def test_a_previous_family_name_is_told_after_a_marriage(self, standard, by_uln):
        married = [t for t in standard if ErrorKind.NEW_FAMILY_NAME in t.errors]
        assert married
        for trial in married:
            known = by_uln[trial.truth].family_name
            assert trial.query.previous_family_name == known


class TestRepeatable:
    def test_the_same_seed_asks_the_same(self, people, standard):
        assert list(trials.trials(people, size=SIZE, seed=4)) == standard
        assert list(trials.trials(people, size=SIZE, seed=5)) != standard

    def test_a_stream_will_do_when_it_is_counted(self, standard):
        stream = population(20_000, seed=31)
        assert list(trials.trials(stream, size=SIZE, seed=4, count=20_000)) == standard

    def test_not_all_of_a_stream_is_read_where_few_are_asked_about(self):
        stream = population(10**9, seed=2)
        asked = trials.trials(stream, size=50, count=1_000)
        assert len(list(islice(asked, 50))) == 50

    def test_the_count_has_to_be_known(self):
        with pytest.raises(ValueError, match="count"):
            trials.trials(population(10), size=1)
        with pytest.raises(ValueError, match="learners"):
            trials.trials([], size=1)

    def test_nothing_at_all_may_be_asked(self, people):
        assert list(trials.trials(people, size=0)) == []

    def test_fewer_come_where_nobody_will_do(self):
        ann = Learner(
            uln="9900000004",
            given_name="Ann",
            family_name="Brown",
            date_of_birth="2005-03-17",
            gender="2",
            postcode="ZA1 1AA",
        )
        asked = list(trials.trials([ann], size=2 * len(ErrorKind), mix="single"))
        errors = Counter(trial.errors[0] for trial in asked)
        assert ErrorKind.MIDDLE_NAME_AS_GIVEN not in errors
        assert errors[ErrorKind.MOVED] == 2


def test_a_trial_does_not_change(standard):
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        standard[0].truth = None
