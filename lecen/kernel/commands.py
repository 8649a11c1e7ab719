"""What an area's `commands.py` offers the `lecen` command."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console


@dataclass(frozen=True)
class Command:
    """`lecen <path>`, such as `import neighborhoods`; `run` returns the exit code and may raise `Refused`."""

    path: str
    help: str
    run: Callable[[Namespace, Console], int]
    configure: Callable[[ArgumentParser], None] = lambda _parser: None
