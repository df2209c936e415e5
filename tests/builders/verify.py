"""Verify files, row by row."""

from ulnlib import Learner

ADA = Learner(
    uln="1000000043",
    given_name="Ada",
    family_name="MacDonald",
    date_of_birth="2007-05-24",
    gender="2",
)
ASKED = (
    "FileVersion,FileName,UKPRN,LearnerRecordCount,"
    "MISIdentifier,ULN,FamilyName,GivenName,DateOfBirth,Gender\r\n"
)


def asked(*rows, count=None):
    first, *rest = rows
    count = len(rows) if count is None else count
    lines = [f"1,verify,10012345,{count},{first}", *[f",,,,{row}" for row in rest]]
    return (ASKED + "".join(f"{line}\r\n" for line in lines)).encode()
