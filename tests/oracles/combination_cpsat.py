"""Rules of combination asked of OR-Tools CP-SAT: an oracle for cases of any size.

A boolean says for each slot (a group, a listed unit, the unit that stands there)
whether it is in the counting; others say what a completion adds. The criteria are
asked in their order: the least credits that a completion adds, then the most credit,
the most credit at the level and the fewest units, then the walk, by weights of powers
of two, some slots at a time.

All that is asked of a group is monotone, so most implications are written one way: a
boolean "achieved" may be false though all its conditions hold, which helps nobody.
"""

from __future__ import annotations

import datetime as dt
import warnings
from dataclasses import dataclass, field

from dateutil.relativedelta import relativedelta

from oracles.answer import Answer, Entry
from ulnlib.qualifications import Level, compact_reference

try:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ortools.sat.python import cp_model
except ImportError as missing:
    raise ImportError(
        "the oracle of the rules of combination needs OR-Tools; "
        "install it with: pip install ortools"
    ) from missing

CHUNK = 40
"""So many slots of the walk are asked at a time."""

TOP = len(Level)
HIGHEST = Level.LEVEL_8.rank


def _rank(level):
    return level.rank if isinstance(level, Level) else -1


def _whole(value):
    return type(value) is int and value > 0


@dataclass
class Slot:
    """A way of counting something, or of adding it.

    Attributes:
        node: The group.
        what: The reference, or the exemption, that counts once.
        listed: The reference of the list, None for what no list has.
        unit: The achieved reference, None for an exemption by amount.
        credit: What it counts for.
        rank: The rank of its level, below 0 when it is not known.
        kind: How it was come by, None when it is added.
        is_imported: Whether the list says so.
        variable: The boolean of the model.
    """

    node: Node
    what: object
    listed: str | None
    unit: str | None
    credit: int
    rank: int
    kind: object = None
    is_imported: bool = False
    variable: object = None

    @property
    def references(self):
        return {self.listed, self.unit} - {None}


@dataclass(eq=False)
class Node:
    """A group in its place, with what may count in it."""

    place: int
    group: object
    children: list[Node] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)  # achieved, in walk order
    offers: list[Slot] = field(default_factory=list)
    supply: tuple | None = None  # credit, units
    supplies: tuple = ()  # the same by level: rank, credit

    def below(self):
        yield self
        for child in self.children:
            yield from child.below()


