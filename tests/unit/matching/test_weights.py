"""What levels weigh, and the probability that they come to."""

import math

import attrs
import pytest

from ulnlib._tables import load
from ulnlib.matching import Weights, default_weights
from ulnlib.matching.levels import COMPARED, level, levels_of
from ulnlib.matching.plain import plain
from ulnlib.matching.weights import placeholders, probability_of


class TestProbability:
    @pytest.mark.parametrize(
        ("weight", "probability"),
        [
            (0, 1 / 2),
            (100, 2 / 3),
            (-100, 1 / 3),
            (200, 4 / 5),
            (300, 8 / 9),
            (-1000, 1 / 1025),
            (1000, 1024 / 1025),
        ],
    )
    def test_a_bit_doubles_the_odds(self, weight, probability):
        assert probability_of(weight) == pytest.approx(probability)

    @pytest.mark.parametrize("weight", [10**4, 10**6, 10**300])
    def test_it_is_a_probability_whatever_the_weight(self, weight):
        assert 0 < probability_of(-weight) < 1e-30
        assert probability_of(weight) == 1.0

    def test_more_weight_is_never_less_probable(self):
        found = [probability_of(weight) for weight in range(-3000, 3001, 7)]

        assert found == sorted(found)
        assert len(set(found)) == len(found)


class TestRarity:
    """Names of the tables, and how rare they are by the sources of the tables."""

    @pytest.mark.parametrize(
        ("field", "name", "rarity"),
        [
            ("given_name", "jack", 625),
            ("given_name", "emily", 700),
            ("family_name", "smith", 675),
            ("family_name", "featherstonhaugh", 1300),
            ("given_name", "featherstonhaugh", 1300),
            # Initials are frequent, and a name without a letter is no name.
            ("given_name", "j", 390),
            ("family_name", "s", 390),
            ("given_name", "j p", 780),
            ("given_name", "j p r t", 1300),
            ("given_name", "j paul", 1300),
            ("given_name", "jo", 1300),
            ("family_name", "\u738b", 1300),  # a whole name of one character
            ("given_name", "unknown", 0),  # nobody's name
            ("given_name", "not known", 0),
            ("given_name", "baby", 0),
            ("family_name", "baby", 1300),
            ("given_name", "", 0),
            ("family_name", "", 0),
        ],
    )
    def test_a_frequent_name_is_less_rare(self, field, name, rarity):
        assert default_weights().rarity(field, name) == rarity

    def test_every_name_of_the_table_is_in_plain_letters_and_there_once(self):
        for kind in ("given_name", "family_name"):
            names = [
                name
                for row in load("name_rarity").rows
                if row["kind"] == kind
                for name in row["names"].split()
            ]
            assert len(names) == len(set(names)) > 100
            assert [name for name in names if plain(name) != name] == []

    def test_words_for_no_name_are_in_plain_letters_and_no_frequent_names(self):
        words = [
            name for row in load("placeholder_names").rows for name in row["names"]
        ]

        assert len(words) == len(set(words)) == len(placeholders())
        assert [word for word in words if plain(word) != word] == []
        assert not placeholders() & {*default_weights().rarities["given_name"]}

    def test_no_name_of_the_table_is_rarer_than_one_that_is_not_in_it(self):
        weights = default_weights()

        for rarities in weights.rarities.values():
            assert max(rarities.values()) < weights.unlisted
            assert min(rarities.values()) >= 600

    def test_their_shares_come_to_one_at_most(self):
        for rarities in default_weights().rarities.values():
            shares = [2 ** (-rarity / 100) for rarity in rarities.values()]
            assert 0.2 < math.fsum(shares) < 1


class TestWeight:
    def test_a_name_weighs_by_how_rare_it_is_less_what_its_level_takes(self):
        weights = default_weights()

        # `nickname` takes 250 of the weight of the name, and leaves 130 at least.
        nickname = level("given_name", "nickname")
        assert weights.weight(nickname, 1300) == 1050
        assert weights.weight(nickname, 625) == 375
        assert weights.weight(nickname, 300) == 130
        # What agrees less than wholly never weighs more than the name.
        assert weights.weight(nickname, 90) == 90

    def test_an_equal_name_weighs_as_rare_as_it_is(self):
        assert default_weights().weight(level("given_name", "equal"), 700) == 700

    def test_all_else_weighs_what_the_table_says(self):
        weights = default_weights()

        assert weights.weight(level("date_of_birth", "equal"), 700) == 1300
        assert weights.weight(level("given_name", "other"), 700) == -800
        assert weights.weight(level("given_name", "initial"), 700) == 100


class TestDefaultWeights:
    def test_every_level_has_a_weight(self):
        weights = default_weights()

        assert set(weights.by_level) == set(COMPARED)
        for field in COMPARED:
            assert dict(weights.by_level[field]) == {
                one.name: one.weight for one in levels_of(field).values()
            }

    def test_they_are_made_once(self):
        assert default_weights() is default_weights()

    def test_the_prior_is_one_in_a_million_and_the_ceiling_nine_in_ten(self):
        weights = default_weights()

        assert weights.prior == -2000
        assert probability_of(weights.prior) == pytest.approx(1e-6, rel=0.05)
        assert weights.ceiling == 0.9

    def test_five_equal_rare_details_outweigh_the_prior_by_far(self):
        assert probability_of(1300 + 1300 + 1300 + 90 + 1150 - 2000) > 0.999_999

    def test_they_show_where_they_come_from_and_no_name(self):
        assert repr(default_weights()) == (
            'Weights(origin="ulnlib\'s table", prior=-2000)'
        )


class TestWeightsOfOnesOwn:
    def test_they_cannot_be_changed_not_even_by_the_dictionary_they_came_from(self):
        levels = {"gender": {"equal": 90}}
        weights = Weights(by_level=levels, rarities={"given_name": {}})
        levels["gender"]["equal"] = 5

        assert weights.by_level["gender"]["equal"] == 90
        with pytest.raises(TypeError, match="does not support item assignment"):
            weights.by_level["gender"] = {}
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            weights.prior = 0

    def test_one_of_them_is_changed_by_evolving(self):
        weights = attrs.evolve(default_weights(), prior=-2400, unlisted=1500)

        assert weights.rarity("family_name", "featherstonhaugh") == 1500
        assert weights.rarity("family_name", "smith") == 675
