"""The errors that ulnlib raises.

```text
UlnlibError
├── InvalidValue (ValueError)         a text is not what it should be
│   ├── InvalidUln
│   ├── InvalidIdentifier
│   ├── InvalidPostcode
│   └── InvalidDate
├── InvalidData (ValueError)          a report holds errors, and the caller asked
├── RegisterError                     the register cannot do what was asked
│   ├── NotARegister                  the file is not ours, or is damaged
│   ├── RegisterUnavailable           locked, read-only, disk full
│   ├── RegisterRefused               a rule of the register forbids it
│   └── …                             (see ulnlib.register)
└── MissingExtra (ImportError)        an optional dependency is not installed
```

Bad data from a caller's file are never exceptions but `Issue`s; see `ulnlib.issues`.
No error holds a person's details, nor the text that was refused: a message says
what is wrong in codes, field names, positions and lengths.
Every error survives pickling, so that it can cross a process boundary.
"""

from __future__ import annotations

__all__ = [
    "InvalidData",
    "InvalidDate",
    "InvalidIdentifier",
    "InvalidPostcode",
    "InvalidUln",
    "InvalidValue",
    "MissingExtra",
    "NotARegister",
    "RegisterError",
    "RegisterRefused",
    "RegisterUnavailable",
    "UlnlibError",
]

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ulnlib.issues import Report


class UlnlibError(Exception):
    """The root of everything that ulnlib raises on purpose."""


class InvalidValue(UlnlibError, ValueError):
    """A text is not a value of the kind that was asked for.

    Attributes:
        reason: What is wrong, as a short stable word such as `length`.
        message: The same in a sentence, without the refused text.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(reason, message)
        self.reason = reason
        self.message = message

    def __str__(self) -> str:
        return self.message


class InvalidUln(InvalidValue):
    """A text is not a Unique Learner Number that can have been issued."""


class InvalidIdentifier(InvalidValue):
    """A text has not the shape of the identifier that was asked for."""


class InvalidPostcode(InvalidValue):
    """A text has not the shape of a postcode that the service accepts."""


class InvalidDate(InvalidValue):
    """A text is not a date in a format of the service."""


class InvalidData(UlnlibError, ValueError):
    """A report holds errors, and the caller asked for an exception then.

    Where something would be lost that a warning names, there may be only warnings.

    Attributes:
        report: The findings, all of them, in document order.
    """

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.report = report

    def __str__(self) -> str:
        errors = self.report.errors
        found, noun = (errors, "error") if errors else (self.report, "warning")
        noun += "" if len(found) == 1 else "s"
        return f"{len(found)} {noun}; the first: {found[0]}"


class RegisterError(UlnlibError):
    """The register could not do what was asked."""


class NotARegister(RegisterError):
    """The file is not a ulnlib register, is newer than this release, or is damaged."""


class RegisterUnavailable(RegisterError):
    """The register file cannot be read or written now: locked, read-only, disk full."""


class RegisterRefused(RegisterError):
    """A rule of the register forbids the operation.

    Attributes:
        code: The service's response code (`WSRC0021`), or a word of ours where the
            service has none.
        message: What is wrong and what to do, without any person's details.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.message} ({self.code})"


class MissingExtra(UlnlibError, ImportError):
    """An optional dependency is not installed; the message has the install line."""

    def __init__(self, extra: str) -> None:
        super().__init__(extra)
        self.extra = extra

    def __str__(self) -> str:
        return f"this needs an optional part: pip install 'ulnlib[{self.extra}]'"
