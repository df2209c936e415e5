"""The register does what a dictionary would do, whatever is asked in whatever order."""

from __future__ import annotations

import tempfile
from itertools import islice
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from ulnlib import Learner, Register, Uln
from ulnlib.errors import RegisterRefused
from ulnlib.fields import FIVE_DEMOGRAPHICS, REGISTRATION_MANDATORY
from ulnlib.matching import (
    Candidate,
    Outcome,
    Policy,
    Query,
    blocking_keys,
    exact_key,
    five_of,
    is_near,
    search,
)
from ulnlib.matching.keys import query_keys
from ulnlib.matching.person import Person
from ulnlib.register import TEST_RANGE, synthetic_ulns

ULNS = tuple(str(uln) for uln in islice(synthetic_ulns(), 200))
RESTRICTION = ("1", "0", "2")

# Few values, so that equal and near learners are common.
people = st.fixed_dictionaries(
    {
        "given_name": st.sampled_from(["Ada", "Adah", "Zed", "Example"]),
        "family_name": st.sampled_from(["Example", "Ada"]),
        "date_of_birth": st.sampled_from(["2007-05-04", "2007-04-05"]),
        "gender": st.sampled_from(["2", "2", "9"]),
        "postcode": st.sampled_from(["ZZ99 3WZ", "ZZ99 2WZ", "ZZ99 9ZZ"]),
        "ability_to_share": st.sampled_from(RESTRICTION),
        "verification_type": st.just("1"),
        "previous_family_name": st.sampled_from([None, None, "Former"]),
        "notes": st.sampled_from([None, "one"]),
    }
)
changes = st.fixed_dictionaries(
    {},
    optional={
        "given_name": st.sampled_from(["Ada", "ida", ""]),
        "family_name": st.sampled_from(["Example", "Ada", "Former", ""]),
        "postcode": st.sampled_from(["ZZ99 3WZ", "zz992wz"]),
        "ability_to_share": st.sampled_from(RESTRICTION),
        "notes": st.sampled_from(["", "one", "two"]),
    },
)


def five(record):
    """Return the five key demographics as the register compares them."""
    return tuple(
        (record[name] or "").casefold().replace(" ", "") for name in FIVE_DEMOGRAPHICS
    )


def facts(result):
    """Return all that an answer says; persons have no equality of their own."""
    matches = [
        (
            match.profile,
            match.comparison.findings,
            match.probability,
            match.margin,
            match.conflicts,
            match.linked_from,
        )
        for match in result.matches
    ]
    return result.outcome, result.found, matches


