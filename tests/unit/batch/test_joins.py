"""What joining came to: a table, plain values, and what became of a record."""

import json

import attrs
import pytest

from builders.outputs import PEOPLE, ULNS, UPLOAD, output, sent
from ulnlib import batch
from ulnlib.batch import Fate
from ulnlib.batch.joins import IN_ORDER


def test_the_table_names_every_record_and_no_person():
    back = output(codes=["RC004", "RC007"])
    back = attrs.evolve(back, records=back.records[:7])
    people = [PEOPLE[0].evolve(uln=ULNS[20]), *PEOPLE[1:]]

    text = batch.join(sent(people), back, uploaded=UPLOAD).table().decode()

    lines = text.splitlines()
    assert len(lines) == 9
    assert f",RC004,{ULNS[20]},{ULNS[0]},{ULNS[20]},uln," in lines[1]
    assert ",RC007,,,,,yes,2027-01-05,Possible match" in lines[2]
    assert "(assumed)" in lines[2]
    assert lines[8].startswith("1,9,M8,missing,,,,,,,,yes,,")
    assert not any(one.family_name in text for one in PEOPLE)


def test_the_plain_values_name_no_person_unless_asked():
    people = [one.evolve(uln=ULNS[n]) for n, one in enumerate(PEOPLE)]
    people[0] = people[0].evolve(town="Newtown")
    result = batch.join(sent(), output(people))

    plain, personal = result.to_dict(), result.to_dict(personal=True)

    assert plain["is_complete"] is True
    assert plain["records"][0]["answer"]["updates"][1] == {
        "field": "town",
        "kind": "changed",
        "value": None,
    }
    assert "Newtown" not in json.dumps(plain)
    assert "Newtown" in json.dumps(personal)
    assert "Newtown" not in repr(result.records[0].answer)


def test_ulns_that_are_not_real_are_said_to_be_none():
    back = output()
    values = attrs.evolve(back.values, file_name="SYNTHETIC - ULNs NOT REAL x")
    result = batch.join(sent(), attrs.evolve(back, values=values))

    assert result.is_synthetic
    assert b"NOT REAL" in result.table().splitlines()[0]
    assert batch.join(sent(), output()).is_synthetic is False


@pytest.mark.parametrize("fate", Fate)
def test_every_fate_says_what_it_is_and_what_to_do(fate):
    assert fate.meaning.endswith(".")
    assert (fate.remedy == "") is (fate in IN_ORDER)
