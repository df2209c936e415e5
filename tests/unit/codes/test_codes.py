"""The code lists: enums and tables agree, and unknown codes stay text."""

from __future__ import annotations

import datetime as dt
import pickle
import traceback

import pytest

from ulnlib import _tables, codes
from ulnlib.errors import InvalidValue

LISTS = sorted(codes._TABLES, key=lambda code_list: code_list.__name__)


@pytest.mark.parametrize("code_list", LISTS)
class TestEveryList:
    def test_enum_and_table_agree_row_by_row(self, code_list):
        rows = _tables.load(codes._TABLES[code_list]).rows
        assert {row["code"]: row["name"] for row in rows} == {
            member.value: member.name for member in code_list
        }
        assert len(rows) == len(code_list)

    def test_every_member_has_its_row(self, code_list):
        for member in code_list:
            info = codes.info(member)
            assert info.code == member
            assert info is member.info
            assert member.label == info.label
            assert codes.parse_code(code_list, str(member)) is member
            assert pickle.loads(pickle.dumps(member)) is member  # noqa: S301

    def test_members_come_in_display_order(self, code_list):
        orders = [member.info.order for member in codes.codes_on(code_list)]
        assert orders == sorted(orders)
        assert len(orders) == len(code_list)

    def test_an_unknown_code_stays_text(self, code_list):
        assert codes.parse_code(code_list, "marked-text") == "marked-text"
        assert codes.parse_code(code_list, "") == ""

    def test_a_refused_code_is_in_no_message(self, code_list):
        with pytest.raises(InvalidValue) as caught:
            code_list("marked-text")
        assert caught.value.reason == "code"
        assert "marked-text" not in "".join(
            line
            for line in traceback.format_exception(caught.value)
            if "code_list(" not in line
        )
        assert caught.value.__context__ is None


def test_every_list_is_public():
    assert {code_list.__name__ for code_list in LISTS} <= set(codes.__all__)
    assert {
        name
        for name in codes.__all__
        if isinstance(getattr(codes, name), type)
        and issubclass(getattr(codes, name), codes.Code)
    } == {code_list.__name__ for code_list in LISTS} | {"Code"}


def test_return_codes_are_successes_or_exceptions():
    successes = [code for code in codes.ReturnCode if not code.is_exception]
    assert successes == ["RC001", "RC002", "RC003", "RC004", "RC005"]
    assert all(len(code.remedy) > 20 for code in codes.ReturnCode)


def test_codes_that_were_not_in_use_are_left_out_on_a_day():
    before, after = dt.date(2019, 2, 11), dt.date(2019, 2, 12)
    sharing = codes.AbilityToShare
    assert "2" in codes.codes_on(sharing, dt.date(2018, 5, 24))
    assert "2" not in codes.codes_on(sharing, dt.date(2018, 5, 25))
    assert codes.codes_on(codes.PrivacyNoticeSeen, before) == ()
    assert codes.codes_on(codes.PrivacyNoticeSeen, after) == ("0", "1")
    assert "RC013" not in codes.codes_on(codes.ReturnCode, dt.date(2018, 7, 16))
    assert "RC013" in codes.codes_on(codes.ReturnCode, dt.date(2018, 7, 17))


def test_an_assumed_meaning_says_what_is_known():
    for code in codes.ReturnCode:
        assert (code.info.evidence == "assumed") == code.info.source.startswith(
            "our reading"
        )
