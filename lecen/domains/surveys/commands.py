"""The surveys area's part of the `lecen` command."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils import timezone
from rich.console import Console

from lecen.domains.surveys import services
from lecen.kernel.commands import Command
from lecen.kernel.viewer import SYSTEM


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, help="where the files are; content/instruments without it")


def _load(arguments: Namespace, console: Console) -> int:
    count = services.load_instruments(by=SYSTEM, at=timezone.now(), folder=arguments.folder)
    console.print(f"{count} instrument(s) added or changed.")
    return 0


COMMANDS = (Command("instruments load", "load the questionnaires", _load, _configure),)
