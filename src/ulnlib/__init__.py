"""ulnlib: the rules and formats of the UK Learning Records Service.

The front door: the names that most callers need. Everything else is reached by its
module (`ulnlib.batch`, `ulnlib.rules`). Nothing is loaded until it is used.
"""

from __future__ import annotations

__all__ = [
    "InvalidUln",
    "Issue",
    "Learner",
    "Profile",
    "Query",
    "Register",
    "Report",
    "SearchResult",
    "Severity",
    "Uln",
    "UlnlibError",
    "__version__",
    "batch",
    "codes",
    "errors",
    "fields",
    "identifiers",
    "issues",
    "learner",
    "matching",
    "plr",
    "postcode",
    "register",
    "rules",
    "testing",
    "uln",
]

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ulnlib import (
        batch,
        codes,
        errors,
        fields,
        identifiers,
        issues,
        learner,
        matching,
        plr,
        postcode,
        register,
        rules,
        testing,
        uln,
    )
    from ulnlib.errors import InvalidUln, UlnlibError
    from ulnlib.issues import Issue, Report, Severity
    from ulnlib.learner import Learner, Profile
    from ulnlib.matching import Query, SearchResult
    from ulnlib.register import Register
    from ulnlib.uln import Uln

    __version__: str

_HOME = {
    "InvalidUln": "errors",
    "Issue": "issues",
    "Learner": "learner",
    "Profile": "learner",
    "Query": "matching",
    "Register": "register",
    "Report": "issues",
    "SearchResult": "matching",
    "Severity": "issues",
    "Uln": "uln",
    "UlnlibError": "errors",
}


def __getattr__(name: str) -> object:
    """Load a name of the front door at its first use."""
    from importlib import import_module

    if name == "__version__":
        from importlib.metadata import version

        return version("ulnlib")
    if name in _HOME:
        value: object = getattr(import_module(f"ulnlib.{_HOME[name]}"), name)
        globals()[name] = value
        return value
    if name in __all__:
        return import_module(f"ulnlib.{name}")
    raise AttributeError(f"module 'ulnlib' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the front door."""
    return __all__