class Machine(RuleBasedStateMachine):
    """A register file beside a dictionary of records and one of links."""

    ulns = Bundle("ulns")

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "learners.db")
        self.register = Register.open(self.path, synthetic=True)
        self.records, self.versions, self.former = {}, {}, {}
        self.parent, self.deleted, self.highest = {}, set(), ""

    def teardown(self):
        self.register.close()
        self.folder.cleanup()

    def master(self, uln):
        while uln in self.parent:
            uln = self.parent[uln]
        return uln

    def links(self, master):
        return sorted(
            u for u in self.records if u != master and self.master(u) == master
        )

    def share(self, master):
        values = [self.records[u]["ability_to_share"] for u in self.group(master)]
        return max(values, key=RESTRICTION.index)

    def group(self, master):
        return [master, *self.links(master)]

    def attempt(self, code, call, *args, **kwargs):
        """Make a call that the model says is refused with a code, or is not."""
        try:
            result = call(*args, **kwargs)
        except RegisterRefused as error:
            assert error.code == code  # noqa: PT017
            return None
        assert code is None
        return result

    def insert(self, uln, person):
        self.records[uln], self.versions[uln], self.former[uln] = dict(person), 1, []
        self.highest = max(self.highest, uln)

    @initialize(target=ulns, person=people)
    def begin(self, person):
        return self.add(ULNS[50], person)

    @rule(target=ulns, uln=st.sampled_from(ULNS[:100]), person=people)
    def add(self, uln, person):
        code = "uln-present" if uln in self.records else None
        code = "uln-deleted" if uln in self.deleted else code
        self.attempt(code, self.register.add, Learner(uln=uln, **person))
        if code is None:
            self.insert(uln, person)
        return uln

    @rule(people=st.lists(st.tuples(st.sampled_from(ULNS), people), max_size=4))
    def add_many(self, people):
        ulns = [uln for uln, _ in people]
        is_wrong = len(set(ulns)) < len(ulns) or any(
            uln in self.records or uln in self.deleted for uln in ulns
        )
        try:
            got = self.register.add_many(Learner(uln=u, **p) for u, p in people)
        except RegisterRefused:
            assert is_wrong
        else:
            assert not is_wrong
            assert [str(uln) for uln in got] == ulns
            for uln, person in people:
                self.insert(uln, person)

    @rule(target=ulns, person=people)
    def register_new(self, person):
        found = any(five(person) == five(held) for held in self.records.values())
        code = "WSRC0021" if found else None
        uln = self.attempt(code, self.register.register, Learner(**person))
        if uln is None:
            return ULNS[50]
        start = int(self.highest[:9]) + 1 - TEST_RANGE.start
        assert uln == next(synthetic_ulns(start))
        self.insert(str(uln), person)
        return str(uln)

    @rule(uln=ulns, changes=changes, version=st.sampled_from([None, "right", 99]))
    def update(self, uln, changes, version):
        code, master = None, self.master(uln)
        if version == "right":
            version = self.versions.get(master, 1)
        if uln not in self.records:
            code = "WSRC0019"
        else:
            held = self.records[master]
            after = held | {name: value or None for name, value in changes.items()}
            if version == 99:
                code = "WSRC0013"
            elif any(not after[name] for name in REGISTRATION_MANDATORY):
                code = "mandatory-missing"
            elif changes.get("ability_to_share") == "0" and (
                held["ability_to_share"] != "0" or self.share(master) != "0"
            ):
                code = "WSRC0014"
            elif after == held:
                code = "WSRC0020"
        given = Learner(uln=uln, **changes)
        self.attempt(code, self.register.update, given, version=version)
        if code is None:
            for place, name in ((1, "family_name"), (4, "postcode")):
                if five(held)[place] != five(after)[place]:
                    self.former[master].append((name, held[name]))
            self.records[master] = after
            self.versions[master] += 1

    @rule(linked=ulns, into=ulns)
    def merge(self, linked, into):
        code = None
        if linked not in self.records or into not in self.records:
            code = "WSRC0019"
        elif linked in {into, self.master(into)}:
            code = "cycle"
        elif linked in self.parent:
            code = "already-linked"
        self.attempt(code, self.register.merge, linked, into=into)
        if code is None:
            self.parent[linked] = into
            self.touch(linked, self.master(into))

    def touch(self, *ulns):
        for uln in ulns:
            self.versions[uln] += 1

    @rule(uln=ulns)
    def unmerge(self, uln):
        code = None if uln in self.parent else "not-linked"
        code = code if uln in self.records else "WSRC0019"
        master = self.master(uln)
        self.attempt(code, self.register.unmerge, uln)
        if code is None:
            del self.parent[uln]
            self.touch(uln, master)

    @rule(uln=ulns)
    def delete(self, uln):
        code, master = None, self.master(uln)
        if uln not in self.records:
            code = "WSRC0019"
        elif uln == master and self.links(uln):
            code = "has-links"
        self.attempt(code, self.register.delete, uln)
        if code is None:
            for child in [u for u, parent in self.parent.items() if parent == uln]:
                self.parent[child] = master
            if self.parent.pop(uln, None) is not None:
                self.touch(master)
            del self.records[uln], self.versions[uln], self.former[uln]
            self.deleted.add(uln)

    @rule(uln=ulns, person=people)
    def undone(self, uln, person):
        """A transaction that fails leaves nothing of what happened in it."""
        try:
            with self.register.transaction():
                self.register.add(Learner(uln=ULNS[199], **person))
                self.register.delete(uln)
        except RegisterRefused:
            return
        else:
            self.insert(ULNS[199], person)
            assert uln in self.records
            for child in [u for u, parent in self.parent.items() if parent == uln]:
                self.parent[child] = self.master(uln)
            if uln in self.parent:
                master = self.master(uln)
                del self.parent[uln]
                self.touch(master)
            del self.records[uln], self.versions[uln], self.former[uln]
            self.deleted.add(uln)

    @rule()
    def reopen(self):
        self.register.close()
        self.register = Register.open(self.path)

    # Searching

    def held(self, uln):
        """Return a record as a search is to know it, with what it was before."""
        former = self.former[uln][::-1]  # the latest first: no more than so many count
        return Candidate(
            Uln(uln),
            Learner(uln=uln, **self.records[uln]),
            Uln(self.master(uln)) if uln in self.parent else None,
            tuple(value for field, value in former if field == "family_name"),
            tuple(value for field, value in former if field == "postcode"),
        )

    def candidates(self, exact, keys, /):
        """Compare the keys of every record with those that are looked for."""
        found = []
        for uln in sorted(self.records, reverse=True):
            one = self.held(uln)
            stored = blocking_keys(
                one.learner, families=one.families, postcodes=one.postcodes
            )
            own = exact_key(five_of(one.learner))
            if {*keys} & {*stored} or (own is not None and own == exact):
                found.append(one)
        return found

    def profiles(self, ulns, /):
        return self.register.profiles(ulns)

    @rule(person=people, missing=st.sampled_from([None, None, *FIVE_DEMOGRAPHICS]))
    def search_as_the_service(self, person, missing):
        """It finds what a loop over all records finds."""
        asked = Learner(**person | ({missing: None} if missing else {}))
        held = {u: Learner(**record) for u, record in self.records.items()}
        exact = {
            self.master(u)
            for u, one in held.items()
            if not missing and five_of(one) == five_of(asked)
        }
        near = {
            self.master(u)
            for u, one in held.items()
            if is_near(five_of(asked), five_of(one))
        }
        result = self.register.search(asked, Policy(narrow=True))
        found = {str(match.uln) for match in result.matches}
        if len(exact) == 1:
            assert (result.outcome, found) == (Outcome.EXACT, exact)
        elif not near:
            # No key is made of the default postcode, nor without a date of birth.
            is_much = missing != "date_of_birth" or person["postcode"] != "ZZ99 9ZZ"
            expected = Outcome.NONE if is_much else Outcome.INSUFFICIENT
            assert result.outcome is expected
        elif len(near) > 10:
            assert (result.outcome, found) == (Outcome.TOO_MANY, set())
        else:
            assert (result.outcome, found) == (Outcome.POSSIBLE, near)
            assert result.found == len(near)
        assert all(m.profile.version for m in result.matches)

    @rule(
        person=people,
        missing=st.sampled_from([None, None, *FIVE_DEMOGRAPHICS]),
        former=st.sampled_from([(), ("ZZ99 2WZ",)]),
        policy=st.sampled_from([Policy(), Policy(strict=True, floor=0.9)]),
    )
    def search(self, person, missing, former, policy):
        """It finds what a search of all records that share a key finds."""
        asked = Learner(**person | ({missing: None} if missing else {}))
        query = Query.of(asked, other_postcodes=former)
        result = self.register.search(query, policy)
        assert facts(result) == facts(search(query, self, policy))
        exact = {
            self.master(u)
            for u, record in self.records.items()
            if not missing and five_of(Learner(**record)) == five_of(asked)
        }
        found = [str(match.uln) for match in result.matches]
        is_exact = [match.comparison.is_equal for match in result.matches]
        assert is_exact == sorted(is_exact, reverse=True)
        if len(exact) == 1 and not policy.strict:
            assert (result.outcome, {*found}) == (Outcome.EXACT, exact)
        elif result.outcome is not Outcome.TOO_MANY:
            assert {*found[: sum(is_exact)]} == exact
        else:
            assert result.found > 10
        if not exact:
            assert result.outcome is not Outcome.EXACT

    @rule(person=people)
    def candidates_are_those_of_all_records_by_uln(self, person):
        asked = Person(Learner(**person))
        wanted = exact_key(asked.five), query_keys(asked)
        assert self.register.candidates(*wanted) == self.candidates(*wanted)[::-1]

    @rule(uln=ulns)
    def lookup(self, uln):
        both = [uln, self.master(uln)] if uln in self.parent else [uln]
        expected = [self.held(one) for one in both] if uln in self.records else []
        assert self.register.lookup(uln) == expected

    @rule(uln=ulns)
    def profile(self, uln):
        profile = self.register.profile(uln)
        assert self.register.is_deleted(uln) == (uln in self.deleted)
        if uln not in self.records:
            assert profile is None
            return
        master = self.master(uln)
        held = self.records[master] | {"ability_to_share": self.share(master)}
        assert profile.learner == Learner(uln=master, **held)
        assert profile.version == self.versions[master]
        assert [str(linked) for linked in profile.linked_ulns] == self.links(master)
        assert profile.master_substituted == (uln != master)
        own = self.records[uln]
        found = self.register.find(uln, own["given_name"], own["family_name"])
        assert found == profile
        former = self.register.former_values(uln)
        assert [(f.field, f.value) for f in former] == self.former[uln]

    @invariant()
    def every_record_is_there(self):
        assert len(self.register) == len(self.records)
        profiles = list(self.register.learners())
        assert [str(p.uln) for p in profiles] == sorted(self.records)
        for profile in profiles:
            is_linked = str(profile.uln) in self.parent
            assert profile.status == ("linked" if is_linked else "active")


Machine.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestRegister = Machine.TestCase


@given(
    given=st.lists(people, min_size=1, max_size=12),
    asked=people,
    chance=st.randoms(use_true_random=False),
)
def test_nothing_depends_on_the_order_of_adding(given, asked, chance):
    learners = [
        Learner(uln=uln, **person) for uln, person in zip(ULNS, given, strict=False)
    ]
    mixed = chance.sample(learners, len(learners))
    person = Person(Learner(**asked))
    wanted = exact_key(person.five), query_keys(person)
    with (
        Register(synthetic=True) as one,
        Register(synthetic=True) as other,
        Register(synthetic=True) as bulk,
    ):
        for learner in learners:
            one.add(learner)
        for learner in mixed:
            other.add(learner)
        list(bulk.add_many(mixed))
        assert one.candidates(*wanted) == other.candidates(*wanted)
        assert one.candidates(*wanted) == bulk.candidates(*wanted)
        answers = [facts(each.search(person.learner)) for each in (one, other, bulk)]
        assert answers[0] == answers[1] == answers[2]
