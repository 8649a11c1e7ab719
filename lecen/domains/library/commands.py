"""`lecen content load`: what stands in content files becomes what the library shows."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.conf import settings
from rich.console import Console

from lecen.domains.library import exchange, services
from lecen.kernel.commands import Command
from lecen.kernel.viewer import SYSTEM


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder", nargs="?", type=Path, default=settings.CONTENT_DIR, help="the folder that holds playbooks/ (content)"
    )


def _load(arguments: Namespace, console: Console) -> int:
    """All files are read before the first is written, so that a mistake in one changes nothing."""
    contents = [exchange.read_playbook(path) for path in exchange.playbook_files(arguments.folder)]
    for content in contents:
        outcome = services.publish_playbook(by=SYSTEM, content=content)
        console.print(f"{content['id']}, version {content['version']}: {outcome}")
    return 0


COMMANDS = (Command(path="content load", help="load the playbooks", configure=_configure, run=_load),)
