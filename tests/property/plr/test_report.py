"""Laws of reports: no text breaks one, and nothing hidden is in any of its forms."""

import datetime as dt
import io
import itertools

import attrs
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from builders.plr import AS_OF, AT, CLERK
from ulnlib import Learner
from ulnlib.plr import LearningEvent, Record, is_marked_sensitive, report_of, see
from ulnlib.plr.events import CURRENT
from ulnlib.plr.views import BASIC_DETAILS
from ulnlib.rules.sharing import Held, Subject, Thing, Viewer, decide

DATED = dt.date(2026, 11, 29)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)).map(str)
SIGNS = st.one_of(
    st.characters(),  # halves of characters, controls and unassigned ones among them
    st.sampled_from("<>&\"'#$[]\\@`\x00\x1b\u202e\u200b\ufeff\ud800王مŵ\U0001f600"),
)
TEXTS = st.one_of(st.none(), st.text(SIGNS, max_size=40), DAYS)
ANYTHING = st.builds(
    LearningEvent,
    **dict.fromkeys(CURRENT, TEXTS),
    is_sensitive=st.sampled_from([None, True, False]),
)


def whole(events, viewer=Viewer.LEARNER, learner=None, chosen=(), **subject):
    return see(
        Record(events),
        viewer,
        Subject(**({"share": "1", "has_level_one": True} | subject)),
        learner=learner or Learner(uln="1000000043"),
        by=CLERK,
        at=AT,
        as_of=AS_OF,
        chosen=chosen,
    )


@given(events=st.lists(ANYTHING, max_size=4), title=st.text(SIGNS, max_size=30))
def test_no_text_breaks_a_text_or_a_page(events, title):
    report = report_of(whole(events), dated=DATED, title=title)

    text = report.to_text()
    page = report.to_html()
    assert all(
        sign.isprintable() or sign in "\n\u200c\u200d\u200e\u200f" for sign in text
    )
    text.encode()
    lines = page.splitlines()
    assert lines[3:5] == [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
    ]
    root = etree.fromstring("\n".join(lines[1:3] + lines[5:]).encode())
    names = {element.tag for element in root.iter()}
    assert names <= {
        *("html", "head", "title", "style", "body", "main", "header", "h1", "h2"),
        *("p", "dl", "dt", "dd", "bdi", "table", "caption", "thead", "tbody", "tr"),
        *("th", "td", "small", "sup", "a", "ul", "ol", "li", "strong", "footer"),
    }
    assert len(root.findall(".//tbody/tr[td]")) == len(report.lines)
    assert report.to_json().isascii()


@settings(max_examples=25)
@given(events=st.lists(ANYTHING, max_size=3), title=st.text(SIGNS, max_size=30))
def test_no_text_breaks_a_pdf(events, title):
    name = next((one.subject for one in events if one.subject), "Ada")
    learner = Learner(uln="1000000043", given_name=name)
    report = report_of(whole(events, learner=learner), dated=DATED, title=title)

    content = report.to_pdf()

    assert content.startswith(b"%PDF-")
    assert content == report.to_pdf()
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) >= 1


@given(events=st.lists(ANYTHING, max_size=5))
def test_what_is_unticked_leaves_no_trace(events):
    for one in events:
        if not one.id:
            continue
        kept = [entry for entry in Record(events).entries if one.id not in entry.ids]
        rest = Record.of_entries(kept).events
        ticked = report_of(whole(events), dated=DATED, unticked=[one.id])
        alone = report_of(whole(rest), dated=DATED)
        assert ticked.to_dict() == alone.to_dict()


# --- nothing hidden leaves ----------------------------------------------------------

FACTS = list(itertools.product((False, True), repeat=3))
"""Of an event: whether it is sensitive, is chosen, and is an achievement."""


def marked(number, *, is_sensitive, is_achievement):
    """Return an event each of whose texts has the event's own mark."""
    values = {name: f"qz{number}{name.replace('_', '')}" for name in CURRENT}
    values |= {
        "id": f"9876{number}5432",
        "source": "NPD",
        "grade": f"G{number}qz" if is_achievement else "9999999999",
        "level": f"L{number}qz",
        "award_date": f"201{number}-03-1{number}" if is_achievement else None,
        "start_date": None if is_achievement else f"201{number}-05-2{number}",
        "end_date": None,
        "credits": f"c{number}qzc",
        "restriction": "0",
    }
    return LearningEvent(**values, is_sensitive=is_sensitive)


