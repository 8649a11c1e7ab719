"""What the code leaves out: signals, imports inside functions, clocks asked everywhere, a kernel that knows its areas."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.reading import AREAS, Module, modules

# What may be imported when it is needed and not before. Each such line also says so: `# lazy: reason`.
LAZY = {
    "PIL": "pictures are rare; a worker without it is 10 MB smaller",
    "icalendar": "only calendar files need it",
    "numpy": "a web worker never computes",
    "shapely": "brings numpy; only drawing and finding neighborhoods need it",
    "typst": "only documents need it",
    "vl_convert": "holds a JavaScript engine of 80 MB",
}
SIGNALS = {"receiver", "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "pre_init", "post_init"}

CLOCK = {
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
}
# Where a request or an operator comes in; below, time is an input.
ASK_THE_CLOCK = {"views", "api", "tasks", "commands", "middleware", "adapters"}
ALSO_ASK_THE_CLOCK = {
    "lecen.config.platform_commands": "commands of the platform",
    "lecen.kernel.audit": "a row keeps when it was written, whatever time the act was told",
    "lecen.kernel.changes": "a row keeps when it was written",
    "lecen.kernel.limiter": "a decorator of views",
}


def signals(module: Module) -> list[str]:
    return [f"{module.name}:{line} {name}" for line, name in module.imports() if name.split(".")[-1] in SIGNALS]


def hidden_imports(module: Module) -> list[str]:
    """Imports inside functions that are not listed above or do not say why."""
    lines = module.code.splitlines()
    faults = []
    for node in nested_imports(module.tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [module.origin(node)]
        listed = all(name.split(".")[0] in LAZY for name in names)
        around = " ".join(lines[max(node.lineno - 2, 0) : node.end_lineno])
        if not (listed and re.search(r"# lazy: \w", around)):
            faults.append(f"{module.name}:{node.lineno} {', '.join(names)}")
    return faults


def nested_imports(tree: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = {node for function in functions for node in ast.walk(function)}
    yield from (node for node in ast.walk(tree) if node in inside and isinstance(node, ast.Import | ast.ImportFrom))


def clock_readings(module: Module) -> list[str]:
    """Where the clock is asked by a module that should be told the time."""
    if {module.name.split(".")[-1], module.layer} & ASK_THE_CLOCK or module.name in ALSO_ASK_THE_CLOCK:
        return []
    return [
        f"{module.name}:{node.lineno} {node.value.id}.{node.attr}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CLOCK
    ]


def known_areas(module: Module) -> list[str]:
    """Areas named by the kernel, as imports, dotted names or the names of pages and models."""
    named = [(line, name) for line, name in module.imports() if name.startswith("lecen.domains")]
    pattern = re.compile(rf"lecen\.domains|^({'|'.join(AREAS)})[:.][A-Za-z]")
    named += [(line, text) for line, text in module.strings() if pattern.search(text)]
    return [f"{module.name}:{line} {text}" for line, text in named]


def test_no_module_listens_to_signals():
    assert [fault for module in modules() for fault in signals(module)] == []


def test_no_import_hides_in_a_function():
    assert [fault for module in modules() for fault in hidden_imports(module)] == []


def test_the_clock_is_asked_at_the_edge():
    assert [fault for module in modules() for fault in clock_readings(module)] == []


def test_the_kernel_knows_no_area():
    below = [module for module in modules() if module.name.startswith(("lecen.kernel", "lecen.science"))]

    assert [fault for module in below for fault in known_areas(module)] == []


def test_a_signal_is_found():
    code = "from django.dispatch import receiver\nfrom django.db.models.signals import post_save\n"

    assert signals(Module("m", code)) == ["m:1 django.dispatch.receiver", "m:2 django.db.models.signals.post_save"]


def test_an_import_in_a_function_is_found_unless_listed_with_its_reason():
    code = """
import json
def a():
    import json
    import typst
    from shapely import box  # lazy: brings numpy
    # lazy: a JavaScript engine
    import vl_convert
    from .models import Event  # lazy: circle
"""
    assert hidden_imports(Module("lecen.x", code)) == ["lecen.x:4 json", "lecen.x:5 typst", "lecen.x:9 lecen.models"]


def test_a_clock_below_the_edge_is_found():
    code = "from django.utils import timezone\nfield = DateTimeField(default=timezone.now)\n"

    assert clock_readings(Module("lecen.domains.library.models", code)) == [
        "lecen.domains.library.models:2 timezone.now"
    ]
    assert clock_readings(Module("lecen.domains.library.views.resources", code)) == []


def test_an_area_in_the_kernel_is_found():
    code = 'from lecen.domains import library\nurl = "library:home"\nmodel = "accounts.User"\nword = "library"\n'

    assert known_areas(Module("lecen.kernel.x", code)) == [
        "lecen.kernel.x:1 lecen.domains.library",
        "lecen.kernel.x:2 library:home",
        "lecen.kernel.x:3 accounts.User",
    ]
