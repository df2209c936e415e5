"""`ulnlib disclosure check`: texts, mails, lists of names, and what is shown."""

import pytest
from click.testing import CliRunner

from ulnlib.cli.app import app
from ulnlib.cli.messages import Unreadable, read_message, read_names

DAY = "--as-of=2026-11-21"
TEXT = "Dear all,\nAda Quill, born 4 May 2007, has no ULN.\n"


def run(*args, **more):
    return CliRunner().invoke(
        app, ["disclosure", "check", DAY, *map(str, args)], **more
    )


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "message.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def names(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("Ada Quill\n", encoding="utf-8")
    return path


def test_a_breach_is_told_line_by_line_without_the_words(text, names):
    result = run(text, "--names", names)

    assert result.exit_code == 1
    first, clause, *rest = result.stdout.splitlines()
    assert first == "message.txt: a breach in an unencrypted e-mail"
    assert "PG-1.4-5" in clause
    assert rest == [
        "line 2, characters 1 to 3: given name",
        "line 2, characters 5 to 9: family name",
        "line 2, characters 17 to 26: date of birth",
    ]
    assert "Ada" not in result.output
    assert "2007" not in result.output


def test_the_words_are_shown_when_asked_for(text, names):
    result = run(text, "--names", names, "--reveal")

    assert "line 2, characters 17 to 26: date of birth: 4 May 2007" in result.stdout


def test_what_is_no_breach_is_told_with_its_cautions(text):
    result = run(text)

    assert result.exit_code == 0
    assert "no breach in an unencrypted e-mail" in result.stdout
    assert "Consider: " in result.stdout
    assert "No list of names was given" in result.stdout


def test_the_medium_decides(text, names):
    result = run(text, "--names", names, "--medium", "portal-data-challenge")

    assert result.exit_code == 0
    assert "no breach in a data challenge of the portal" in result.stdout


def test_a_message_may_come_from_the_standard_input():
    result = run("-", input="Gender: female, postcode ZA1 1AA")

    assert result.exit_code == 1
    assert result.stdout.startswith("standard input: a breach")


def test_it_is_written_redacted(text, names, tmp_path):
    out = tmp_path / "redacted.txt"
    result = run(text, "--names", names, "--redact", "-o", out)

    assert result.exit_code == 1
    assert out.read_text(encoding="utf-8") == (
        "Dear all,\n[GIVEN NAME] [FAMILY NAME], born [DATE OF BIRTH], has no ULN.\n"
    )
    assert "Read it before you send it." in result.stdout


@pytest.mark.parametrize("options", [["--redact"], ["-o", "out.txt"]])
def test_where_to_and_what_go_together(text, options):
    result = run(text, *options)

    assert result.exit_code == 2
    assert "--redact and -o go together" in result.output


def test_a_message_is_never_written_over(text):
    assert run(text, "--redact", "-o", text).exit_code == 2
    assert text.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04zip", b"%PDF-1.7 x", b"a\0b", b"\xff\xfe\0", b"text " * 20 + b"\0"],
)
def test_what_is_no_text_cannot_be_read(tmp_path, content):
    path = tmp_path / "message.msg"
    path.write_bytes(content)
    result = run(path)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "ulnlib: " in result.stderr


def test_a_file_that_is_not_there_cannot_be_read(tmp_path):
    assert run(tmp_path / "none.txt").exit_code == 2


