"""The rules of the service, as pure functions and literal tables over plain values."""

from __future__ import annotations

__all__ = [
    "accounts",
    "clauses",
    "combination",
    "corrections",
    "disclosure",
    "notice",
    "organisations",
    "procedure",
    "registration",
    "restrictions",
    "roles",
    "routes",
    "sharing",
    "states",
    "temporary_uln",
    "updates",
    "users",
    "values",
    "verification",
]

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ulnlib.rules import (
        accounts,
        clauses,
        combination,
        corrections,
        disclosure,
        notice,
        organisations,
        procedure,
        registration,
        restrictions,
        roles,
        routes,
        sharing,
        states,
        temporary_uln,
        updates,
        users,
        values,
        verification,
    )


def __getattr__(name: str) -> object:
    """Load a module of rules at its first use: nobody needs all of them."""
    from importlib import import_module

    if name in __all__:
        return import_module(f"ulnlib.rules.{name}")
    raise AttributeError(f"module 'ulnlib.rules' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the modules of rules."""
    return __all__
