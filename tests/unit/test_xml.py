"""Reading XML: what is refused, in bounded memory, and what is forgotten."""

import io
import pickle
import tracemalloc

import pytest

from ulnlib._xml import (
    CHUNK,
    RECORD_BYTES,
    Records,
    Refused,
    can_hold,
    escape,
    line_of,
    parse,
    split_tag,
    start_of,
)

MEBIBYTE = 1 << 20


def records(content, *, names=("L",), parents=("R",), **options):
    return Records(io.BytesIO(content).read, names, parents, **options)


def texts(content, **options):
    return [element.text for element in records(content, **options)]


def refused(content, **options):
    """Return why a file is refused, and the error itself is looked at."""
    with pytest.raises(Refused) as caught:
        texts(content, **options)
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    assert "Secret" not in f"{error!r} {error} {error.args}"
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    assert (again.reason, again.line) == (error.reason, error.line)
    return error.reason


class Endless:
    """A stream that begins somehow and then repeats a piece for ever."""

    def __init__(self, start, piece):
        self.start, self.piece, self.given = start, piece, 0

    def read(self, size):
        out = self.start[:size]
        self.start = self.start[size:]
        if not out:
            out = (self.piece * (size // len(self.piece) + 1))[:size]
        self.given += len(out)
        return out


def peak(work):
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


# --- attacks ----------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = (
    f'<!DOCTYPE R [<!ENTITY l0 "lol">{LAUGHS}]><R><L>&l9;</L></R>'
).encode()
QUADRATIC = (
    f'<!DOCTYPE R [<!ENTITY a "{"a" * 50_000}">]><R><L>{"&a;" * 50_000}</L></R>'
).encode()


class TestADocumentTypeIsRefusedBeforeTheParserSeesIt:
    @pytest.mark.parametrize(
        "content",
        [
            BILLION_LAUGHS,
            QUADRATIC,
            QUADRATIC.replace(b"<L>&a;", b"<L x='&a;").replace(b"&a;</L>", b"'/>"),
            b'<!DOCTYPE R [<!ENTITY x SYSTEM "file:///etc/passwd">]><R><L>&x;</L></R>',
            b'<!DOCTYPE R [<!ENTITY % p SYSTEM "http://127.0.0.1/p">%p;]><R/>',
            b'<!DOCTYPE R SYSTEM "http://127.0.0.1/r.dtd"><R/>',
            b"<!DOCTYPE R><R/>",
            b"\n<!-- a --><?b c?>\n<!DOCTYPE R><R/>",
            b"\xef\xbb\xbf<?xml version='1.0'?>\r\n<!DOCTYPE R><R/>",
            b"<?xml version='1.0' encoding='windows-1252'?><!DOCTYPE R><R/>",
            b"<!DOCTYPE " + b"x" * (10 * MEBIBYTE),
        ],
    )
    def test_it_is(self, content, monkeypatch):
        given = []
        monkeypatch.setattr(Records, "_feed", lambda _, data: given.append(data))

        assert refused(content) == "doctype"
        assert given == []

    def test_one_that_comes_later_is_not_well_formed(self):
        assert refused(b"<R><!DOCTYPE R><L/></R>") == "malformed"
        assert refused(b"<R/><!DOCTYPE R>") == "malformed"

    def test_one_that_is_text_or_remark_is_none(self):
        assert texts(b"<!-- <!DOCTYPE R> --><R><L>&lt;!DOCTYPE</L></R>") == [
            "<!DOCTYPE"
        ]
        assert texts(b"<R><L><![CDATA[<!DOCTYPE R>]]></L></R>") == ["<!DOCTYPE R>"]

    @pytest.mark.parametrize(
        "content",
        [
            # To a parser that took the second declaration the rest were a DOCTYPE.
            (
                b"<?xml version='1.0'?><?xml version='1.0' encoding='UTF-7'?>"
                b"+ADwAIQ-DOCTYPE R+AD4APA-R/+AD4-"
            ),
            b"<?xml version='1.0'?>\n<?xml version='1.0' encoding='UTF-16'?><R/>",
            # To a parser that guessed EBCDIC, too.
            "<?xml version='1.0' encoding='cp037'?><!DOCTYPE R><R/>".encode("cp037"),
            "<!DOCTYPE R><R/>".encode("cp037"),
        ],
    )
    def test_one_that_only_another_encoding_shows_is_not_read(self, content):
        assert refused(content) in {"malformed", "encoding"}
        found = []
        with pytest.raises(Refused):
            found += Records(io.BytesIO(content).read, ["R"], ["R"])
        assert found == []

    def test_the_line_is_told(self):
        with pytest.raises(Refused) as caught:
            records(b"<?xml version='1.0'?>\n\n<!DOCTYPE R>")

        assert caught.value.line == 3


def test_an_entity_of_ones_own_is_refused():
    assert refused(b"<R><L>&Secret;</L></R>") == "entity"
    assert refused(b"<R><L a='&Secret;'/></R>") == "entity"


def test_elements_inside_each_other_without_end_are_refused():
    assert refused(b"<R><L>" + b"<a>" * 300 + b"</a>" * 300 + b"</L></R>") == "limit"
    assert refused(b"<R><L>" + b"<a>" * 3_000_000) == "limit"


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"<R><L>", b"Secret "),
        (b"<R><L><a>", b"<a/>"),
        (b"<R><L>", b"<a></a>"),
        (b"<R><L a='", b"Secret"),
        (b"<R><L", b" Secret"),
        (b"<R><L ", b"\n"),
        (b"<R><L><", b"Secret"),
        (b"<R><L><!--", b" Secret"),
        (b"<R><L><![CDATA[", b" Secret"),
        (b"<R><L><?a", b" Secret"),
        (b"<R>", b"<M/>"),
        (b"<R>", b" "),
        (b"<R/>", b" "),
        (b"", b" "),
        (b"<!--", b" Secret"),
        (b"<?a ", b" Secret"),
        (b"<", b"Secret"),
        (b"<R><L>", b"&#65;"),
        (b"<R><L>", b"&amp;"),
        (b"<R><L a='", b"&amp;"),
        (b"<R><L>", b"<a xmlns:b='c'/>"),
    ],
)
def test_what_never_ends_is_refused_after_a_bounded_part(start, piece):
    stream = Endless(start, piece)

    with pytest.raises(Refused):
        list(Records(stream.read, ["L"], ["R"]))
    assert stream.given <= RECORD_BYTES + 3 * CHUNK


