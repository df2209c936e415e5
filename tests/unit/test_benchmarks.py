"""The harness computes ratios right, on clocks that are not clocks; no time counts."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def harness(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks import harness

    yield harness
    for name in [n for n in sys.modules if n.partition(".")[0] == "benchmarks"]:
        del sys.modules[name]


class Clock:
    """A clock that goes on only when somebody works."""

    def __init__(self):
        self.seconds = 0.0
        self.done = []

    def __call__(self):
        return self.seconds

    def work(self, name, *durations):
        left = list(durations)

        def run():
            self.done.append(name)
            self.seconds += left.pop(0)

        return run


def test_one_and_the_other_are_run_in_alternation(harness):
    clock = Clock()
    one, other = clock.work("A", 4, 2, 3), clock.work("B", 1, 2, 1)

    found = harness.compare(one, other, rounds=3, clock=clock)

    assert clock.done == ["A", "B"] * 3
    assert found == harness.Comparison((4, 2, 3), (1, 2, 1))


def test_the_ratio_is_that_of_the_bests_and_the_spread_that_of_the_rounds(harness):
    found = harness.Comparison((4, 2, 3), (1, 2, 1))

    assert found.ratio == 2
    assert found.spread == (1, 4)


def test_the_fastest_of_several_counts(harness):
    clock = Clock()

    assert harness.fastest(clock.work("A", 3, 1, 2), rounds=3, clock=clock) == 1


def test_a_bound_is_met_or_missed(harness):
    found = harness.Comparison((1, 1), (8, 10))

    assert harness.Figure.faster("x", found, 8).is_met
    assert not harness.Figure.faster("x", found, 8.1).is_met
    assert harness.Figure.faster("x", found, 8).found == "8.0 times as fast"
    assert harness.Figure.faster("x", found, 8).spread == "8.0 to 10.0"
    assert harness.Figure.longer("x", found, 0.125).is_met
    assert not harness.Figure.longer("x", found, 0.1).is_met
    assert harness.Figure.longer("x", found, 1).spread == "0.10 to 0.12"
    assert harness.Figure.longer("x", found, None).verdict == ""


@pytest.mark.parametrize(("share", "right"), [(0.5, 51), (0.99, 100), (1, 100)])
def test_percentiles_are_values_that_were_found(harness, share, right):
    assert harness.percentile(range(100, 0, -1), share) == right


@pytest.mark.parametrize(
    ("seconds", "right"), [(2, "2 s"), (0.0125, "12.5 ms"), (0.00002, "20 µs")]
)
def test_times_are_written_for_people(harness, seconds, right):
    assert harness.text(seconds) == right


def test_the_surroundings_name_no_machine(harness):
    import platform

    found = dict(harness.environment(["attrs"]))

    assert set(found) == {"Python", "Platform", "CPUs", "attrs"}
    assert platform.node() not in found.values()


def test_the_page_is_there():
    page = ROOT / "docs" / "reference" / "benchmarks.md"

    assert "make bench" in page.read_text(encoding="utf-8")
