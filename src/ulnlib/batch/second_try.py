"""A second try with previous postcodes, and the right ones once the ULNs are known.

A learner who has moved may be in the register under an earlier postcode. So those who
were not found are sent once more with the previous one; when that finds the ULN, an
update gives the record the right postcode.
"""

from __future__ import annotations

__all__ = ["SecondTry", "right_postcodes", "second_try", "unmatched"]

import datetime as dt
from collections.abc import Iterable, Mapping

import attrs

from ulnlib._text import fold_postcode
from ulnlib.batch.checker import RowRules, checked
from ulnlib.batch.files import BatchFile, make, marked
from ulnlib.batch.joins import JoinResult
from ulnlib.batch.layouts.layout import Layout
from ulnlib.batch.layouts.lrb import LRB_3A
from ulnlib.batch.outcomes import Happening
from ulnlib.batch.waves import UpdatePlan, updates
from ulnlib.issues import Issue, Report, issue
from ulnlib.learner import Learner

_NOBODY = frozenset({Happening.NOBODY, Happening.INSUFFICIENT})


@attrs.frozen(kw_only=True)
class SecondTry:
    """A second try.

    Attributes:
        file: The file to send, as job CHK first: as FUL it makes new ULNs under the
            previous postcodes.
        originals: The learners of the file as they are, in the same order.
        report: Who is not in it, and why; a finding's path names a learner by the
            number among those who were not found: `("learner", 1, "postcode")`.
    """

    file: BatchFile
    originals: tuple[Learner, ...]
    report: Report


def unmatched(result: JoinResult) -> tuple[Learner, ...]:
    """Return the learners whom the service did not find, as they were sent.

    Args:
        result: Inputs and outputs, joined.

    Source: assumed: return codes RC005, nobody found, and RC006, nobody found and too
    little for a new ULN.
    """
    return tuple(
        one.record.learner
        for one in result.joined
        if one.answer is not None
        and one.answer.happenings
        and _NOBODY.issuperset(one.answer.happenings)
    )


def second_try(  # noqa: PLR0913  # whose, for whom, when
    learners: Iterable[Learner],
    previous_postcodes: Mapping[str, str],
    *,
    ukprn: str,
    file_name: str,
    as_of: dt.date | None = None,
    layout: Layout = LRB_3A,
) -> SecondTry:
    """Make a file of learners who were not found, with their previous postcodes.

    Args:
        learners: The learners, as `unmatched` gives them.
        previous_postcodes: The previous postcode, or a parent's, by MIS identifier.
        ukprn: The provider.
        file_name: The sender's own reference.
        as_of: The day on which ages are counted; without it they are not checked.
        layout: The layout to write.

    Returns:
        The file, of those who have another postcode to try, with what is wrong with
        its rows.

    Source: LRS portal guide, Appendix B (published: upload a batch file with the
    previous postcode).
    """
    rows, originals = [], []
    found: list[Issue] = []
    for n, learner in enumerate(learners, 1):
        postcode = previous_postcodes.get(learner.mis_identifier or "")
        code = _why_not(learner, postcode)
        if code is not None:
            found.append(issue(code, "learner", n, "postcode", first=n))
            continue
        rows.append(learner.evolve(postcode=postcode))
        originals.append(learner)
    return SecondTry(
        file=checked(
            make(rows, ukprn=ukprn, file_name=file_name, layout=layout),
            RowRules(layout, as_of),
        ),
        originals=tuple(originals),
        report=Report(found),
    )


def _why_not(learner: Learner, postcode: str | None) -> str | None:
    """Return the code of the finding that keeps a learner out, or None."""
    if not learner.mis_identifier:
        return "second-try-no-identifier"
    if not postcode:
        return "second-try-no-postcode"
    if fold_postcode(postcode) == fold_postcode(learner.postcode or ""):
        return "second-try-same-postcode"
    return None


def right_postcodes(  # noqa: PLR0913  # keywords, each with a meaning of its own
    tried: SecondTry,
    result: JoinResult,
    *,
    ukprn: str,
    file_name: str,
    as_of: dt.date | None = None,
    layout: Layout = LRB_3A,
) -> UpdatePlan:
    """Make the update file with the right postcodes, for those whose ULN was found.

    Args:
        tried: The second try.
        result: Its file and its outputs, joined.
        ukprn: The provider.
        file_name: The sender's own reference.
        as_of: The day of the upload.
        layout: The layout to write.

    Returns:
        One file, or none when nobody was found. Of the details only the postcode
        differs from what the service holds.

    Source: LRS portal guide, Appendices B and C (published: once the ULN is known,
    update the record with the right postcode).
    """
    originals = {one.mis_identifier: one for one in tried.originals}
    before, after = [], []
    for one in result.joined:
        original = originals.get(one.record.learner.mis_identifier)
        if original is None or one.answer is None or one.answer.uln is None:
            continue
        uln = str(one.answer.uln)
        before.append(one.record.learner.evolve(uln=uln))
        after.append(original.evolve(uln=uln))
    return updates(
        before,
        after,
        ukprn=ukprn,
        file_name=marked(file_name, is_synthetic=result.is_synthetic),
        as_of=as_of,
        layout=layout,
    )
