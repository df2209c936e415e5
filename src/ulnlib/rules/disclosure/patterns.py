"""What the details look like: every pattern of the detector.

No pattern can go back over more than a few dozen characters: each part is bounded, or
begins with a character that the part before it cannot hold. So the time grows with
the length of the text, whatever the text is.
"""

from __future__ import annotations

__all__ = [
    "CODE_WORDS",
    "DATE",
    "DATE_WORDS",
    "DIGITS",
    "ENQUIRY",
    "EVENT_AFTER",
    "FIRST_OF_A_VALUE",
    "GENDERS",
    "GENDER_LETTER",
    "JOINED_AFTER",
    "JOINED_BEFORE",
    "LABELLED_DATE",
    "LINKS",
    "MONTHS",
    "NAME_FIELD",
    "NUMBER_WORDS",
    "PASSWORD",
    "POSTCODE",
    "REFERENCE_WORD",
    "REST_OF_LINE",
    "RUN",
    "TELEPHONE_BEFORE",
    "TOKEN",
    "ULN_BEFORE",
    "USER_NAME",
    "VALUE",
]

import re

from ulnlib.rules.disclosure import words


def _any(phrases: str) -> str:
    """Return a pattern for any of the phrases; a plus stands for a space."""
    longest_first = sorted(phrases.split(), key=len, reverse=True)
    return "|".join(re.escape(one).replace(r"\+", "[ -]?") for one in longest_first)


def _words(**groups: str) -> re.Pattern[str]:
    """Return a pattern for whole words of several groups, each under its name."""
    each = "|".join(f"(?P<{name}>{_any(phrases)})" for name, phrases in groups.items())
    return re.compile(rf"(?<![\w'])(?:{each})(?![\w'])", re.IGNORECASE)


# --- numbers ------------------------------------------------------------------------

RUN = re.compile(r"[0-9]+(?:[ -][0-9]+)*")
DIGITS = re.compile(r"[0-9]+")
ULN_BEFORE = re.compile(r"(?:\b|_)ulns?[ :#_/-]?\Z", re.IGNORECASE)
JOINED_BEFORE = re.compile(r"(?:[^\W_]|[0-9][.]|\b[A-Z]{1,5}-|[\u00a3$\u20ac])\Z")
JOINED_AFTER = re.compile(r"[^\W_]|[.][0-9]")
TELEPHONE_BEFORE = re.compile(r"(?:\+|[0-9]\) ?)\Z")
ENQUIRY = re.compile(
    r"\b(?:data[ -]challenge|enquiry|inquiry|challenge)\b([^0-9\n]{1,45})",
    re.IGNORECASE,
)
REFERENCE_WORD = re.compile(r"\b(?:refs?|reference|number|no|id)\b", re.IGNORECASE)
TOKEN = re.compile(r"[A-Za-z0-9/-]{10,60}")
NUMBER_WORDS = _words(uln=words.ULN_WORDS, other=words.OTHER_NUMBERS)
LINKS = re.compile(
    rf"(?:[\s()#:=.,-]|\b(?:{_any(words.LINKING_WORDS)})\b)*", re.IGNORECASE
)

# --- dates --------------------------------------------------------------------------

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = "(?:18|19|20)[0-9]{2}"
DATE = re.compile(
    rf"""
    (?<![^\W_]) (?<![0-9][./-])
    (?: (?P<y1>{_YEAR}) (?P<s1>[./-]) (?P<m1>[0-9]{{1,2}}) (?P=s1) (?P<d1>[0-9]{{1,2}})
        (?:T00:00:00)?
      | (?P<d2>[0-9]{{1,2}}) (?P<s2>[./-]) (?P<m2>[0-9]{{1,2}}) (?P=s2)
        (?P<y2>{_YEAR}|[0-9]{{2}})
      | (?P<d3>[0-9]{{1,2}}) (?:st|[nr]d|th)? (?:[ ]of)? [ -]?
        (?P<m3>{_MONTH})[.]? (?:,?[ ]|-)
        (?P<y3>{_YEAR}|(?<=-)[0-9]{{2}}|'[0-9]{{2}})
      | (?P<m4>{_MONTH})[.]? [ ] (?P<d4>[0-9]{{1,2}}) (?:st|[nr]d|th)? ,?[ ]
        (?P<y4>{_YEAR})
    )
    (?![^\W_]) (?![./-][0-9])
    """,
    re.IGNORECASE | re.VERBOSE,
)
LABELLED_DATE = re.compile(
    r"(?<![\w'])(?:d\.?o\.?b\.?|date[ _]?of[ _]?birth|born)[\"']?[ \t]{0,3}"
    r"(?:[:=]|is|on)?[ \t]{0,3}"
    r"(?P<value>(?P<d>[0-9]{2})(?P<s> ?)(?P<m>[0-9]{2})(?P=s)(?P<y>(?:19|20)[0-9]{2})"
    r"|(?P<y1>(?:19|20)[0-9]{2})(?P<m1>[0-9]{2})(?P<d1>[0-9]{2}))(?![^\W_])",
    re.IGNORECASE,
)
DATE_WORDS = _words(birth=words.BIRTH_WORDS, event=words.EVENT_WORDS)
EVENT_AFTER = re.compile(
    rf"(?:'s)?[ ](?:{_any(words.EVENTS_AFTER)})\b|(?:,? at|,)? (?!00:00)[0-9]{{1,2}}"
    r"(?:[:.][0-9]{2}\b|[ap]m\b)",
    re.IGNORECASE,
)

