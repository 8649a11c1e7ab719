"""Science stands alone: its libraries are listed, small tables need none, and what is public says what it takes."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.architecture.reading import Module, modules

# What science may be built on; design.md's "numbers" row.
LIBRARIES = {"duckdb", "highspy", "ibis", "numpy", "pandas", "pydantic", "scipy", "statsmodels", "yaml"}
NUMERICAL = ("numpy", "scipy", "statsmodels", "highspy", "pandas", "ibis", "duckdb", "pyarrow")
# Too small to need a list of parameters: what they take stands in the one paragraph.
LONGEST_PLAIN = 4


def foreign(module: Module) -> list[str]:
    """Libraries that science may not use."""
    tops = ((line, name.split(".")[0]) for line, name in module.imports())
    return [
        f"{module.name}:{line} {top}"
        for line, top in tops
        if top not in LIBRARIES and top not in sys.stdlib_module_names and top != "lecen"
    ]


def public_functions(module: Module) -> Iterator[ast.FunctionDef]:
    yield from (node for node in module.tree.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_")


def untold(module: Module) -> list[str]:
    """Public functions of many inputs whose docstring leaves out what goes in, what comes out or what is refused."""
    faults = []
    for function in public_functions(module):
        said = ast.get_docstring(function) or ""
        inputs = len(function.args.args) + len(function.args.kwonlyargs)
        wanted = ("Parameters", "Returns", "Raises") if inputs > LONGEST_PLAIN else ("",)
        faults += [
            f"{module.name}:{function.lineno} {function.name}: {word or 'no docstring'}"
            for word in wanted
            if not said or word not in said
        ]
    return faults


def science() -> list[Module]:
    return [module for module in modules() if module.name.startswith("lecen.science")]


def test_science_uses_the_listed_libraries_alone():
    assert [fault for module in science() for fault in foreign(module)] == []


def test_public_functions_say_what_they_take_give_and_refuse():
    assert [fault for module in science() for fault in untold(module)] == []


def test_a_foreign_library_is_found():
    code = "import json\nimport numpy as np\nimport requests\nfrom sklearn.cluster import KMeans\n"

    assert foreign(Module("lecen.science.x", code)) == ["lecen.science.x:3 requests", "lecen.science.x:4 sklearn"]


def test_a_silent_function_is_found():
    code = 'def f(a):\n    pass\ndef g(a, b, *, c, d, e):\n    """Do. Parameters: four. Returns: one."""\ndef _h():\n    pass\n'

    assert untold(Module("m", code)) == ["m:1 f: no docstring", "m:3 g: Raises"]


@pytest.mark.parametrize(
    "start",
    ["import lecen.science.disclosure", "import django; django.setup(); import lecen.config.urls, lecen.config.wsgi"],
)
def test_small_tables_and_web_workers_need_no_numerical_library(start):
    code = f"{start}\nimport sys\nprint([name for name in {NUMERICAL} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert re.search(r"\[\]\s*\Z", done.stdout), done.stdout
