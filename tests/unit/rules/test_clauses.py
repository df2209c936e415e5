"""Clauses: looked up by id, in our words, with their evidence."""

import pytest

from ulnlib.rules.clauses import Decision, clause, clauses


def test_a_clause_is_looked_up_by_its_id():
    found = clause("PG-F-1")

    assert (found.document, found.section) == ("LRS portal guide", "Appendix F")
    assert str(found).endswith("[PG-F-1: LRS portal guide, Appendix F]")


def test_every_clause_is_complete():
    for name, one in clauses().items():
        assert one.id == name
        assert one.text.endswith(".")
        assert one.document
        assert one.section
        assert one.evidence in {"published", "observed", "derived", "assumed"}


def test_a_clause_that_is_not_there_is_a_fault_of_the_code():
    with pytest.raises(KeyError):
        clause("PG-NONE")


def test_a_decision_counts_as_whether_it_is_allowed_and_says_why():
    allowed = Decision(allowed=True, clause="PG-F-3")
    refused = Decision(allowed=False, clause="PG-F-2")

    assert allowed
    assert not refused
    assert refused.text == clause("PG-F-2").text
    assert refused == Decision(allowed=False, clause="PG-F-2")
