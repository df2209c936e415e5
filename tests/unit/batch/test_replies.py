"""Which output answers which file, and by what its records are joined."""

import pytest

from ulnlib import batch
from ulnlib.batch.replies import REPLIES, by_upn, reply_to
from ulnlib.errors import InvalidValue


@pytest.mark.parametrize(
    ("layout", "output"),
    [
        (batch.LRB_3A, batch.LRB_3A_OUTPUT),
        (batch.LRB_2A, batch.LRB_2A_OUTPUT),
        (batch.VLD, batch.VLD_OUTPUT),
        (batch.ACHIEVEMENT, batch.ACHIEVEMENT_ERRORS),
    ],
    ids=str,
)
def test_every_file_that_is_sent_has_an_output(layout, output):
    assert reply_to(layout).output == output.kind
    assert output.kind not in REPLIES


@pytest.mark.parametrize("layout", [None, batch.VLD_OUTPUT])
def test_what_is_no_input_is_taken_for_an_lrb_file(layout):
    assert reply_to(layout).input == "LRB"


def test_every_reply_says_what_is_assumed():
    for reply in REPLIES.values():
        assert "assumed" in reply.assumed


def test_only_lrb_files_are_joined_by_upn():
    assert by_upn(REPLIES["LRB"]).label == "UPN"
    with pytest.raises(InvalidValue):
        by_upn(REPLIES["Achievement"])