def test_a_list_without_names_is_refused(text, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("\n \n", encoding="utf-8")
    result = run(text, "--names", empty)

    assert result.exit_code == 2
    assert "no name in the list" in result.stderr


def test_words_that_would_move_the_screen_are_shown_as_question_marks(tmp_path):
    path = tmp_path / "message.txt"
    path.write_text("password: 1\x1b[2Jx", encoding="utf-8")

    assert "password: 1?[2Jx" in run(path, "--reveal").stdout


MAIL = (
    b"From: Desk <desk@example.org>\r\nTo: b@example.org\r\n"
    b"Subject: =?utf-8?q?ULN_99000?= =?utf-8?q?00004?=\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
    b"--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n"
    b"--y\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\nborn 4 M=\r\nay 2007\r\n"
    b"--y\r\nContent-Type: text/html\r\n\r\n<p>born 4 May 2007\r\n--y--\r\n"
    b"--x\r\nContent-Type: application/zip\r\n"
    b'Content-Disposition: attachment; filename="Ada.zip"\r\n\r\nPK\r\n--x--\r\n'
)


class TestMails:
    def test_subject_attachments_and_text_are_read_once(self):
        found = read_message(MAIL)

        assert found.text.splitlines() == [
            "Subject: ULN 9900000004", "Attachment: Ada.zip", "", "born 4 May 2007",
        ]  # fmt: skip
        assert (found.is_mail, found.unread_parts) == (True, 1)
        assert "Ada" not in repr(found)

    def test_the_screen_says_what_was_not_read(self, tmp_path):
        path = tmp_path / "draft.eml"
        path.write_bytes(MAIL)
        result = run(path)

        assert result.exit_code == 1
        assert "line 1, characters 14 to 23: ULN" in result.stdout
        assert "Not looked into: 1 attachment." in result.stdout

    def test_a_mail_in_html_alone_is_read_as_its_reader_sees_it(self):
        mail = (
            b"Subject: x\nMIME-Version: 1.0\nContent-Type: text/html\n\n"
            b"<table><tr><td>Ada</td><td>F&amp;</td></tr></table>one<br>two"
        )
        assert read_message(mail).text.split() == [
            "Subject:",
            "x",
            "Ada",
            "F&",
            "one",
            "two",
        ]

    def test_a_part_in_an_unknown_encoding_is_read_all_the_same(self):
        mail = (
            b"Subject: x\nMIME-Version: 1.0\n"
            b"Content-Type: text/plain; charset=none-1\n\nd\xe9j\xe0"
        )
        assert read_message(mail).text.endswith("d\u00e9j\u00e0")

    def test_a_mail_without_a_subject_is_one(self):
        assert read_message(b"From: a\nTo: b\n\nx").text == "Subject: \n\nx"

    @pytest.mark.parametrize(
        "content",
        [b"Subject: x\n\nTo: whom it concerns", b"Dear all,\nFrom: x\nTo: y\n", b""],
    )
    def test_a_text_is_no_mail(self, content):
        assert read_message(content).is_mail is False

    def test_a_mail_that_cannot_be_parsed_is_read_as_text(self, monkeypatch):
        def broken(*_, **__):
            raise IndexError("Ada")

        monkeypatch.setattr("email.message_from_bytes", broken)
        found = read_message(MAIL)
        assert found.is_mail is False
        assert found.text.startswith("From: ")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("d\u00e9j\u00e0".encode(), "d\u00e9j\u00e0"),
        ("\ufeffd\u00e9j\u00e0".encode(), "d\u00e9j\u00e0"),
        ("d\u00e9j\u00e0".encode("cp1252"), "d\u00e9j\u00e0"),
        ("d\u00e9j\u00e0".encode("utf-16"), "d\u00e9j\u00e0"),
        (b"a\x81", "a\x81"),
        (b"<p>x", "<p>x"),
        (b'{"a": 1}', '{"a": 1}'),
    ],
)
def test_texts_are_read_in_usual_encodings(content, text):
    assert read_message(content).text == text


class TestNames:
    @pytest.mark.parametrize(
        ("text", "given", "family"),
        [
            ("Ada Quill", ["Ada"], ["Quill"]),
            ("Mary Ann Quill", ["Mary Ann", "Mary"], ["Quill"]),
            ("Quill, Mary Ann", ["Mary Ann", "Mary"], ["Quill"]),
            ("Ada", ["Ada"], ["Ada"]),
            ("ULN,GivenName,FamilyName\n1,Ada,Quill\n2,Bo\n", ["Ada", "Bo"], ["Quill"]),
            ('Surname,"First name"\n"Quill, of","Ada"\n', ["Ada"], ["Quill, of"]),
        ],
    )
    def test_they_come_as_lines_or_as_a_table(self, text, given, family):
        names = read_names(text.encode())

        assert list(dict.fromkeys(filter(None, names.given))) == given
        assert [name.strip() for name in names.family if name] == family

    @pytest.mark.parametrize("text", ["", "\n\n", "GivenName,FamilyName\n"])
    def test_none_is_refused(self, text):
        with pytest.raises(Unreadable, match="no name"):
            read_names(text.encode())

    def test_accents_may_be_folded(self, tmp_path):
        names = tmp_path / "names.txt"
        names.write_text("Si\u00e2n", encoding="utf-8")
        text = tmp_path / "message.txt"
        text.write_text("Sian, ZA1 1AA", encoding="utf-8")

        assert run(text, "--names", names).exit_code == 0
        assert run(text, "--names", names, "--fold-accents").exit_code == 1


def test_references_that_are_known_are_looked_for(tmp_path, names):
    message, known = tmp_path / "message.txt", tmp_path / "references.txt"
    message.write_text("About ABC1000000043X7, Ada Quill", encoding="utf-8")
    known.write_bytes(b"\xef\xbb\xbf\r\n abc1000000043x7 \r\n")
    hidden = tmp_path / "hidden.txt"

    result = run(
        message,
        *("--names", names, "--references", known),
        *("--redact", "-o", hidden),
    )

    assert result.exit_code == 1
    assert "line 1, characters 7 to 21: reference" in result.stdout
    assert "1000000043" not in hidden.read_text(encoding="utf-8")
    assert "line 1, characters 7 to 21" not in run(message, "--names", names).stdout


def test_a_file_of_references_that_is_not_there_is_said(text, tmp_path):
    result = run(text, "--references", tmp_path / "none.txt")

    assert result.exit_code == 2
    assert "no such file" in result.stderr
