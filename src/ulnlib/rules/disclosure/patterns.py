"""What the details look like: every pattern of the detector.

No pattern can go back over more than a few dozen characters: each part is bounded, or
begins with a character that the part before it cannot hold. So the time grows with
the length of the text, whatever the text is.
"""

from __future__ import annotations

__all__ = [
    "BARE_REFERENCE",
    "CODE_WORDS",
    "DATE",
    "DATE_WORDS",
    "DIGITS",
    "ENQUIRY",
    "EVENT_AFTER",
    "FIRST_OF_A_VALUE",
    "FOR",
    "GENDERS",
    "GENDER_LETTER",
    "IBAN",
    "JOINED_AFTER",
    "JOINED_BEFORE",
    "LABELLED_DATE",
    "LABELLED_ULN",
    "LINKS",
    "MONTHS",
    "NAME_FIELD",
    "NEXT_OF_A_LIST",
    "NUMBER_WORDS",
    "OR_ELSE",
    "PAIR",
    "PASSWORD",
    "PASSWORD_CELL",
    "PASSWORD_WORD",
    "PLURAL",
    "POSTCODE",
    "REFERENCE_SHAPE",
    "REFERENCE_WORD",
    "REST_OF_LINE",
    "RULER",
    "RUN",
    "TELEPHONE_BEFORE",
    "TOKEN",
    "ULN_BEFORE",
    "USER_CELL",
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
    # The look ahead saves the trial of every phrase where no word begins.
    return re.compile(rf"(?<![\w'])(?=[a-z])(?:{each})(?![\w'])", re.IGNORECASE)


# --- numbers ------------------------------------------------------------------------

RUN = re.compile(r"[0-9]+(?:[ -][0-9]+)*")
DIGITS = re.compile(r"[0-9]+")
ULN_BEFORE = re.compile(r"(?:\b|_)ulns?[ :#_/-]?\Z", re.IGNORECASE)
JOINED_BEFORE = re.compile(r"(?:[^\W_]|[0-9][.]|\b[A-Z]{1,5}-|[\u00a3$\u20ac])\Z")
JOINED_AFTER = re.compile(r"[^\W_]|[.][0-9]")
TELEPHONE_BEFORE = re.compile(r"(?:\+|[0-9]\) ?|(?<![\w'])[TtMm]: {0,3})\Z")
ENQUIRY = re.compile(
    r"\b(?:data[ -]challenge|enquiry|inquiry|challenge)\b([^0-9\n]{1,45})",
    re.IGNORECASE,
)
REFERENCE_WORD = re.compile(r"\b(?:refs?|reference|number|no|id)\b", re.IGNORECASE)
TOKEN = re.compile(r"[A-Za-z0-9/-]{10,60}")
BARE_REFERENCE = re.compile(
    r"\bdata[ -]challenge[ \t]{0,3}(?:is|was)?[ \t:#=(]{1,4}"
    r"(?P<token>(?![A-Za-z/-]{0,20}0)[A-Za-z0-9/-]{10,60})",
    re.IGNORECASE,
)
"""What stands directly after *data challenge*, but for numbers that begin with 0."""
REFERENCE_SHAPE = re.compile(
    r"(?<![^\W_])(?:DC|ENQ)[/-]?(?P<digits>[0-9]{10})(?:[/-][0-9]{1,6})?(?![^\W_])",
    re.IGNORECASE,
)
NUMBER_WORDS = _words(
    uln=words.ULN_WORDS, phone=words.TELEPHONE_WORDS, other=words.OTHER_NUMBERS
)
_LINK_WORD = rf"\b(?:{_any(words.LINKING_WORDS)})\b"
LINKS = re.compile(rf"(?:[\s()#:=.,-]|{_LINK_WORD})*", re.IGNORECASE)
LABELLED_ULN = re.compile(
    r"(?:(?<![^\W_])ulns?|\b(?:unique )?learner(?:'s)? (?:number|no|id)s?)(?![^\W_])"
    rf"(?:[\s()#:=.,*|\"'-]|{_LINK_WORD}){{0,12}}"
    r"(?P<value>[0-9](?:[\s./,_-]{0,4}[0-9]){9})(?![0-9])",
    re.IGNORECASE,
)
IBAN = re.compile(
    r"\biban\b[\s:=.-]{0,4}[A-Z]{2}[0-9]{2}(?:[ ]?[A-Z0-9]){8,30}", re.IGNORECASE
)
PLURAL = re.compile(r"\b(?!(?:is|this|us|was)\b)[a-z]+s\b", re.IGNORECASE)
NEXT_OF_A_LIST = re.compile(
    r"\s{0,3}(?:[,;&+/|]|and\b|or\b)?\s{0,3}(?:(?:and|or)\b\s{0,3})?", re.IGNORECASE
)
OR_ELSE = re.compile(r"\s{0,3}(?:/|or\b)\s{0,3}", re.IGNORECASE)
FOR = re.compile(r"\bfor\b", re.IGNORECASE)

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
    (?<![^\W_]) (?<![0-9][./-]) (?=[0-9adfjmnos])
    (?: (?P<y1>{_YEAR}) (?P<s1>[./-]) (?P<m1>[0-9]{{1,2}}) (?P=s1) (?P<d1>[0-9]{{1,2}})
        (?:T00:00:00)?
      | (?P<d2>[0-9]{{1,2}}) (?P<s2>[./-]) (?P<m2>[0-9]{{1,2}}) (?P=s2)
        (?P<y2>{_YEAR}|[0-9]{{2}})
      | (?P<d3>[0-9]{{1,2}}) (?:st|[nr]d|th)? (?:[ \t]{{1,4}}of)? (?:[ \t]{{1,4}}|-)?
        (?P<m3>{_MONTH})[.]? (?:,?[ \t]{{1,4}}|-|(?={_YEAR}))
        (?P<y3>{_YEAR}|(?<=-)[0-9]{{2}}|'[0-9]{{2}})
      | (?P<m4>{_MONTH})[.]? [ \t]{{1,4}} (?P<d4>[0-9]{{1,2}}) (?:st|[nr]d|th)?
        ,?[ \t]{{1,4}} (?P<y4>{_YEAR})
    )
    (?![^\W_]) (?![./-][0-9])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_GAP = r"[ \t]{0,3}[ \t./-][ \t]{0,3}"
LABELLED_DATE = re.compile(
    rf"""
    (?<![\w'])
    (?:d[.]?[ ]?o[.]?[ ]?b[.]?|date[ _]?of[ _]?birth|birth[ _]?date|birthday|born)
    ["'*)\]]{{0,2}} [ \t]{{0,3}} (?:[:=|]|is\b|was\b|on\b)? ["'*]{{0,2}}
    [ \t]{{0,3}} (?:\r?\n[ \t]{{0,3}})?
    (?P<value>
        (?P<d5>[0-9]{{1,2}}) {_GAP} (?P<m5>[0-9]{{1,2}}) {_GAP}
        (?P<y5>{_YEAR}|[0-9]{{2}})
      | (?P<y6>{_YEAR}) {_GAP} (?P<m6>[0-9]{{1,2}}) {_GAP} (?P<d6>[0-9]{{1,2}})
      | (?P<d7>[0-9]{{2}}) (?P<m7>[0-9]{{2}}) (?P<y7>{_YEAR})
      | (?P<y8>{_YEAR}) (?P<m8>[0-9]{{2}}) (?P<d8>[0-9]{{2}})
      | (?P<d9>[0-9]{{1,2}}) (?:st|[nr]d|th)? [ \t]{{0,3}} (?:of[ \t]{{1,3}})?
        [./-]? [ \t]{{0,3}} (?P<m9>{_MONTH}) [.,]? [ \t]{{0,3}}
        [./-]? [ \t]{{0,3}} (?P<y9>{_YEAR}|'?[0-9]{{2}})
      | (?P<m0>{_MONTH}) [.]? [ \t]{{1,3}} (?P<d0>[0-9]{{1,2}}) (?:st|[nr]d|th)?
        ,? [ \t]{{1,3}} (?P<y0>{_YEAR}|'?[0-9]{{2}})
    )
    (?![^\W_]) (?![.:/-][0-9])
    """,
    re.IGNORECASE | re.VERBOSE,
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
        (?P<gap> [ \t]{0,4} | [ \t]{0,2}-[ \t]{0,2} | [ \t]{0,3}\r?\n[ \t]{0,3} )
        [0-9] (?P<inward>[ABD-HJLNP-UW-Z]{2})
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
_AFTER_MALE = (
    r"(?=[ \t]*(?:[,;:.!?)\r\n]|\Z)|[ ](?:but|according|on|in|not|which|so|for|"
    r"while|although|because|by|at|with|here|there|now)\b)"
)
_AFTER_A_WORD = r"(?=[ \t]*(?:[,;:.!?)\r\n]|\Z)|[ ](?:and|born|aged|but|so)\b)"
_GENDER = "male|female|man|woman|boy|girl|masc|fem|m|f"
GENDERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            r"\b(?:gender|sex)\b[\"']?[ \t]{0,3}(?:[:=(-][ \t]{0,3}[\"'(]?|is |was )?"
            rf"(?P<value>{_GENDER}|(?<=[:=( \"'])[12])\b"
            r"(?![ \t]?(?:/|,? or | and |&))"
        ),
        (
            r"\b(?:gender|sex)\b[\"']?[ \t]{0,3}[:=]?[ \t]{0,3}\r?\n[ \t]{0,3}"
            rf"(?P<value>{_GENDER}|[12])\b(?=[.]?[ \t]{{0,3}}(?:[\r\n]|\Z))"
        ),
        rf"\b(?:is|was|as|am)[ ](?:a[ ])?(?P<value>male|female)\b{_AFTER_MALE}",
        rf"\b(?:is|was|as|am)[ ]an?[ ](?P<value>girl|boy|woman|man)\b{_AFTER_A_WORD}",
        (
            r"(?<!and )(?<!any )(?<!per )(?<!each )(?<!every )(?<!no )(?<!other )"
            rf"(?<![\w&/'-])(?P<value>male|female)[ ](?:{_LEARNER})\b(?!')"
        ),
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
    r"(?P<link>[:=|\t]|-(?=[ \t])"
    r"|\b(?:has been|is|was|now)[ ](?:now[ ])?(?:re)?(?:set|changed)[ ]to\b"
    r"|\b(?:is|was)\b)"
)
_PASSWORD = r"pass[ _-]?word|passwd|pwd|pass[ _-]?code|pw"  # noqa: S105  # a label
_USER = r"user[ _-]?(?:name|id)|log[ -]?(?:in|on)(?:[ _](?:name|id))?|account[ _]name"
PASSWORD = re.compile(
    rf"(?<![^\W_])(?:(?P<phrase>pass[ -]?phrase)|{_PASSWORD})[\"']?{_LINK}",
    re.IGNORECASE,
)
USER_NAME = re.compile(
    rf"(?<![^\W_])(?P<phrase>(?!))?(?:{_USER})[\"']?{_LINK}", re.IGNORECASE
)
PASSWORD_CELL = re.compile(
    rf"(?:(?:initial|new|temporary|one[ -]time|default)[ _])?(?:{_PASSWORD}|pass)",
    re.IGNORECASE,
)
USER_CELL = re.compile(rf"{_USER}|user|account", re.IGNORECASE)
PAIR = re.compile(
    rf"(?<![^\W_])(?:{_USER})[\"']?[ \t]{{0,3}}(?:[:=|]|is\b)?[ \t]{{0,3}}"
    r"(?P<user>[^\s,;|:=]{1,60})[ \t]{0,3}[,;/|]?[ \t]{0,3}(?:(?:and|with)[ \t])?"
    rf"(?:(?:the|your)[ \t])?(?:{_PASSWORD}|pass)\b[\"']?[ \t]{{0,3}}"
    r"(?P<link>[:=|]|is\b)?[ \t]{0,3}(?P<password>[^\s|]{1,80})",
    re.IGNORECASE,
)
PASSWORD_WORD = re.compile(rf"(?<![^\W_])(?:{_PASSWORD}|pass)(?![^\W_])", re.IGNORECASE)
RULER = re.compile(r"[-:|+=\s]+")
VALUE = re.compile(
    r"[ \t]{0,4}(?P<break>(?:\r?\n[ \t]{0,4}){1,2})?"
    r"(?:\((?P<inside>[^\s()]{1,80})\)|(?P<quote>[\"'])(?P<quoted>[^\"'\n]{1,80})(?P=quote)|(?P<bare>\S{1,80}))"
)
REST_OF_LINE = re.compile(r"[^\r\n]{1,80}")
FIRST_OF_A_VALUE = re.compile(r"[^\s&,;]+")