def test_the_bound_holds_for_what_follows_a_record_too():
    stream = Endless(b"<R><L/>", b"<M>Secret</M>")

    with pytest.raises(Refused, match="limit"):
        list(Records(stream.read, ["L"], ["R"], limit=MEBIBYTE))
    assert stream.given <= MEBIBYTE + 3 * CHUNK


def test_more_attributes_than_fit_are_refused():
    many = b" ".join(b"a%d='x'" % n for n in range(500_000))

    assert refused(b"<R><L " + many + b"/></R>", limit=MEBIBYTE) in {
        "limit",
        "malformed",
    }


# --- encodings --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "encoding", "kept"),
    [
        ("UTF-8", "utf-8", "utf-8"),
        ("utf8", "utf-8", "utf-8"),
        ("ISO-8859-1", "latin-1", "latin-1"),
        ("Windows-1252", "cp1252", "cp1252"),
        ("US-ASCII", "utf-8", "utf-8"),
    ],
)
def test_the_encodings_that_are_read(declared, encoding, kept):
    start = f"<?xml version='1.0' encoding=\"{declared}\" standalone='yes'?>"
    found = records(f"{start}<R><L>Zoë</L></R>".encode(encoding))

    assert [element.text for element in found] == ["Zoë"]
    assert found.encoding == kept


