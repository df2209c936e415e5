"""Every public name is exported, documented and on a page, and the door opens fast."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import ulnlib

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"


def _modules():
    """Return every module whose path has no private part."""
    yield "ulnlib"
    for module in pkgutil.walk_packages(ulnlib.__path__, "ulnlib."):
        if not any(part.startswith("_") for part in module.name.split(".")):
            yield module.name


MODULES = sorted(_modules())
DOORS = sorted(f"ulnlib.{name}" for name in ulnlib.__all__ if name.islower())
DOORS = [name for name in DOORS if not name.endswith("__")]


def _defined(module):
    """Return the public classes and functions that a module itself defines."""
    return {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (inspect.isclass(value) or inspect.isfunction(value))
        and value.__module__ == module.__name__
    }


@pytest.mark.parametrize("name", MODULES)
class TestEveryModule:
    def test_it_has_a_sorted_all_whose_names_exist(self, name):
        module = importlib.import_module(name)
        exported = module.__all__
        assert len(set(exported)) == len(exported)
        # As ruff sorts them: constants, then classes, then functions.
        order = sorted(exported, key=_rank)
        assert list(exported) == order
        assert [one for one in exported if not hasattr(module, one)] == []

    def test_it_has_a_docstring_and_so_has_all_that_it_exports(self, name):
        module = importlib.import_module(name)
        assert (module.__doc__ or "").strip()
        without = [
            one
            for one, value in _defined(module).items()
            if one in module.__all__ and not _is_documented(value)
        ]
        assert without == []

    def test_its_public_methods_and_properties_have_docstrings(self, name):
        module = importlib.import_module(name)
        without = [
            f"{one}.{attribute}"
            for one, value in _defined(module).items()
            if one in module.__all__ and inspect.isclass(value)
            for attribute, member in vars(value).items()
            if not attribute.startswith("_")
            and isinstance(member, property | classmethod | staticmethod)
            and not (member.__doc__ or "").strip()
        ]
        assert without == []


def _rank(name):
    if name.isupper() and len(name) > 1:
        return 0, name
    return (1, name) if name[0].isupper() else (2, name)


def _is_documented(value):
    own = value.__doc__ or ""
    # A named tuple or a data class writes its own docstring; that does not count.
    return bool(own.strip()) and not own.startswith(f"{value.__name__}(")


RULES = [
    "ulnlib.rules.accounts",
    "ulnlib.rules.corrections",
    "ulnlib.rules.notice",
    "ulnlib.rules.organisations",
    "ulnlib.rules.registration",
    "ulnlib.rules.restrictions",
    "ulnlib.rules.roles",
    "ulnlib.rules.routes.areas",
    "ulnlib.rules.routes.catalogue",
    "ulnlib.rules.routes.forms",
    "ulnlib.rules.routes.query",
    "ulnlib.rules.routes.reading",
    "ulnlib.rules.routes.searching",
    "ulnlib.rules.routes.table",
    "ulnlib.rules.sharing",
    "ulnlib.rules.temporary_uln",
    "ulnlib.rules.updates",
    "ulnlib.rules.users",
    "ulnlib.rules.values",
    "ulnlib.rules.verification",
]


@pytest.mark.parametrize("name", RULES)
def test_every_rule_names_its_source(name):
    module = importlib.import_module(name)
    functions = [
        one
        for name, one in vars(module).items()
        if not name.startswith("_")
        # What remembers its answers is a function too.
        if inspect.isfunction(inspect.unwrap(one))
        if one.__module__ == module.__name__
    ]
    assert functions
    assert [f.__name__ for f in functions if "Source:" not in f.__doc__] == []


def _code_lists():
    from ulnlib import codes

    return [
        value
        for name, value in vars(codes).items()
        if inspect.isclass(value) and issubclass(value, codes.Code)
        if name in codes.__all__ and value is not codes.Code
    ]


@pytest.mark.parametrize("code_list", _code_lists(), ids=lambda one: one.__name__)
def test_every_code_list_names_its_source(code_list):
    assert "Source:" in code_list.__doc__


@pytest.mark.parametrize(
    ("module", "constant"),
    [
        ("ulnlib.batch.layouts.layout", "FILE_VALUES"),
        ("ulnlib.batch.layouts.lrb", "ALIASES"),
        ("ulnlib.batch.layouts.lrb", "LRB_2A"),
        ("ulnlib.batch.layouts.lrb", "LRB_3A"),
        ("ulnlib.batch.layouts.lrb", "RECORD_LIMIT"),
        ("ulnlib.batch.outcomes", "DEFAULT_RETURN_CODES"),
        ("ulnlib.batch.process", "EXCEPTION_DAYS"),
        ("ulnlib.batch.parts", "WEB_SERVICE_LIMIT"),
        ("ulnlib.batch.exceptions", "AT_THE_END"),
        ("ulnlib.batch.exception_states", "EXCEPTION_STEPS"),
        ("ulnlib.batch.layouts.lrb", "LRB_3A_OUTPUT"),
        ("ulnlib.fields", "EMAIL_PATTERN"),
        ("ulnlib.fields", "FIVE_DEMOGRAPHICS"),
        ("ulnlib.fields", "REGISTRATION_MANDATORY"),
        ("ulnlib.matching.searching", "CANDIDATE_LIMIT"),
        ("ulnlib.plr.challenge.checks", "PROPOSES"),
        ("ulnlib.plr.challenge.details", "DETAILS"),
        ("ulnlib.plr.challenge.differences", "COMPARED"),
        ("ulnlib.plr.challenge.differences", "EXPLAINED_BY"),
        ("ulnlib.plr.challenge.parties", "NEEDS"),
        ("ulnlib.plr.challenge.service", "CHALLENGE_TYPES"),
        ("ulnlib.plr.challenge.service", "STATUS"),
        ("ulnlib.plr.challenge.states", "CHALLENGE_STEPS"),
        ("ulnlib.plr.challenge.states", "MAY"),
        ("ulnlib.register.numbers", "TEST_RANGE"),
        ("ulnlib.rules.accounts", "PASSWORD_LIFETIME_DAYS"),
        ("ulnlib.rules.accounts", "SUSPENDED_AFTER_TEN"),
        ("ulnlib.rules.accounts", "SUSPENDED_AFTER_THREE"),
        ("ulnlib.rules.accounts", "TABLE"),
        ("ulnlib.rules.organisations", "PORTAL_LEARNERS"),
        ("ulnlib.rules.registration", "MAXIMUM_AGE"),
        ("ulnlib.rules.registration", "MINIMUM_AGE"),
        ("ulnlib.rules.restrictions", "NAME_FIELDS"),
        ("ulnlib.rules.restrictions", "PLACEHOLDER_NAMES"),
        ("ulnlib.rules.restrictions", "PROHIBITED_WORDS"),
        ("ulnlib.rules.roles", "PERMISSIONS"),
        ("ulnlib.rules.users", "GENERIC_WORDS"),
        ("ulnlib.rules.users", "SUPER_USERS_ADVISED"),
        ("ulnlib.rules.corrections", "CHALLENGES"),
        ("ulnlib.rules.corrections", "CORRECTIONS"),
        ("ulnlib.rules.procedure", "ANSWERS"),
        ("ulnlib.rules.procedure", "PROCEDURE"),
        ("ulnlib.rules.registration", "MANDATORY"),
        ("ulnlib.rules.routes.query", "AGE_RANGES"),
        ("ulnlib.rules.routes.query", "COUNTRIES"),
        ("ulnlib.rules.routes.query", "ENTRY"),
        ("ulnlib.rules.routes.table", "HEADINGS"),
        ("ulnlib.testing.catalogues", "UNITS_SHARED"),
        ("ulnlib.rules.temporary_uln", "ILR_RULES"),
        ("ulnlib.rules.temporary_uln", "LENIENCY_DAYS"),
        ("ulnlib.rules.temporary_uln", "SHORTEST_DAYS"),
        ("ulnlib.rules.updates", "AGREEING"),
        ("ulnlib.rules.updates", "NEVER_UPDATED"),
        ("ulnlib.rules.values", "NO_DAYS"),
        ("ulnlib.rules.verification", "DESCRIPTIONS"),
        ("ulnlib.rules.verification", "TYPES"),
        ("ulnlib.uln", "TEMPORARY"),
    ],
)
def test_a_table_or_number_of_the_service_names_its_source(module, constant):
    text = inspect.getsource(importlib.import_module(module))
    found = re.search(
        rf'^{constant}\b.*?^"""(.*?)"""', text, flags=re.MULTILINE | re.DOTALL
    )
    assert found is not None
    assert "Source:" in found[1]


class TestTheFrontDoor:
    @pytest.mark.parametrize("name", ulnlib.__all__)
    def test_it_loads_every_name(self, name):
        assert getattr(ulnlib, name) is not None

    def test_it_lists_its_names(self):
        assert dir(ulnlib) == sorted(ulnlib.__all__)

    def test_a_name_that_is_not_there_is_an_attribute_error(self):
        with pytest.raises(AttributeError, match="no attribute 'Lerner'"):
            ulnlib.Lerner  # noqa: B018

    def test_its_version_is_that_of_the_package(self):
        import tomllib

        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        assert ulnlib.__version__ == project["project"]["version"]

    @pytest.mark.parametrize(
        ("statement", "unloaded"),
        [
            (
                "import ulnlib",
                "attrs ulnlib.uln lxml jellyfish dateutil sqlite3 csv click rich",
            ),
            (
                "import ulnlib; ulnlib.Uln.parse('1000000043')",
                "lxml jellyfish dateutil sqlite3 csv click rich hypothesis tomllib",
            ),
            (
                "from ulnlib import batch; batch.read(b'x')",
                "lxml jellyfish sqlite3 csv click rich hypothesis",
            ),
        ],
    )
    def test_weight_is_loaded_only_where_it_is_used(self, statement, unloaded):
        # -S keeps the site's own start-up files from loading things first.
        code = (
            f"import sys; sys.path[:0] = {sys.path!r}; before = set(sys.modules); "
            f"{statement}; print(*(set(sys.modules) - before))"
        )
        run = subprocess.run(  # noqa: S603  # our own code
            [sys.executable, "-S", "-c", code],
            check=True,
            capture_output=True,
            text=True,
        )
        assert set(unloaded.split()) & set(run.stdout.split()) == set()


class TestThePages:
    @pytest.mark.parametrize("name", DOORS)
    def test_every_public_module_has_a_page(self, name):
        page = REFERENCE / f"{name.removeprefix('ulnlib.')}.md"
        text = page.read_text(encoding="utf-8")
        assert re.search(rf"^::: {re.escape(name)}\b", text, flags=re.MULTILINE)

    @pytest.mark.parametrize("name", DOORS)
    def test_a_page_that_chooses_its_members_chooses_all(self, name):
        page = REFERENCE / f"{name.removeprefix('ulnlib.')}.md"
        text = page.read_text(encoding="utf-8")
        chosen = re.findall(r"^        - (\w+)$", text, flags=re.MULTILINE)
        assert not chosen or set(chosen) == set(importlib.import_module(name).__all__)

    def test_there_is_a_page_of_the_front_door(self):
        text = (REFERENCE / "ulnlib.md").read_text(encoding="utf-8")
        assert [name for name in ulnlib.__all__ if name[0].isalpha()] == [
            name
            for name in ulnlib.__all__
            if name[0].isalpha() and f"`{name}`" in text.replace("ulnlib.", "")
        ]
