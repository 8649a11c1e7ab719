"""What is named in a string exists: features, pages, reactions and due work are tables of dotted names."""

import ast
import re

from tests.architecture.reading import Module, modules

DOTTED = re.compile(r"lecen\.(config|domains|kernel|science)(\.[a-zA-Z_]\w*)*")


def defined(module: Module) -> set[str]:
    """The names that a module offers at its top level."""
    names = set()
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
    return names


def dangling(found: list[Module]) -> list[str]:
    """Dotted names in strings that lead to no module, function, class or constant."""
    known = {module.name: module for module in found}
    folders = {name.rsplit(".", cut)[0] for name in known for cut in range(1, name.count(".") + 1)}
    faults = []
    for module in found:
        for line, text in module.strings():
            if not DOTTED.fullmatch(text) or text in known or text in folders:
                continue
            owner, _, name = text.rpartition(".")
            if owner not in known or name not in defined(known[owner]):
                faults.append(f"{module.name}:{line} {text}")
    return faults


def test_dotted_names_lead_somewhere():
    assert dangling(modules()) == []


def test_a_dotted_name_that_leads_nowhere_is_found():
    charts = Module("lecen.kernel.charts", "LIMIT = 3\ndef draw(*, at): ...\n")
    pages = Module(
        "lecen.config.pages",
        'A = ("lecen.kernel.charts", "lecen.kernel.charts.draw", "lecen.kernel.charts.LIMIT", "lecen.kernel")\n'
        'B = ("lecen.kernel.charts.draw_due", "lecen.kernel.maps")\n',
    )
    assert dangling([charts, pages]) == [
        "lecen.config.pages:2 lecen.kernel.charts.draw_due",
        "lecen.config.pages:2 lecen.kernel.maps",
    ]