@pytest.mark.parametrize(
    "content",
    [
        "<R/>".encode("utf-16"),
        "<R/>".encode("utf-16-le"),
        "<R/>".encode("utf-32"),
        b"<?xml version='1.0' encoding='UTF-16'?><R/>",
        b"<?xml version='1.0' encoding='UTF-7'?><R/>",
        b"<?xml version='1.0' encoding='IBM037'?><R/>",
        b"\xef\xbb\xbf<?xml version='1.0' encoding='windows-1252'?><R/>",
        b"<R><L>Zo\xeb</L></R>",
        b"<R><L>\xc3</L></R>",
    ],
)
def test_every_other_encoding_is_refused(content):
    assert refused(content) == "encoding"


def test_bytes_that_windows_1252_does_not_have_are_control_characters():
    raw = b"<?xml version='1.0' encoding='windows-1252'?><R><L>a\x81\x80</L></R>"

    assert texts(raw) == ["a\x81\u20ac"]


@pytest.mark.parametrize(
    "content",
    [
        b"<?xml?><R/>",
        b"<?xml encoding='utf-8'?><R/>",
        b" <?xml version='1.0'?><R/>",
        b"",
        b"Secret",
        b"<R>",
        b"<R><L></R>",
        b"<R/><R/>",
        b"<R><Secret:L/></R>",
        b"<!- ->",
        b"<!-- ",
    ],
)
def test_what_is_not_well_formed_is_refused(content):
    assert refused(content) == "malformed"


def test_control_characters_are_refused():
    assert refused(b"<R><L>\x01</L></R>") == "character"
    assert refused(b"<R><L>&#0;</L></R>") == "character"


# --- what is read -----------------------------------------------------------------


def test_records_have_their_lines():
    found = records(b"<?xml version='1.0'\n?>\n<R>\n<L>a</L>\n\n<L>b</L></R>")

    assert [element.sourceline for element in found] == [4, 6]


@pytest.mark.parametrize("space", ["", "\n", "\n\n  "])
def test_lines_are_told_in_long_files_too(space):
    record = f"<L>{space}<a>x</a></L>\n"
    found = records(f"<R>\n{record * 70_000}</R>".encode())
    step = record.count("\n")

    lines = [line_of(element) for element in found]
    assert lines == list(range(2, 2 + 70_000 * step, step))


def test_what_stands_beside_the_records_is_told_apart():
    found = records(
        b"<e:E xmlns:e='e'><h><i>0</i></h><R><a>1</a><b><c/></b>"
        b"<L/><d>2</d><L/><f/></R></e:E>"
    )

    assert len(list(found)) == 2
    assert [(o.name, o.text, o.is_late) for o in found.others] == [
        ("a", "1", False),
        ("b", None, False),
        ("d", "2", True),
        ("f", None, True),
    ]
    assert (found.parent, found.is_root, found.root_name) == (("", "R"), False, "E")
    assert found.before == (("h/i", "0"),)
    assert not found.has_text


@pytest.mark.parametrize(
    "content", [b"<R>x<L/></R>", b"<R><L/>x</R>", b"<R><L/>x<L/></R>", b"<R>x</R>"]
)
def test_text_beside_the_records_is_noted(content):
    found = records(content)
    list(found)

    assert found.has_text


def test_a_record_inside_a_record_is_none():
    assert texts(b"<R><L>a<L>b</L></L><M><L>c</L></M></R>") == ["a"]


def test_records_in_nothing_that_they_belong_in_are_none():
    found = records(b"<S><L/><L/></S>")

    assert list(found) == []
    assert found.parent is None


def test_a_file_without_records_has_its_root():
    found = records(b"<R xmlns='n'><a/></R>")

    assert list(found) == []
    assert found.parent == ("n", "R")
    assert [other.name for other in found.others] == ["a"]