# --- postcodes ----------------------------------------------------------------------

POSTCODE = re.compile(
    r"""
    (?<![^\W_]) (?<![#&/-])
    (?: [A-PR-UWYZ] (?: [0-9]{1,2} | [0-9][A-HJKPSTUW]
                      | [A-HK-Y][0-9]{1,2} | [A-HK-Y][0-9][ABEHMNPRV-Y] )
        [ ]{0,2} [0-9] (?P<inward>[ABD-HJLNP-UW-Z]{2})
      | BFPO [ ]? [0-9]{1,4} )
    (?![^\W_]) (?![/-][A-Za-z0-9])
    """,
    re.IGNORECASE | re.VERBOSE,
)
CODE_WORDS = _words(
    home=words.HOME_WORDS, place=words.PLACE_WORDS, product=words.PRODUCT_WORDS
)

# --- gender -------------------------------------------------------------------------

_LEARNER = "learner|student|pupil|candidate|applicant|apprentice|person|child"
# A word alone in its cell, and not one of a list of both.
_CELL = (
    r"(?:(?<=[,;|\t(\n])|\A)[ \t]{0,3}[\"']?(?P<value>male|female)\b"
    r"(?=[\"']?[ \t]{0,3}(?:[,;|\t):.\r\n]|\Z))(?![\"']?[ \t]{0,3}[,;|\t][ \t]{0,3}"
    r"(?:male|female|not|other|unknown)\b)"
)
GENDERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            r"\b(?:gender|sex)\b[\"']?[ \t]{0,3}(?:[:=-][ \t]{0,3}[\"']?|is |was )?"
            r"(?P<value>male|female|man|woman|boy|girl|m|f|(?<=[:= \"'])[12])\b"
            r"(?![ \t]?(?:/|,? or | and |&))"
        ),
        (
            r"\b(?:is|was|as|am)[ ](?:a[ ])?(?P<value>male|female)\b"
            r"(?=[ \t]*(?:[,;:.!?)\r\n]|\Z)|[ ](?:but|according|on|in|not|which|so|for|"
            r"while|although|because|by|at|with|here|there|now)\b)"
        ),
        rf"\b(?:a|an|this|the|our|one)[ ](?P<value>male|female)[ ](?:{_LEARNER})\b",
        _CELL,
    )
)
GENDER_LETTER = re.compile(r"(?<![\w.'/])[MFmf](?![\w.'/])")

# --- names --------------------------------------------------------------------------

NAME_FIELD = re.compile(
    r"\b(?:(?:given|first)[ _-]?names?|forenames?"
    r"|(?P<family>(?:family|last)[ _-]?name|surname))\b"
    r"[\"']?[ \t]{0,2}[:=][ \t]{0,3}[\"']?"
    r"(?P<value>(?>[^\W\d_][\w'-]{0,40}))(?![ \t]{0,2}[:=])",
    re.IGNORECASE,
)

# --- accounts -----------------------------------------------------------------------

_LINK = (
    r"(?:[ \t](?:for|to|of)\b[^\n:=]{0,40}?)?[ \t]{0,3}"
    r"(?P<link>[:=]|-(?=[ \t])|\b(?:is|was)\b)"
)
PASSWORD = re.compile(
    r"(?<![^\W_])(?:(?P<phrase>pass[ -]?phrase)|pass[ -]?word|passwd|pwd|pass[ -]?code"
    rf"|pw)[\"']?{_LINK}",
    re.IGNORECASE,
)
USER_NAME = re.compile(
    r"(?<![^\W_])(?P<phrase>(?!))?(?:user[ _-]?(?:name|id)|log[ -]?(?:in|on)"
    rf"(?:[ ](?:name|id))?|account[ ]name)[\"']?{_LINK}",
    re.IGNORECASE,
)
VALUE = re.compile(
    r"[ \t]{0,4}(?P<break>\r?\n[ \t]{0,4})?"
    r"(?:(?P<quote>[\"'])(?P<quoted>[^\"'\n]{1,80})(?P=quote)|(?P<bare>\S{1,80}))"
)
REST_OF_LINE = re.compile(r"[^\r\n]{1,80}")
FIRST_OF_A_VALUE = re.compile(r"[^\s&,;]+")
