"""The `lecen` command: an argparse front; what needs the platform is read only when it is asked for."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

from rich.console import Console

from lecen.kernel.commands import Command
from lecen.science.errors import ScienceError

USAGE, FAILED = 2, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 refused or used wrongly."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    console = Console(stderr=True, highlight=False)
    try:
        if words[:1] == [ANALYZE.path]:
            return run((ANALYZE,), words, console)
        return import_module("lecen.config.platform").main(words, console, besides=(ANALYZE,))
    except ScienceError as refusal:
        console.print("[bold red]Refused:[/]", end=" ")
        console.print(str(refusal), soft_wrap=True, markup=False, emoji=False)
        return USAGE
    except OSError as error:
        absent = isinstance(error, FileNotFoundError | IsADirectoryError)
        console.print(f"[bold red]{'Cannot read' if absent else 'Cannot read or write'}[/]", end=" ")
        console.print(f"{error.filename}: {error.strerror}", soft_wrap=True, markup=False, emoji=False)
        return USAGE
    except KeyboardInterrupt:
        console.print("Stopped.")
        return 130


def run(commands: Iterable[Command], words: Sequence[str], console: Console) -> int:
    """Run the one of `commands` that `words` begin with."""
    chosen = build_parser(commands).parse_args(words)
    return chosen.command.run(chosen, console)


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


def _configure_analyze(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", type=Path, metavar="PLAN.yaml", help="the plan of the study")
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER", help="where its data file lies (default: beside the plan)"
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where results go (default: beside the plan)")


def _analyze(arguments: argparse.Namespace, console: Console) -> int:
    # Read only now: it brings the numerical libraries. It needs neither settings nor a database.
    return import_module("lecen.config.analysis").analyze(arguments.plan, arguments.data, arguments.out, console)


ANALYZE = Command(
    "analyze", "Run a study as its plan says, and write verdict, table, chart and report", _analyze, _configure_analyze
)


if __name__ == "__main__":
    sys.exit(main())
