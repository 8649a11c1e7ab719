"""`lecen import neighborhoods` and `lecen import agencies`: a dry run first, then all or nothing."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone
from rich.console import Console
from rich.progress import track

from lecen.domains.agencies.choices import Role, Standing
from lecen.domains.agencies.exchange.boundaries import read_boundaries
from lecen.domains.agencies.exchange.tables import all_errors, read_agencies
from lecen.domains.agencies.logic import Finding, Reading
from lecen.domains.agencies.queries.agencies import agency_called
from lecen.domains.agencies.queries.imports import Comparison, compare
from lecen.domains.agencies.services.agencies import import_agencies
from lecen.domains.agencies.services.imports import prepare_import, publish_import
from lecen.domains.agencies.services.positions import NewPosition, give_position
from lecen.kernel.commands import Command
from lecen.kernel.viewer import SYSTEM

DONE, REVIEW = 0, 1
SHOWN = 20


def _neighborhoods_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a GeoJSON file of areas, in WGS84, up to 20 MB")
    parser.add_argument("--agency", required=True, metavar="SLUG", help="whose neighborhoods they are")
    parser.add_argument("--code-property", default="", metavar="NAME", help="the property with the code")
    parser.add_argument("--name-property", default="", metavar="NAME", help="the property with the name")
    parser.add_argument("--join-same-code", action="store_true", help="areas with the same code are parts of one")
    parser.add_argument("--leave-out-refused", action="store_true", help="publish although areas were refused")
    purpose = parser.add_mutually_exclusive_group()
    purpose.add_argument("--dry-run", action="store_true", help="only read and report")
    purpose.add_argument("--publish", action="store_true", help="publish at once instead of keeping a preview")


def _neighborhoods(arguments: Namespace, console: Console) -> int:
    agency = agency_called(slug=arguments.agency)
    reading = _read(arguments, console)
    kept = {finding.code for finding in reading.refusals}
    comparison = compare(agency=agency, areas=reading.areas, kept=kept)
    _report(reading, comparison, console)
    if arguments.dry_run:
        console.print("Dry run: nothing was written.")
        return REVIEW if reading.refusals else DONE
    if not comparison.changes_anything:
        console.print("These boundaries are already published: nothing to do.")
        return REVIEW if reading.refusals and not arguments.leave_out_refused else DONE
    at = timezone.now()
    review = prepare_import(by=SYSTEM, agency_id=agency.pk, file_name=arguments.file.name, reading=reading, at=at)
    if not arguments.publish or (reading.refusals and not arguments.leave_out_refused):
        console.print(f"Kept as a preview for a lead to publish: {review.get_absolute_url()}", soft_wrap=True)
        return REVIEW if arguments.publish else DONE
    publish_import(by=SYSTEM, import_id=review.pk, at=at)
    console.print(f"[bold green]Published:[/] {len(reading.areas)} neighborhoods of {agency.name}.")
    return DONE


def _read(arguments: Namespace, console: Console) -> Reading:
    def follow(features: Sequence[Any]) -> Iterator[Any]:
        yield from track(features, description="Boundaries", console=console)

    with arguments.file.open("rb") as stream:
        return read_boundaries(
            stream,
            code_property=arguments.code_property,
            name_property=arguments.name_property,
            join_same_code=arguments.join_same_code,
            follow=follow,
        )


def _report(reading: Reading, comparison: Comparison, console: Console) -> None:
    for kind, count in Counter(finding.kind for finding in reading.repairs).items():
        console.print(f"Repaired ({kind}): {count} {'area' if count == 1 else 'areas'}")
    _list(reading.refusals, "[bold red]Refused[/]", console)
    _list(reading.overlaps, "[bold yellow]Overlap[/]", console)
    console.print(
        f"{len(comparison.added)} new, {len(comparison.redrawn)} redrawn, {len(comparison.renamed)} renamed, "
        f"{len(comparison.unchanged)} unchanged, {len(comparison.ended)} to end"
    )


def _list(found: Sequence[Finding], word: str, console: Console) -> None:
    for finding in found[:SHOWN]:
        console.print(f"{word} area {finding.row} ({finding.code or 'no code'}): {finding}", soft_wrap=True)
    if len(found) > SHOWN:
        console.print(f"{word}: {len(found) - SHOWN} more, listed in the preview")


def _agencies_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a CSV file; docs/how-to/import-agencies.md names its columns")
    parser.add_argument("--dry-run", action="store_true", help="only read and report")


def _agencies(arguments: Namespace, console: Console) -> int:
    with arguments.file.open("rb") as stream:
        rows, errors = read_agencies(stream)
    if errors:
        raise all_errors(errors)
    if arguments.dry_run:
        console.print(f"{len(rows)} agencies can be imported. Dry run: nothing was written.")
        return DONE
    result = import_agencies(by=SYSTEM, rows=rows, at=timezone.now())
    console.print(f"{result.created} added, {result.updated} updated, {result.unchanged} unchanged")
    return DONE


def _position_options(parser: ArgumentParser) -> None:
    parser.add_argument("email", help="the address of a person who has an account")
    parser.add_argument("--role", choices=Role.values, required=True)
    parser.add_argument("--standing", choices=Standing.values, default=Standing.CIVILIAN)
    parser.add_argument("--agency", default="", metavar="SLUG", help="where; an operator holds the role in the network")


def _give_position(arguments: Namespace, console: Console) -> int:
    agency = agency_called(slug=arguments.agency) if arguments.agency else None
    position = NewPosition(
        email=arguments.email,
        role=arguments.role,
        standing=arguments.standing,
        agency_id=agency.pk if agency else None,
    )
    given = give_position(by=SYSTEM, position=position, at=timezone.now())
    console.print(f"{given.user} is {given.get_role_display().lower()} until {given.expires_on}.")
    return DONE


COMMANDS = (
    Command("import neighborhoods", "read the boundaries of an agency", _neighborhoods, _neighborhoods_options),
    Command("import agencies", "add or update agencies from a CSV file", _agencies, _agencies_options),
    Command("position give", "attest that a person holds a role, for one year", _give_position, _position_options),
)
