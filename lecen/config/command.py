"""The `lecen` command: an argparse front; the areas offer their commands, errors come without a traceback."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from rich.console import Console

from lecen.kernel.commands import Command
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.features import features

USAGE, FAILED = 2, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 refused or used wrongly."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lecen.config.settings")
    console = Console(stderr=True, highlight=False)
    try:
        django.setup()
        chosen = build_parser(offered_commands()).parse_args(arguments)
        return chosen.command.run(chosen, console)
    except Refused as refusal:
        console.print(f"[bold red]Refused:[/] {refusal.message}", soft_wrap=True)
        return USAGE
    except NotAllowed:
        console.print("[bold red]Not allowed.[/]")
        return USAGE
    except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
        console.print(f"[bold red]Cannot read {error.filename}:[/] {error.strerror}", soft_wrap=True)
        return USAGE
    except (ImproperlyConfigured, OperationalError) as error:
        console.print(f"[bold red]Not ready:[/] {error}", soft_wrap=True)
        return FAILED
    except KeyboardInterrupt:
        console.print("Stopped.")
        return 130


def offered_commands() -> list[Command]:
    """The platform's own commands, then the areas' in reading order; imported only after `django.setup()`."""
    modules = ["lecen.config.platform_commands", *(feature.commands for feature in features() if feature.commands)]
    return [command for module in modules for command in import_module(module).COMMANDS]


def build_parser(commands: Iterable[Command]) -> argparse.ArgumentParser:
    """A parser whose subcommands follow the words of each command's path."""
    parser = argparse.ArgumentParser(prog="lecen", description="The LECEN platform's command line.")
    branches = {(): parser.add_subparsers(metavar="COMMAND", required=True)}
    for command in commands:
        *group, last = command.path.split()
        branch = _branch(branches, tuple(group))
        leaf = branch.add_parser(last, help=command.help, description=command.help)
        command.configure(leaf)
        leaf.set_defaults(command=command)
    return parser


def _branch(branches: dict, group: tuple[str, ...]) -> argparse._SubParsersAction:
    if group not in branches:
        above = _branch(branches, group[:-1])
        middle = above.add_parser(group[-1], help=f"{' '.join(group)} …")
        branches[group] = middle.add_subparsers(metavar="WHAT", required=True)
    return branches[group]


if __name__ == "__main__":
    sys.exit(main())
