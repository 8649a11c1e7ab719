"""Commands of the platform as a whole: database, due work, audit, demonstration."""

import base64
import logging
import os
import secrets
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from rich.console import Console
from rich.progress import track

from lecen.kernel import audit, due
from lecen.kernel.commands import Command
from lecen.kernel.errors import Refused
from lecen.kernel.features import features, load

logger = logging.getLogger(__name__)


def _keys_make(arguments: Namespace, console: Console) -> int:
    """Never writes over keys: what they encrypted could not be read again."""
    made = {
        "LECEN_SECRET_KEY": secrets.token_urlsafe(50),
        "LECEN_FIELD_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "LECEN_CODE_KEY": secrets.token_urlsafe(50),
    }
    arguments.file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(arguments.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        console.print(f"{arguments.file} exists and stays as it is")
        return 0
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"{name}={value}\n" for name, value in made.items())
    console.print(f"Keys written to {arguments.file}: keep them out of the database and of its backup")
    return 0


def _keys_make_options(parser: ArgumentParser) -> None:
    parser.add_argument("--file", type=Path, default=settings.VAR_DIR / "keys.env", help="where they are written")


def _migrate(_arguments: Namespace, _console: Console) -> int:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return 0


def _tick(arguments: Namespace, console: Console) -> int:
    while True:
        handed_over = due.enqueue_due(at=timezone.now())
        if arguments.once:
            console.print(f"{handed_over} due jobs handed to the worker")
            return 0
        time.sleep(60 - time.time() % 60)


def _tick_options(parser: ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="hand over what is due and end, for cron")


def _audit_verify(arguments: Namespace, console: Console) -> int:
    verdict = audit.verify(witnessed_head=arguments.head)
    for fault in verdict.faults:
        console.print(f"[bold red]{fault}[/]")
    console.print(f"{verdict.batches} batches, head {verdict.head or 'none yet'}")
    return 0 if verdict.whole else 1


def _audit_verify_options(parser: ArgumentParser) -> None:
    parser.add_argument("--head", default="", help="a head exported earlier, which must still be in the chain")


def _demo_load(_arguments: Namespace, console: Console) -> int:
    if not settings.DEMO:
        raise Refused("The demonstration network is loaded only where LECEN_DEMO=1 is set.")
    loaders = [feature for feature in features() if feature.demo]
    for feature in track(loaders, description="Demonstration network", console=console):
        load(feature.demo)(at=timezone.now())
    return 0


COMMANDS = (
    Command("keys make", "make the keys of a new installation, once", _keys_make, _keys_make_options),
    Command("migrate", "create or update the database", _migrate),
    Command("tick", "hand due work to the worker, every minute", _tick, _tick_options),
    Command(
        "audit verify", "recompute the audit chain and say whether it is whole", _audit_verify, _audit_verify_options
    ),
    Command("demo load", "load the fictional demonstration network, once", _demo_load),
)