class _Facts:
    """Which slots there are."""

    def __init__(self, structure, achievements, as_of, offer):
        self.structure = structure
        self.as_of = as_of
        self.offer = None if offer is None else {compact_reference(o) for o in offer}
        self.nodes = []
        self.root = self._node(structure.root)
        self.listed = {
            compact_reference(unit.reference)
            for node in self.nodes
            for unit in node.group.units
        }
        never = {compact_reference(u.reference) for u in structure.additional_units}
        never -= self.listed
        self.records = {}
        self.amounts = {}
        for one in achievements:
            reference = compact_reference(one.unit)
            if not reference:
                self.amounts[one] = None
            elif reference not in never:
                self.records.setdefault(reference, []).append(one)
        for found in self.records.values():
            found.sort(
                key=lambda one: (
                    (0, one.date.toordinal()) if one.date else (1, 0),
                    one.source,
                    one.id,
                    str(one.kind),
                )
            )
        self.stand_ins = {}
        for equivalent in structure.equivalents:
            self.stand_ins.setdefault(compact_reference(equivalent.unit), set()).update(
                compact_reference(other) for other in equivalent.others
            )
        self.limits = [
            (limit.kinds, as_of - relativedelta(months=limit.months))
            for limit in structure.time_limits
            if as_of is not None
        ]
        for node in self.nodes:
            self._fill(node)

    def _node(self, group):
        node = Node(len(self.nodes), group)
        self.nodes.append(node)
        node.children = [self._node(child) for child in group.groups]
        return node

    def _first(self, records, group, *, stated=False):
        """Return the first of sorted achievements that is available in a group."""
        first = last = None
        if self.as_of is not None:
            last = self.as_of
            if group.months is not None:
                first = self.as_of - relativedelta(months=group.months)
        for one in records:
            if stated and not _whole(one.credit):
                continue
            if one.date is None:
                if first is not None:
                    continue
            else:
                if last is not None and one.date > last:
                    continue
                if first is not None and one.date < first:
                    continue
                if any(
                    one.date < start and (not kinds or one.kind in kinds)
                    for kinds, start in self.limits
                ):
                    continue
            return one
        return None

    def _fill(self, node):
        self._fill_listed(node)
        if node.group.other is not None:
            self._fill_other(node)
        self._fill_amounts(node)

    def _fill_listed(self, node):
        group = node.group
        listed = {}
        for unit in group.units:
            reference = compact_reference(unit.reference)
            if _whole(unit.credit) and reference not in listed:
                listed[reference] = unit
        for reference, unit in listed.items():
            others = self.stand_ins.get(reference, set()) - {reference}
            found = False
            for candidate in [reference, *sorted(others)]:
                one = self._first(self.records.get(candidate, ()), group)
                if one is None:
                    continue
                found = True
                node.slots.append(
                    Slot(
                        node,
                        candidate,
                        reference,
                        candidate,
                        unit.credit,
                        _rank(unit.level),
                        one.kind,
                        unit.is_imported,
                    )
                )
            if not found and self._may_be_offered(reference, unit):
                node.offers.append(
                    Slot(
                        node,
                        reference,
                        reference,
                        None,
                        unit.credit,
                        _rank(unit.level),
                        None,
                        unit.is_imported,
                    )
                )

    def _fill_other(self, node):
        group = node.group
        own = {compact_reference(unit.reference) for unit in group.units}
        for reference in sorted(self.records.keys() - own):
            if reference in self.listed and not group.other.also_listed:
                continue
            one = self._first(self.records[reference], group, stated=True)
            if one is not None and _admits(group.other, one):
                rank = _rank(one.level)
                node.slots.append(
                    Slot(node, reference, None, reference, one.credit, rank, one.kind)
                )

    def _fill_amounts(self, node):
        for one in sorted(self.amounts, key=lambda amount: amount.id):
            named = one.group == node.group.name
            if named and _whole(one.credit) and self._first([one], node.group):
                rank = _rank(one.level)
                node.slots.append(
                    Slot(node, one, None, None, one.credit, rank, one.kind)
                )

    def _may_be_offered(self, reference, unit):
        if self.offer is not None and reference not in self.offer:
            return False
        if self.as_of is None:
            return True
        withdrawn = unit.withdrawn or dt.date.max
        return withdrawn > self.as_of and (unit.expires or dt.date.max) >= self.as_of


def _admits(other, one):
    if other.level is not None and _rank(one.level) < _rank(other.level):
        return False
    return not other.subject_areas or not set(other.subject_areas).isdisjoint(
        one.subject_areas
    )


