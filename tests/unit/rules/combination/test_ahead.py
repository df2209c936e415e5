"""What is said of an entry of the root before all is joined is never too little."""

from itertools import product
from random import Random

import pytest

from ulnlib.rules.combination.ahead import Ahead, Tie
from ulnlib.rules.combination.fields import Field

CAP = Field.of_size(0, 60)
LEVEL = Field.of_size(8, 60)
CREDIT = Field.of_size(16, 60)
NEVER = -(1 << 40)
NEEDED, MOST, LEAST = 12, 5, 6


def entries_of(random, many):
    """Return entries: what costs more has more credit, some of it under the cap."""
    found = {0: 0}
    for _ in range(many):
        credit = random.randint(1, 6)
        cap, level = random.randint(0, credit), random.randint(0, credit)
        vector = (cap << CAP.at) + (level << LEVEL.at) + (credit << CREDIT.at)
        found[vector] = -1_000 * random.randint(0, credit) - random.randint(1, 99)
    return list(found.items())


def ahead_of(joins, *, start=0, is_weighed=True, acc=()):
    ahead = Ahead(
        joins,
        start=start,
        credit=CREDIT,
        needed=NEEDED,
        worths=[],
        ties=[Tie(CAP, MOST, -1), Tie(LEVEL, LEAST, 1)],
        never=NEVER,
    )
    ahead.use(ahead.weighed(acc, 1_000) if is_weighed else (0, 0))
    return ahead


def wholes(parts):
    """Return the scores of what keeps all bounds, of any sum of entries."""
    for chosen in product(*parts):
        vector = sum(one for one, _ in chosen)
        is_enough = CREDIT.of(vector) >= NEEDED and LEVEL.of(vector) >= LEAST
        if is_enough and CAP.of(vector) <= MOST:
            yield sum(score for _, score in chosen)


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("start", [0, CREDIT.bias(40)])
def test_nothing_becomes_better_than_is_promised(seed, start):
    random = Random(seed)
    joins = [entries_of(random, 4) for _ in range(3)]
    acc = [(vector + start, score) for vector, score in entries_of(random, 5)]
    for is_weighed in (False, True):
        ahead = ahead_of(joins, start=start, is_weighed=is_weighed, acc=acc)
        for vector, score in acc:
            own = [(vector - start, score)]
            best = max(wholes([own, *joins]), default=NEVER)
            assert best <= ahead.promise({vector: score})


def test_weights_promise_no_more_and_sometimes_less():
    gained = 0
    for seed in range(60):
        random = Random(seed)
        joins = [entries_of(random, 4) for _ in range(3)]
        acc = entries_of(random, 5)
        plain = ahead_of(joins, is_weighed=False).promise(dict(acc))
        weighed = ahead_of(joins, acc=acc).promise(dict(acc))
        assert weighed <= plain
        gained += weighed < plain
    assert gained > 10


@pytest.mark.parametrize("seed", range(60))
def test_what_is_not_joined_was_promised_less_than_was_asked_for(seed):
    """And the best of it is told, so that no more is asked for the next time."""
    random = Random(seed)
    joins = [entries_of(random, 6)]
    acc = dict(entries_of(random, 6))
    ahead = ahead_of(joins, acc=list(acc.items()))
    sums = {}
    for (one, score), (other, more) in product(acc.items(), joins[0]):
        sums[one + other] = max(sums.get(one + other, NEVER), score + more)
    if ahead.promise(acc) < NEVER // 2:
        assert not any(CREDIT.of(vector) >= NEEDED for vector in sums)
        return
    for least in (ahead.promise(acc) - 500, ahead.promise(acc) - 3_000):
        found, missed = ahead.joined(0, acc, guard=0, worst=NEVER, least=least)
        enough = {v: s for v, s in sums.items() if CREDIT.of(v) >= NEEDED}
        assert found.keys() >= {v for v, s in enough.items() if s >= least} - {
            v for v in enough if CAP.of(v) > MOST or LEVEL.of(v) < LEAST
        }
        assert all(sums[v] >= least for v in found)
        assert missed < least
