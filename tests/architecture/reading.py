"""How the architecture tests read the code: as text and syntax trees, without importing it."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
# The earliest first; the contract of the import linter is the one place that states the order.
AREAS: tuple[str, ...] = tuple(reversed(CONTRACTS[1]["layers"]))
LAYERS: frozenset[str] = frozenset(re.findall(r"\w+", " ".join(CONTRACTS[2]["layers"])))


@dataclass(frozen=True)
class Module:
    """One file of Python: `name` is dotted, `code` what it says."""

    name: str
    code: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.code)

    @property
    def area(self) -> str | None:
        parts = self.name.split(".")
        return parts[2] if parts[:2] == ["lecen", "domains"] and len(parts) > 2 else None

    @property
    def layer(self) -> str | None:
        """The role that the file's name gives it in its area: `services` for `engagement/services/events.py`."""
        parts = self.name.split(".")
        return parts[3] if self.area and len(parts) > 3 else None

    def imports(self) -> Iterator[tuple[int, str]]:
        """Each dotted thing imported with its line; `from a import b` is `a.b`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, f"{self.origin(node)}.{alias.name}") for alias in node.names)

    def origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.name.split(".")
        above = parts[: len(parts) - node.level + self.is_package]
        return ".".join([*above, *([node.module] if node.module else [])])

    def strings(self) -> Iterator[tuple[int, str]]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.lineno, node.value


def modules(root: Path = ROOT) -> list[Module]:
    """All of `lecen` below `root` but its migrations."""
    found = []
    for path in sorted((root / "lecen").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if "migrations" not in parts:
            is_package = parts[-1] == "__init__"
            name = ".".join(parts[:-1] if is_package else parts)
            found.append(Module(name, path.read_text(), is_package))
    return found
