"""What the tests of the command share."""

import pytest

from ulnlib.uln import is_valid


@pytest.fixture(scope="session")
def ulns():
    """ULNs that are not of the test range, in order."""
    return [str(n) for n in range(1_000_000_000, 1_000_001_000) if is_valid(str(n))]
