"""The commands that need the platform: its settings, its database, its areas."""

import os
from collections.abc import Sequence
from importlib import import_module

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from rich.console import Console

from lecen.config.command import FAILED, USAGE, run
from lecen.kernel.commands import Command
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.features import features


def main(words: Sequence[str], console: Console, *, besides: Sequence[Command] = ()) -> int:
    """Set the platform up and run one command; `besides` are those that would do without it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lecen.config.settings")
    try:
        django.setup()
        return run([*offered_commands(), *besides], words, console)
    except Refused as refusal:
        console.print(f"[bold red]Refused:[/] {refusal.message}", soft_wrap=True)
        return USAGE
    except NotAllowed:
        console.print("[bold red]Not allowed.[/]")
        return USAGE
    except (ImproperlyConfigured, OperationalError) as error:
        console.print(f"[bold red]Not ready:[/] {error}", soft_wrap=True)
        return FAILED


def offered_commands() -> list[Command]:
    """The platform's own commands, then the areas' in reading order; imported only after `django.setup()`."""
    modules = ["lecen.config.platform_commands", *(feature.commands for feature in features() if feature.commands)]
    return [command for module in modules for command in import_module(module).COMMANDS]