EVENTS = [
    marked(n, is_sensitive=sensitive, is_achievement=achieved)
    for n, (sensitive, _, achieved) in enumerate(FACTS)
]
CHOSEN = {EVENTS[n].id for n, (_, chosen, _) in enumerate(FACTS) if chosen}
PERSON = Learner(
    uln="1000000043",
    given_name="Qzgiven",
    family_name="Qzfamily",
    date_of_birth="1987-06-05",
    postcode="ZZ99 9QZ",
    email="qz@example.org",
)


def marks_of(event, names=tuple(CURRENT)):
    """Return by what an event would be known in any form."""
    texts = {getattr(event, name) for name in names} - {None, "NPD", "0", "9999999999"}
    days = [
        (day, f"{day.day} {day:%b} {day.year}", f"{day:%d/%m/%Y}")
        for day in (event.awarded if "award_date" in names else None, event.started)
        if day is not None
    ]
    return texts | {str(form) for forms in days for form in forms}


def forms(report):
    """Return all that leaves, as one text: with what is inside of a PDF."""
    content = report.to_pdf()
    found = pypdf.PdfReader(io.BytesIO(content))
    pages = " ".join(page.extract_text() for page in found.pages)
    outline = repr(found.outline) + repr(found.metadata)
    metadata = found.trailer["/Root"]["/Metadata"].get_data().decode()
    pdf = f"{pages} {outline} {metadata} {content.decode('latin-1')}"
    told = (report.to_text(), report.to_html(), report.to_json(), repr(report), pdf)
    return ["".join(text.replace("\u200b", "").split()) for text in told]


@pytest.mark.parametrize("viewer", Viewer, ids=lambda viewer: viewer.name)
@pytest.mark.parametrize("share", Held, ids=lambda share: share.name)
def test_nothing_hidden_leaves_in_any_form(viewer, share):
    for level_one, sensitive in itertools.product((False, True), repeat=2):
        known = {
            "share": share,
            "has_level_one": level_one,
            "is_learner_sensitive": sensitive,
        }
        view = whole(EVENTS, viewer, PERSON, CHOSEN, **known)
        told = forms(report_of(view, dated=DATED, title="Report"))
        subject = Subject(**known)
        is_restricted = viewer is Viewer.NOMINATED_ORGANISATION
        of_one = Thing.BASIC_DETAILS if is_restricted else Thing.LEARNING_EVENT
        is_open = decide(viewer, subject, view.thing, AS_OF)
        for event, (_, chosen, achieved) in zip(EVENTS, FACTS, strict=True):
            about = attrs.evolve(
                subject,
                is_event_sensitive=is_marked_sensitive(event),
                is_chosen=chosen,
            )
            shown = is_open and decide(viewer, about, of_one, AS_OF)
            if shown and (achieved or not is_restricted):
                squeezed = "".join(event.subject.split())
                assert [squeezed in text for text in told] == [
                    *(True, True, True, False, True)
                ]
                hidden = set()
                if is_restricted:
                    rest = [name for name in CURRENT if name not in BASIC_DETAILS]
                    hidden = marks_of(event, rest)
            else:
                hidden = marks_of(event)
            for mark in hidden:
                squeezed = "".join(mark.split())
                assert not [text for text in told if squeezed in text], mark
        may = {
            "1000000043": decide(viewer, subject, Thing.ULN, AS_OF),
            "Qzgiven": decide(viewer, subject, Thing.PROFILE, AS_OF),
            "Qzfamily": decide(viewer, subject, Thing.PROFILE, AS_OF),
            "5June1987": decide(viewer, subject, Thing.PROFILE, AS_OF),
            "ZZ999QZ": False,
            "qz@example.org": False,
        }
        for mark, is_allowed in may.items():
            assert is_allowed or not [text for text in told if mark in text], mark
