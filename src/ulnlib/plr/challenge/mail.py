"""Whether a message that quotes a challenge's reference may be sent."""

from __future__ import annotations

__all__ = ["check_mail"]

import datetime as dt

from ulnlib.plr.challenge.value import Challenge
from ulnlib.rules.disclosure import Assessment, Medium, Names, check


def check_mail(
    text: str,
    challenge: Challenge,
    *,
    medium: Medium = Medium.UNENCRYPTED_EMAIL,
    as_of: dt.date | None = None,
) -> Assessment:
    """Say whether a message about a challenge is a breach.

    The reference of the challenge and the names of its learner, and of the learner of
    a transfer, are looked for beside all that `ulnlib.rules.disclosure` looks for.

    Args:
        text: The message.
        challenge: The challenge; whatever form its reference has, it is known.
        medium: What the message travels in.
        as_of: The day on which ages are counted.

    Returns:
        The verdict. A reference beside any other detail of a learner is a breach of
        PG-6.2-1 in an e-mail that is not encrypted.

    Raises:
        InvalidValue: There is no such medium.

    Source: LRS portal guide, sections 6.2 and 6.3 (published).
    """
    moved = (challenge.transfer.name or "").split() if challenge.transfer else []
    own = Names.of([challenge.learner])
    names = Names(given=own.given, family=(*own.family, *moved))
    references = (challenge.reference.text,) if challenge.reference else ()
    return check(text, medium, names=names, as_of=as_of, references=references)
