"""What the tests of the command share."""

import pytest

from ulnlib.uln import is_valid


@pytest.fixture(scope="session")
def ulns():
    """ULNs that are not of the test range, in order."""
    return [str(n) for n in range(1_000_000_000, 1_000_001_000) if is_valid(str(n))]


@pytest.fixture
def name_in_folder(monkeypatch):
    """The name that every file gets which is put into a folder."""
    name = "LRB_10012345_211120260900.CSV"
    monkeypatch.setattr("ulnlib.cli.places.portal_name", lambda *_: name)
    return name
