"""The command itself: its help, its version, and errors as one line and status 2."""

import builtins
import sqlite3
import sys

import click
import pytest
from click.testing import CliRunner

import ulnlib
from ulnlib import cli
from ulnlib.cli.app import app
from ulnlib.errors import MissingExtra, NotARegister, RegisterRefused

COMMANDS = [
    ("uln", "check"),
    ("batch", "check"),
    ("batch", "run"),
    ("batch", "split"),
    ("batch", "join"),
    ("batch", "convert"),
    ("batch", "make"),
    ("register", "build"),
    ("register", "search"),
    ("register", "calibrate"),
    ("disclosure", "check"),
    ("roc", "check"),
    ("roc", "lint"),
    ("roc", "routes"),
    ("plr", "show"),
    ("plr", "report"),
    ("verify",),
]


def walk(command, path=()):
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from walk(inner, (*path, name))
    else:
        yield path


def run(*args):
    return CliRunner().invoke(app, list(args))


def test_the_commands_are_these():
    assert sorted(walk(app)) == sorted(COMMANDS)


@pytest.mark.parametrize("option", ["--help", "-h"])
@pytest.mark.parametrize(
    "path",
    [(), ("uln",), ("batch",), ("register",), ("roc",), ("plr",), *COMMANDS],
    ids=lambda path: " ".join(path) or "ulnlib",
)
class TestHelp:
    def test_it_explains_itself_and_ends_well(self, path, option):
        result = run(*path, option)

        assert result.exit_code == 0
        assert result.stderr == ""
        assert result.stdout.startswith("Usage: ")
        assert " ".join(path) in result.stdout.splitlines()[0]
        # Every option and command has something said of it.
        for line in result.stdout.split("Options:")[1].splitlines():
            if line.startswith("  -"):
                assert "  " in line.strip() or len(line) > 26

    def test_it_fits_a_terminal_and_a_windows_console(self, path, option):
        text = run(*path, option).stdout

        assert max(map(len, text.splitlines())) <= 80
        assert text.encode("cp1252").decode("cp1252") == text


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_has_json(path):
    assert "--json" in run(*path, "--help").stdout


def test_the_version_is_the_package_s():
    result = run("--version")

    assert result.exit_code == 0
    assert result.stdout == f"ulnlib {ulnlib.__version__}\n"


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["uln"],
        ["batch"],
        ["register"],
        ["nothing"],
        ["uln", "check"],
        ["--nothing"],
    ],
    ids=lambda args: " ".join(args) or "none",
)
def test_what_is_not_a_command_has_status_2(args):
    result = run(*args)

    assert result.exit_code == 2
    assert "Usage: " in result.output
    assert "Traceback" not in result.output


class TestErrors:
    """Whatever a command raises of ours, or the system does, is a line and status 2."""

    @pytest.fixture
    def fail_with(self, monkeypatch):
        def prepare(error):
            def command():
                raise error

            monkeypatch.setitem(
                app.commands, "fail", click.Command("fail", callback=command)
            )
            return run("fail")

        return prepare

    @pytest.mark.parametrize(
        ("error", "line"),
        [
            (NotARegister("x.db is no register"), "ulnlib: x.db is no register"),
            (
                RegisterRefused("WSRC0019", "the ULN is not in the register"),
                "ulnlib: the ULN is not in the register (WSRC0019)",
            ),
            (
                MissingExtra("testing"),
                "ulnlib: this needs an optional part: pip install 'ulnlib[testing]'",
            ),
            (
                FileNotFoundError(2, "No such file or directory", "a.csv"),
                "ulnlib: a.csv: no such file or directory",
            ),
            (OSError(28, "No space left on device"), "ulnlib: no space left on device"),
            (PermissionError(), "ulnlib: permissionError"),
            (OSError(5, "Input/output error", 7), "ulnlib: input/output error"),
        ],
        ids=["register", "refused", "extra", "file", "disk", "bare", "number"],
    )
    def test_it_is_one_line_and_status_2(self, fail_with, error, line):
        result = fail_with(error)

        assert result.exit_code == 2
        assert result.stderr == f"{line}\n"
        assert result.stdout == ""

    @pytest.mark.parametrize(
        "error", [ValueError("a fault"), KeyError("a fault"), sqlite3.Error("a fault")]
    )
    def test_a_fault_of_ours_is_not_hidden(self, fail_with, error):
        result = fail_with(error)

        assert result.exception is error

    def test_ctrl_c_is_an_abort(self, fail_with):
        result = fail_with(KeyboardInterrupt())

        assert result.exit_code == 1
        assert result.stderr == "\nAborted!\n"


class TestMain:
    """The script that is installed, with and without its optional part."""

    def hide(self, monkeypatch, *names):
        """Make modules impossible to import, as if they were not installed."""
        real = builtins.__import__

        def find(name, *args, **kwargs):
            if name.partition(".")[0] in names:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
            return real(name, *args, **kwargs)

        # Their modules are to be loaded anew, and afterwards to be what they were.
        for name in list(sys.modules):
            parent, _, child = name.rpartition(".")
            if parent == "ulnlib.cli":
                monkeypatch.delitem(sys.modules, name)
                monkeypatch.setattr(cli, child, vars(cli)[child])
        monkeypatch.setattr(builtins, "__import__", find)

    @pytest.mark.parametrize("name", ["click", "rich"])
    def test_without_its_optional_part_it_says_how_to_install_it(
        self, monkeypatch, capsys, name
    ):
        self.hide(monkeypatch, name)
        with pytest.raises(SystemExit) as caught:
            cli.main()

        assert caught.value.code == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err == (
            "The ulnlib command needs an optional part: pip install 'ulnlib[cli]'\n"
        )

    def test_another_missing_module_is_a_fault_that_shows(self, monkeypatch):
        self.hide(monkeypatch, "tempfile")
        with pytest.raises(ModuleNotFoundError) as caught:
            cli.main()

        assert caught.value.name == "tempfile"

    def test_with_it_the_command_runs(self, monkeypatch, capsys):
        monkeypatch.setattr(sys, "argv", ["ulnlib", "uln", "check", "1000000043"])
        with pytest.raises(SystemExit) as caught:
            cli.main()

        assert caught.value.code == 0
        assert capsys.readouterr().out == "1000000043: ULN\n"
