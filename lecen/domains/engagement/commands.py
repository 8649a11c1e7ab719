"""The engagement area's part of the `lecen` command."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils import timezone
from rich.console import Console

from lecen.domains.agencies import rules as agencies
from lecen.domains.engagement.exchange.event_table import EventTable, read_events
from lecen.domains.engagement.services.event_imports import import_events
from lecen.kernel.commands import Command
from lecen.kernel.errors import Refused
from lecen.kernel.viewer import SYSTEM

FAULTY = 1


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a CSV file; its columns are in docs/how-to/import-events.md")
    parser.add_argument("--agency", required=True, help="the agency's short name, as in its address")
    parser.add_argument("--dry-run", action="store_true", help="read and check the file, write nothing")


def _import(arguments: Namespace, console: Console) -> int:
    """Nothing is written unless every row is right."""
    agency = agencies.visible_agencies(SYSTEM).filter(slug=arguments.agency).first()
    if agency is None:
        raise Refused(f"There is no agency “{arguments.agency}”.")
    with arguments.file.open("rb") as stream:
        table = read_events(stream, agency=agency, viewer=SYSTEM)
    _report(table, console)
    if table.errors:
        console.print(f"Nothing was imported: {len(table.errors)} fault(s). Mend them and run the command again.")
        return FAULTY
    if arguments.dry_run:
        console.print(f"{len(table.drafts)} event(s) can be imported. Nothing was written.")
        return 0
    done = import_events(by=SYSTEM, drafts=table.drafts, at=timezone.now())
    console.print(f"{done.created} draft(s) made, {done.known} known already and left as they are.")
    return 0


def _report(table: EventTable, console: Console) -> None:
    for note in table.notes:
        console.print(f"[yellow]{note}[/]", soft_wrap=True)
    for error in table.errors:
        console.print(f"[bold red]{error}[/]", soft_wrap=True)


COMMANDS = (Command(path="import events", help="draft events from a CSV file", configure=_configure, run=_import),)
