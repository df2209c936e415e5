"""Trees of the elements that files have, put together in any way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.readers import READERS
from ulnlib import batch

ROOTS = (
    *(
        (f'<b:{form.root} xmlns:b="{form.namespace}">', f"</b:{form.root}>")
        for layout in batch.KNOWN_LAYOUTS
        for form in (layout.xml,)
        if form is not None
    ),
    ("<CTfile>", "</CTfile>"),
    ('<Message xmlns="ESFA/ILR/2025-26">', "</Message>"),
    ("<Envelope>", "</Envelope>"),
)
NAMES = (
    *("Learner", "VerifiedLearner", "SubmitBatch", "GetSubmitBatchOutputResponse"),
    *("ULN", "GivenName", "FamilyName", "UKPRN", "LearnerRecordCount", "Shoe"),
    *("DateOfBirth", "ReturnCode", "ResponseCode", "FailureFlag", "SearchedULN"),
    *("Pupil", "CTFpupilData", "UPN", "Address", "PostCode", "Header", "Message"),
    *("LearnRefNumber", "LearningEvent", "LearnerRecord", "ID", "Source", "Grade"),
)
TEXTS = ("", " ", "x", "1", "1000000043", "2007-05-04", "&lt;", "<!--c-->", "<?p q?>")
ATTRIBUTES = ("", "", "", " x='1'")


def element(content):
    parts = st.tuples(st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES), content)
    whole = parts.map(lambda one: f"<{one[0]}{one[1]}>{one[2]}</{one[0]}>")
    return st.lists(whole, max_size=4).map("".join)


TREES = st.recursive(st.sampled_from(TEXTS), element, max_leaves=12)
FILES = st.tuples(
    st.sampled_from(ROOTS), element(TREES), st.just(0) | st.integers(1, 30)
).map(lambda one: (one[0][0] + one[1] + one[0][1])[: -one[2] or None].encode())
"""Files of the forms that are read, one in two with its end cut off."""


@pytest.mark.parametrize(
    "reader", ["read", "convert", "output", "detect", "ctf", "ilr", "events"]
)
@given(raw=FILES)
def test_any_tree_is_read(reader, raw):
    READERS[reader](raw)