def test_any_namespace_is_read():
    content = b"<n:R xmlns:n='n'><n:L>a</n:L><L>b</L></n:R>"

    assert texts(content) == ["a", "b"]
    assert split_tag("{n}L") == ("n", "L")
    assert split_tag(len) == ("", "")


def test_remarks_and_marked_text_leave_no_trace():
    assert texts(b"<R><L>a<!-- x -->b<?c d?>c<![CDATA[<d>]]></L></R>") == ["abc<d>"]


def test_bytes_of_a_record_can_be_looked_at_again():
    found = records(b"<n:R xmlns:n='n'><L>\n<a b='c'>d&amp;</a></L>x</n:R>")
    raw = [found.bytes_of(element) for element in found]

    assert raw == [b'<L xmlns:n="n">\n<a b="c">d&amp;</a></L>']
    assert parse(raw[0])[0].text == "d&"


def test_a_million_bytes_and_more_take_no_more_memory():
    def read(count):
        piece = b"<L>" + b"<a>some text of a field</a>" * 20 + b"</L>\n"
        pieces = iter([b"<R>", *[piece * 100] * (count // 100), b"</R>"])
        buffer = bytearray()

        def give(size):
            while len(buffer) < size:
                more = next(pieces, b"")
                if not more:
                    break
                buffer.extend(more)
            out = bytes(buffer[:size])
            del buffer[:size]
            return out

        assert sum(1 for _ in Records(give, ["L"], ["R"])) == count

    assert peak(lambda: read(20_000)) < peak(lambda: read(2_000)) + MEBIBYTE


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_however_the_bytes_come_the_records_are_the_same(size):
    content = "<?xml version='1.0'?><R>\n<L>Zoë &amp; x</L>\n<L/> <L>b</L></R>".encode()
    stream = io.BytesIO(content)
    found = Records(lambda _: stream.read(size), ["L"], ["R"])

    assert [element.text for element in found] == ["Zoë & x", None, "b"]


# --- writing ----------------------------------------------------------------------


def test_what_is_escaped_reads_back_the_same():
    text = "a&b<c>d\"e'f\r\ng\th é ]]> \U0001f600"

    assert texts(f"<R><L>{escape(text)}</L></R>".encode()) == [text]
    assert escape("plain") == "plain"


@pytest.mark.parametrize("character", "\0\x08\x0b\x1f\ufffe\uffff\ud800")
def test_what_xml_cannot_hold_is_known(character):
    assert not can_hold(f"a{character}b")


def test_the_rest_it_can_hold():
    assert can_hold("\t\n\r \x7f\x85é\ufffd\U0001f600")


def test_where_a_file_begins():
    assert start_of(b"\xef\xbb\xbf \r\n\t<R/>") == b"<R/>"


class TestWhereRecordsStand:
    def test_what_stands_in_a_record_is_a_part_of_it(self):
        found = records(b"<R><a>x</a><L><L/></L><L/></R>")

        assert len(list(found)) == 2
        assert found.astray == 0
        assert [one.name for one in found.others] == ["a"]

    def test_what_comes_before_a_record_with_another_in_it_is_known_at_once(self):
        found = records(b"<R><a>x</a><L><L/></L></R>")
        next(iter(found))

        assert [(one.name, one.text, one.is_late) for one in found.others] == [
            ("a", "x", False)
        ]

    def test_what_stands_elsewhere_is_counted(self):
        found = records(b"<E><R><L/></R><R><L/><L/></R></E>")

        assert len(list(found)) == 1
        assert found.astray == 2

    def test_what_stands_beside_the_records_in_something_else_is_counted(self):
        for content in (b"<R><a><L/></a><L/></R>", b"<R><L/><a><b><L/></b></a></R>"):
            found = records(content)

            assert len(list(found)) == 1
            assert found.astray == 1

    def test_what_stands_nowhere_is_counted(self):
        found = records(b"<E><L/><R><L/></R></E>")

        assert list(found) == []
        assert found.astray == 1
