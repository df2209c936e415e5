"""The clauses of the service's documents, in our words: what every rule points to.

A decision or a refusal names the clause that made it. The clause can be looked up
here by its id, for a screen or a log; it holds no person's details.

Examples:
    >>> clause("PG-1.1-1").text
    'A ULN has ten digits.'
"""

from __future__ import annotations

__all__ = ["Clause", "Decision", "clause", "clauses"]

from functools import cache
from types import MappingProxyType

import attrs

from ulnlib import _tables


@attrs.frozen(kw_only=True)
class Clause:
    """One clause of a document.

    Attributes:
        id: Ours, and stable: document, section, number.
        document: The document's title.
        section: Where in the document.
        text: What it says, in our words.
        evidence: published, observed, derived or assumed.
    """

    id: str
    document: str
    section: str
    text: str
    evidence: str

    def __str__(self) -> str:
        return f"{self.text} [{self.id}: {self.document}, {self.section}]"


@attrs.frozen
class Decision:
    """Whether something may be done or seen, and the clause that decides it.

    It counts as true when it is allowed.

    Attributes:
        allowed: Whether it is.
        clause: The id of the clause.

    Examples:
        >>> bool(Decision(allowed=False, clause="PG-F-2"))
        False
        >>> print(Decision(allowed=False, clause="PG-F-2").text)
        What is anything but 0 cannot become 0 again.
    """

    allowed: bool
    clause: str

    @property
    def text(self) -> str:
        """What the clause says, in our words."""
        return clause(self.clause).text

    def __bool__(self) -> bool:
        return self.allowed


@cache
def clauses() -> MappingProxyType[str, Clause]:
    """Return every clause by id, in the order of the documents."""
    rows = [row for table in _tables.load_all("clauses") for row in table.rows]
    return MappingProxyType(
        {
            row["id"]: Clause(
                id=row["id"],
                document=row["document"],
                section=row["section"],
                text=row["clause"],
                evidence=row["evidence"],
            )
            for row in rows
        }
    )


def clause(name: str) -> Clause:
    """Return the clause of that id.

    Raises:
        KeyError: There is no such clause: a fault of ulnlib's, not of data.
    """
    return clauses()[name]
