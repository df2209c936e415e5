"""The package of the rules: its modules are loaded when they are asked for."""

import importlib

import pytest

from ulnlib import rules


@pytest.mark.parametrize("name", rules.__all__)
def test_every_module_is_there_by_its_name(name):
    assert rules.__getattr__(name) is importlib.import_module(f"ulnlib.rules.{name}")
    assert getattr(rules, name) is rules.__getattr__(name)


def test_another_name_is_an_error_that_says_so():
    with pytest.raises(AttributeError) as refused:
        rules.__getattr__("matching")
    assert str(refused.value) == "module 'ulnlib.rules' has no attribute 'matching'"


def test_the_modules_are_listed():
    assert dir(rules) == sorted(rules.__all__)
