"""What the fuzzer found, or what led it further, is read without an error.

`tools/fuzz.py` writes the folder: small inputs, a folder for each reader, each of which
leads where no other does; a name that begins with `found` once was an error.
"""

import pytest

from builders.readers import CORPUS, READERS

FILES = sorted(CORPUS.glob("*/*"))


def test_the_corpus_is_there_and_small():
    assert {path.parent.name for path in FILES} == set(READERS)
    assert sum(path.stat().st_size for path in FILES) < 300_000


@pytest.mark.parametrize("reader", READERS)
def test_every_input_of_the_corpus_is_read(reader):
    for path in FILES:
        if path.parent.name == reader:
            try:
                READERS[reader](path.read_bytes())
            except Exception as error:  # noqa: BLE001  # any at all is one too many
                pytest.fail(f"{path.name}: {type(error).__name__}: {error}")
