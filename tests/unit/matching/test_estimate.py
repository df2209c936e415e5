"""Weights learned from a register."""

import random
from math import log2

import attrs
import pytest

from ulnlib.learner import Learner
from ulnlib.matching import default_weights, estimate_weights
from ulnlib.matching.levels import COMPARED, levels_of

GIVEN = ["Zeb", "Quincy", "Perpetua", "Hodan", "Liban", "Bronwen", "Torquil", "Una"]
FAMILY = ["Quillfeather", "Thistlewick", "Obermann", "Warsame", "Pendry", "Achebe"]


def register(count, seed=1):
    draw = random.Random(seed)
    return [
        Learner(
            uln=str(n),
            given_name=draw.choice(GIVEN) if n % 2 else "Zeb",
            family_name=draw.choice(FAMILY) if n % 3 else "Quillfeather",
            date_of_birth=f"{draw.randint(1995, 2010)}-{draw.randint(1, 12):02}"
            f"-{draw.randint(1, 28):02}",
            gender=draw.choice("12"),
            postcode=f"Z{draw.choice('ABCD')}{draw.randint(1, 9)} "
            f"{draw.randint(1, 9)}AB",
            school_at_16=draw.choice(["Z School", "Y School"]),
        )
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def learners():
    return register(400)


@pytest.fixture(scope="module")
def learned(learners):
    return estimate_weights(learners)


class TestNames:
    def test_more_frequent_names_weigh_less(self, learned):
        given = [learned.rarity("given_name", name) for name in ("zeb", "una", "xan")]
        family = [
            learned.rarity("family_name", name)
            for name in ("quillfeather", "pendry", "xan")
        ]

        assert given == sorted(given)
        assert given[0] < given[1] < given[2]
        assert family[0] < family[1] < family[2]

    def test_a_name_weighs_about_as_rare_as_it_is(self, learners, learned):
        share = sum(one.given_name == "Zeb" for one in learners) / len(learners)

        assert share > 0.5
        # Twenty records' worth of belief in the default pull it a little.
        assert learned.rarity("given_name", "zeb") == pytest.approx(
            -100 * log2(share), abs=10
        )

    def test_names_that_the_register_has_once_or_never_stay_as_they_were(
        self, learners
    ):
        once = Learner(given_name="Xanthippe", family_name="Once")
        learned = estimate_weights([*learners, once])

        assert learned.rarity("given_name", "xanthippe") == 1300
        assert learned.rarity("given_name", "jack") == 625
        assert learned.rarity("family_name", "smith") == 675

    def test_names_in_no_script_that_is_read_do_not_count(self):
        learned = estimate_weights([Learner(given_name="!"), Learner(given_name="?")])

        assert "" not in learned.rarities["given_name"]


class TestPrior:
    def test_it_is_one_record_of_the_register(self, learned):
        assert learned.prior == -round(100 * log2(400))

    def test_it_says_where_it_comes_from(self, learned):
        assert learned.origin == "estimated from 400 records"
        assert repr(learned) == (
            f"Weights(origin='estimated from 400 records', prior={learned.prior})"
        )


@pytest.mark.parametrize("count", [0, 1])
class TestTooFewRecords:
    def test_the_start_comes_back(self, count):
        assert estimate_weights(register(count)) is default_weights()

    def test_also_one_of_the_caller_s_own(self, count):
        start = attrs.evolve(default_weights(), prior=-5)

        assert estimate_weights(register(count), start=start) is start


class TestOrder:
    def test_the_order_of_records_makes_no_difference(self, learners, learned):
        shuffled = list(learners)
        random.Random(7).shuffle(shuffled)

        assert estimate_weights(iter(shuffled)) == learned
        assert estimate_weights(learners[::-1]) == learned


class TestLevels:
    def test_a_stronger_level_never_weighs_less(self, learned):
        for field in COMPARED:
            levels = [one for one in levels_of(field).values() if not one.of_name]
            levels.sort(key=lambda one: one.weight)
            weights = [learned.by_level[field][one.name] for one in levels]
            assert weights == sorted(weights), field

    def test_what_a_level_takes_from_a_name_stays(self, learned):
        start = default_weights().by_level
        for field in ("given_name", "family_name"):
            for one in levels_of(field).values():
                if one.of_name:
                    assert learned.by_level[field][one.name] == start[field][one.name]

    def test_what_is_never_seen_stays(self, learned):
        for field in ("email", "upn", "middle_names"):
            assert learned.by_level[field] == default_weights().by_level[field]

    def test_what_half_of_all_strangers_have_in_common_says_little(self, learned):
        """There are two schools: they weigh no more than a bit or so."""
        assert (
            learned.by_level["school_at_16"]["equal"]
            < default_weights().by_level["school_at_16"]["equal"]
        )


class TestLabels:
    def pairs(self, learners, **changed):
        return [(one, one.evolve(**changed)) for one in learners[:200]]

    def test_a_level_that_pairs_of_one_person_have_often_rises(self, learners):
        """Where everybody moves, another postcode is no surprise ..."""
        learned = estimate_weights(
            learners, labelled=self.pairs(learners, gender="0", school_at_16="X")
        )
        start = default_weights().by_level

        assert (
            learned.by_level["school_at_16"]["other"] > start["school_at_16"]["other"]
        )

    def test_and_one_that_they_never_lack_weighs_by_how_strangers_agree(self, learners):
        """... and where all of them agree, agreement is one in two by chance."""
        learned = estimate_weights(learners, labelled=self.pairs(learners))

        assert learned.by_level["gender"]["equal"] == pytest.approx(100, abs=10)
        assert learned.by_level["school_at_16"]["equal"] == pytest.approx(113, abs=20)

    def test_a_level_that_they_have_seldom_falls(self, learners):
        mixed = self.pairs(learners)[:190] + self.pairs(learners, gender="x")[190:]
        often = self.pairs(learners)[:20] + self.pairs(learners, gender="x")[20:]
        seldom, much = (
            estimate_weights(learners, labelled=pairs).by_level["gender"]["miskeyed"]
            for pairs in (mixed, often)
        )

        assert seldom < -200 < 0 < much

    def test_few_pairs_move_little(self, learners):
        few = estimate_weights(learners, labelled=self.pairs(learners)[:1])
        many = estimate_weights(learners, labelled=self.pairs(learners))
        start = default_weights().by_level["school_at_16"]["equal"]

        assert (
            many.by_level["school_at_16"]["equal"]
            < few.by_level["school_at_16"]["equal"]
            < start
        )

    def test_the_order_of_pairs_makes_no_difference(self, learners):
        pairs = self.pairs(learners, gender="1")

        assert estimate_weights(learners, labelled=pairs) == estimate_weights(
            learners, labelled=iter(pairs[::-1])
        )


@pytest.mark.parametrize("size", [7_919, 2 * 7_919])
def test_strangers_are_taken_from_the_whole_register_whatever_its_size(size):
    """All but the first are of one gender, which therefore says nothing."""
    people = [Learner(gender="2"), *[Learner(gender="1", title="x")] * (size - 1)]
    learned = estimate_weights(people, labelled=[(people[1], people[1])] * 1_000)

    assert abs(learned.by_level["gender"]["equal"]) < 10


def test_a_register_of_one_record_many_times_raises_nothing():
    one = register(1)[0]
    learned = estimate_weights([one] * 300)

    assert learned.rarity("given_name", "zeb") < 100


def test_any_text_is_learned_from():
    texts = ["", "!", "\u0410", "a\udcff", "ab" * 2_000, None]
    learned = estimate_weights(
        [
            Learner(given_name=one, family_name=other, date_of_birth=one, postcode=one)
            for one in texts
            for other in texts
        ]
    )

    assert learned.prior == -round(100 * log2(36))
