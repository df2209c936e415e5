"""`ulnlib batch convert`: another version of a batch file, or another form."""

from __future__ import annotations

__all__ = ["convert_command"]

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from ulnlib.batch import LAYOUTS, OUTPUT_LAYOUTS, Conversion, convert, read, write
from ulnlib.batch.layouts.layout import RETURN_CODE, Layout
from ulnlib.cli.batch import batch
from ulnlib.cli.files import refuse_input, refuse_twice, write_whole
from ulnlib.cli.findings import findings_table, refuse_file, show_findings
from ulnlib.cli.places import OUT, Place
from ulnlib.cli.screen import JSON_OPTION, plural, show_json
from ulnlib.errors import InvalidValue
from ulnlib.fields import FIELDS
from ulnlib.issues import Severity

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@batch.command("convert")
@click.argument("path", type=_FILE, metavar="FILE")
@OUT
@click.option(
    "--to",
    "version",
    type=click.Choice(list(LAYOUTS), case_sensitive=False),
    help="The version; that of FILE by default.",
)
@click.option(
    "--form",
    type=click.Choice(["csv", "xml"], case_sensitive=False),
    help="The form; that of FILE by default.",
)
@click.option(
    "--share",
    type=click.Choice(["hold", "0", "1"]),
    default="hold",
    show_default=True,
    help="What becomes of ability to share 2, which version 3A does not have: hold "
    "leaves such learners out; 1 for those who were given the privacy notice since; 0 "
    "for those without a ULN.",
)
@click.option(
    "--drop",
    multiple=True,
    metavar="FIELD",
    type=click.Choice([*FIELDS, RETURN_CODE]),
    help="A field that may be left out where the version has no place for it, such as "
    "upn or uci; may be given several times.",
)
@click.option("--reference", default="", help="Your own reference for row 2.")
@click.option(
    "--findings",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write all findings to a CSV table.",
)
@JSON_OPTION
def convert_command(  # noqa: PLR0913, PLR0917  # the options of the command
    path: Path,
    output: Path,
    version: str | None,
    form: str | None,
    share: str,
    drop: Sequence[str],
    reference: str,
    findings: Path | None,
    *,
    as_json: bool,
) -> None:
    """Write a batch file in another version.

    A learner whose record does not fit whole into the version is left out and named.
    What is wrong with FILE and would not be seen in the new file is shown: what is in
    no record, as an unknown column, and what makes it doubtful whether all is there
    and rightly read, as a wrong count, a missing heading or a guessed encoding.

    Exit status 0: every learner was converted, and no error shown (there may be
    warnings); 1: some were left out, or there is an error in FILE; 2: FILE cannot be
    read as a batch file to its end, and nothing was written.
    """
    for one in (output, findings):
        if one is not None:
            refuse_input(one, path)
    refuse_twice(output, findings)
    file = read(path)
    if file.layout is None or file.report.fatal:
        refuse_file(path, file.report.fatal, as_json=as_json)
        raise SystemExit(2)
    converted = partial(
        convert,
        file,
        _target(file.layout, version),
        share=None if share == "hold" else share,
        drop=drop,
        form=None if form is None else form.upper(),
    )
    try:
        found = converted(file_name=reference or None)
    except InvalidValue as error:
        raise click.UsageError(error.message) from None
    written: list[Path] = []
    if found.file.records:
        suffix = found.file.style.form
        written = [_place(output, path, found, suffix)]
        refuse_input(written[0], path)
        refuse_twice(written[0], findings)
        if suffix == "CSV" and file.style.form == "XML" and not reference:
            found = converted(file_name=written[0].stem)  # it needs one
        write_whole(written[0], write(found.file))
    if findings is not None:
        write_whole(findings, findings_table(found.report))
    _show(found, written, as_json=as_json)
    if not found.report.is_ok:
        raise SystemExit(1)


def _place(output: Path, path: Path, found: Conversion, suffix: str) -> Path:
    """Return where the file goes; only an LRB file is named like one."""
    place = Place(output, found.file.values.ukprn or "", suffix)
    layout = found.file.layout
    if not place.is_folder or layout is None or layout.is_of_learners:
        return place.paths(1)[0]
    target = output / f"{path.stem}.{suffix}"
    if target.exists():
        raise click.UsageError(f"{target} is there already; give another folder")
    output.mkdir(parents=True, exist_ok=True)
    return target


def _target(layout: Layout, version: str | None) -> Layout:
    """Return the layout of a version, of an output file where the file is one."""
    if version is None or version.upper() == layout.version:
        return layout
    for versions in (LAYOUTS, OUTPUT_LAYOUTS):
        if versions[version.upper()].kind == layout.kind:
            return versions[version.upper()]
    raise click.UsageError(
        f"FILE is {layout}, which has no version {version.upper()}; leave --to out"
    )


def _show(found: Conversion, written: Sequence[Path], *, as_json: bool) -> None:
    layout, report = found.file.layout, found.report
    count = len(found.file.records)
    if as_json:
        show_json(
            {
                "version": 1,
                "kind": "batch-convert",
                "layout": str(layout),
                "converted": count,
                "left_out": list(found.left_out),
                "errors": len(report.errors),
                "warnings": len(report.of(Severity.WARNING)),
                "file": str(written[0]) if written else None,
                "issues": [item.to_dict() for item in report],
            }
        )
        return
    show_findings(report)
    learners = plural(count, "learner")
    if written:
        click.echo(f"{learners} in version {layout}: {written[0]}")
    else:
        click.echo("No learner fits into this version; nothing was written.")
    if found.left_out:
        click.echo(f"{plural(len(found.left_out), 'learner')} left out; see above.")