class _Model:
    """The model of one question."""

    def __init__(self, facts, *, capped, completes):
        self.facts = facts
        self.structure = facts.structure
        self.capped = capped
        self.completes = completes
        self.model = cp_model.CpModel()
        self.slots = [slot for node in facts.nodes for slot in node.slots]
        self.offers = [slot for node in facts.nodes for slot in node.offers]
        if not completes:
            self.offers = []
        for slot in self.slots + self.offers:
            slot.variable = self.model.new_bool_var("")
        self.supplied = []
        if completes:
            self._add_supplies()
        self._restrict_references()
        self._restrict_caps()
        self.sums = {}
        self.used = {}
        self._restrict_groups(facts.root)
        if completes:
            self._ask_for_all()
        self._define_criteria()

    # --- variables ---

    def _add_supplies(self):
        structure = self.structure
        asked = [structure.total, structure.min_credit_at_level]
        fewest = [1]
        for node in self.facts.nodes:
            group = node.group
            asked += [group.min_credit, group.min_subcomponents]
            asked.append(group.level_minimum and group.level_minimum.credit)
            fewest.append(group.min_subcomponents or 0)
        most = max(value or 0 for value in asked)
        for node in self.facts.nodes:
            node.supply, node.supplies = None, ()
            if node.group.other is not None or not node.group.is_complete:
                several, counts = [], []
                ranks = self._supplied_ranks(node)
                for _ in ranks:
                    credit = self.model.new_int_var(0, most, "")
                    units = self.model.new_int_var(0, max(fewest), "")
                    self.model.add(units <= credit)
                    self.model.add(credit <= most * units)
                    several.append(credit)
                    counts.append(units)
                node.supply = (sum(several), sum(counts))
                node.supplies = tuple(zip(ranks, several, strict=True))
                self.supplied.append(node)

    def _supplied_ranks(self, node):
        """Return the levels that matter: the highest, and each just below a cap."""
        least = 0 if node.group.other is None else _rank(node.group.other.level)
        bounds = [_rank(cap.at_least_level) for cap in self.structure.caps]
        below = {bound - 1 for bound in bounds if bound - 1 >= max(least, 0)}
        return sorted({HIGHEST, *below})

    def _all(self, node):
        return node.slots + node.offers if self.completes else node.slots

    # --- what restricts every counting ---

    def _restrict_references(self):
        once = {}
        by_reference = {}
        for slot in self.slots + self.offers:
            once.setdefault(slot.what, []).append(slot.variable)
            for reference in slot.references:
                by_reference.setdefault(reference, {})[id(slot)] = slot.variable
        for variables in once.values():
            if len(variables) > 1:
                self.model.add_at_most_one(variables)

        self._restrict_sets(by_reference)

    def _restrict_sets(self, by_reference):
        def are(references):
            found = {}
            for reference in references:
                found |= by_reference.get(compact_reference(reference), {})
            return list(found.values())

        for equivalent in self.structure.equivalents:
            self.model.add_at_most_one(are([equivalent.unit, *equivalent.others]))
        for bar in self.structure.bars:
            # Of every reference one slot at most is counted, for a unit counts once and
            # so do it and those that stand for it: two of the slots are the two units.
            for target in bar.targets:
                both = [compact_reference(bar.unit), compact_reference(target)]
                if both[0] != both[1]:
                    self.model.add_at_most_one(are(both))
        for one in self.structure.at_most:
            variables = are(one.units)
            if len(variables) > one.count:
                self.model.add(sum(variables) <= one.count)

    def _restrict_caps(self):
        for cap in self.structure.caps:
            limits = []
            if cap.credit is not None:
                limits.append(cap.credit)
            if cap.percent is not None:
                limits.append(int(self.structure.total * cap.percent // 100))
            if not limits:
                continue
            places = {
                below.place
                for node in self.facts.nodes
                if cap.group is None or node.group.name == cap.group
                for below in node.below()
            }
            terms = [
                slot.credit * slot.variable
                for slot in self.slots + self.offers
                if slot.node.place in places and _meets(slot, cap)
            ]
            if not cap.kinds and not cap.is_imported:
                terms += [
                    credit
                    for node in self.supplied
                    if node.place in places
                    for rank, credit in node.supplies
                    if _is_level_under(rank, cap)
                ]
            if terms:
                self.model.add(sum(terms) <= min(limits))

    def _restrict_groups(self, node):
        """Restrict a group and those below; note its credit and whether it is used."""
        group = node.group
        slots = self._all(node)
        credit = [slot.credit * slot.variable for slot in slots]
        units = [slot.variable for slot in slots]
        flags = list(units)
        if node in self.supplied:
            credit.append(node.supply[0])
            units.append(node.supply[1])
            flag = self.model.new_bool_var("")
            self.model.add(node.supply[1] >= 1).only_enforce_if(flag)
            self.model.add(node.supply[1] == 0).only_enforce_if(~flag)
            flags.append(flag)
        used = []
        for child in node.children:
            self._restrict_groups(child)
            credit.append(self.sums[child.place])
            used.append(self.used[child.place])
        flags += used
        most = group.max_credit
        self.sums[node.place] = self._bounded(sum(credit), most)
        if most is not None and not self.capped and credit:
            self.model.add(sum(credit) <= most)
        if group.max_subcomponents is not None and (units or used):
            self.model.add(sum(units) + sum(used) <= group.max_subcomponents)
        self.used[node.place] = self.model.new_bool_var("")
        for flag in flags:
            self.model.add_implication(flag, self.used[node.place])
        if flags:
            self.model.add_bool_or([*flags, ~self.used[node.place]])
        else:
            self.model.add(self.used[node.place] == 0)

    def _bounded(self, total, most):
        """Return a sum, or in cap mode a variable that may be all but the excess."""
        if not self.capped or most is None:
            return total
        variable = self.model.new_int_var(0, most, "")
        self.model.add(variable <= total)
        return variable

    # --- what a completion comes to ---

    def _at_level(self, node, least, slots_of, *, leave_out=False):
        """Return the credit of a subtree at a rank or above."""
        if leave_out and node.group.is_outside_level_minimum:
            return 0
        terms = [s.credit * s.variable for s in slots_of(node) if s.rank >= least]
        if slots_of == self._all and node in self.supplied:
            terms += [credit for rank, credit in node.supplies if rank >= least]
        terms += [
            self._at_level(child, least, slots_of, leave_out=leave_out)
            for child in node.children
        ]
        return self._bounded(sum(terms), node.group.max_credit)

    def _ask_for_all(self):
        structure = self.structure
        achieved = {}
        for node in reversed(self.facts.nodes):  # each after those below it
            achieved[node.place] = self._achieved(node, achieved)
        self.model.add(achieved[0] == 1)
        if structure.total:
            self.model.add(self.sums[0] >= structure.total)
        if structure.min_credit_at_level:
            if _rank(structure.level) < 0:
                self.model.add_bool_or([])
                return
            found = self._at_level(
                self.facts.root, _rank(structure.level), self._all, leave_out=True
            )
            self.model.add(structure.min_credit_at_level <= found)

    def _achieved(self, node, achieved):
        group = node.group
        flag = self.model.new_bool_var("")
        self.model.add_implication(flag, self.used[node.place])
        if group.min_credit:
            self.model.add(self.sums[node.place] >= group.min_credit).only_enforce_if(
                flag
            )
        if group.min_subcomponents:
            parts = [slot.variable for slot in self._all(node)]
            parts += [achieved[child.place] for child in node.children]
            if node in self.supplied:
                parts.append(node.supply[1])
            self.model.add(sum(parts) >= group.min_subcomponents).only_enforce_if(flag)
        minimum = group.level_minimum
        if minimum is not None and minimum.credit:
            if _rank(minimum.level) < 0:
                self.model.add(flag == 0)
            else:
                found = self._at_level(node, _rank(minimum.level), self._all)
                self.model.add(minimum.credit <= found).only_enforce_if(flag)
        for child in node.children:
            if child.group.is_mandatory:
                self.model.add_implication(flag, achieved[child.place])
        return flag

    # --- the criteria ---

    def _define_criteria(self):
        def own(node):
            return node.slots

        def credit(node):
            terms = [slot.credit * slot.variable for slot in node.slots]
            terms += [credit(child) for child in node.children]
            return self._bounded(sum(terms), node.group.max_credit)

        self.cost = sum(slot.credit * slot.variable for slot in self.offers)
        self.cost += sum(node.supply[0] for node in self.supplied)
        self.credit = credit(self.facts.root)
        self.level = 0
        least = _rank(self.structure.level)
        if least >= 0:
            self.level = self._at_level(self.facts.root, least, own, leave_out=True)
        self.units = sum(slot.variable for slot in self.slots)


def _meets(slot, cap):
    if cap.kinds and slot.kind not in cap.kinds:
        return False
    if cap.is_imported and not slot.is_imported:
        return False
    return _is_level_under(slot.rank, cap)


def _is_level_under(rank, cap):
    if cap.at_most_level is not None and rank > _rank(cap.at_most_level):
        return False
    return cap.at_least_level is None or rank >= _rank(cap.at_least_level)


class Unproven(Exception):
    """The solver was stopped before it was sure."""


class _Asker:
    """Asks one model one thing after the other."""

    def __init__(self, asked, seconds):
        self.asked = asked
        self.solver = cp_model.CpSolver()
        self.solver.parameters.num_workers = 1
        self.solver.parameters.random_seed = 1
        self.small = len(asked.slots) + len(asked.offers) <= 25
        if self.small:
            # Little models are solved sooner than they are simplified.
            self.solver.parameters.cp_model_presolve = False
            self.solver.parameters.linearization_level = 0
            self.solver.parameters.symmetry_level = 0
        if seconds is not None:
            self.solver.parameters.max_time_in_seconds = seconds

    def least(self, expression):
        """Return the least value of an expression; None when there is no solution."""
        if isinstance(expression, int):
            self.asked.model.clear_objective()
        else:
            self.asked.model.minimize(expression)
        status = self.solver.solve(self.asked.model)
        if status == cp_model.INFEASIBLE:
            return None
        if status != cp_model.OPTIMAL and not (
            status == cp_model.FEASIBLE and isinstance(expression, int)
        ):
            raise Unproven
        self.remember()
        return self.value(expression)

    def remember(self):
        self.included = [self.solver.value(s.variable) for s in self.asked.slots]
        asked = self.asked
        asked.model.clear_hints()
        for slot in asked.slots + asked.offers:
            asked.model.add_hint(slot.variable, self.solver.value(slot.variable))

    def value(self, expression):
        return (
            expression if isinstance(expression, int) else self.solver.value(expression)
        )


def answer(
    structure,
    achievements,
    *,
    as_of=None,
    maximum="whole",
    facts=(),
    offer=None,
    seconds=None,
) -> Answer:
    """Ask the solver, with one worker.

    Raises:
        Unproven: The seconds of one of the questions were up.
    """
    known = _Facts(structure, achievements, as_of, offer)
    holds = {one.name for one in structure.requirements} <= set(facts)
    capped = maximum == "cap"
    needed = None
    if holds:
        asked = _Model(known, capped=capped, completes=True)
        asker = _Asker(asked, seconds)
        needed = asker.least(asked.cost)
        if needed is not None:
            asked.model.add(asked.cost <= needed)
    if needed is None:
        asked = _Model(known, capped=capped, completes=False)
        asker = _Asker(asked, seconds)
    credit, level = _most(asked, asker)
    _walk(asked, asker)
    counted = [
        slot
        for slot, included in zip(asked.slots, asker.included, strict=True)
        if included
    ]
    return Answer(
        met=needed == 0,
        credits_needed=needed,
        credits_towards=None if needed is None else max(0, structure.total - needed),
        credit=credit,
        credit_at_level=level,
        counting=tuple(
            Entry(s.node.place, s.node.group.name, s.listed, s.unit, s.credit)
            for s in counted
        ),
    )


def _most(asked, asker):
    """Ask for most credit, most at the level, fewest units, in one question."""
    units = len(asked.slots) + 1
    most = sum(slot.credit for slot in asked.slots) + 1
    weighed = asked.units - units * asked.level - units * most * asked.credit
    asker.least(weighed)
    credit, level = asker.value(asked.credit), asker.value(asked.level)
    count = sum(asker.included)
    if not isinstance(asked.level, int):
        asked.model.add(asked.level >= level)
    if asked.slots:
        asked.model.add(asked.credit >= credit)
        asked.model.add(asked.units <= count)
    return credit, level


def _walk(asked, asker):
    """Ask for the counting that includes at the first difference."""
    done = 0
    while done < len(asked.slots):
        # Slots that are in already at the front need no question.
        if asker.included[done]:
            asked.model.add(asked.slots[done].variable == 1)
            done += 1
            continue
        chunk = asked.slots[done : done + CHUNK]
        weights = [1 << (len(chunk) - 1 - turn) for turn in range(len(chunk))]
        asker.least(-sum(w * s.variable for w, s in zip(weights, chunk, strict=True)))
        for slot, included in zip(
            chunk, asker.included[done : done + CHUNK], strict=True
        ):
            asked.model.add(slot.variable == included)
        done += len(chunk)
        if sum(asker.included[:done]) == sum(asker.included):
            break
