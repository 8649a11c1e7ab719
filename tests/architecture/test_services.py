"""Every write names its inputs and who does it."""

import ast

from tests.architecture.reading import Module, modules

# Called by the platform and not by a person: a reaction to a change, and what a tick finds due.
BY_THE_PLATFORM = ({"change", "at"}, {"change"}, {"at"})


def unsigned(module: Module) -> list[str]:
    """Public functions of a service module that take a positional input or no actor."""
    faults = []
    for node in module.tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        names = {argument.arg for argument in node.args.kwonlyargs}
        positional = node.args.posonlyargs + node.args.args or node.args.vararg
        if positional or ("by" not in names and names not in BY_THE_PLATFORM):
            faults.append(f"{module.name}:{node.lineno} {node.name}")
    return faults


def test_services_are_keyword_only_and_done_by_somebody():
    services = [module for module in modules() if module.layer == "services"]

    assert [fault for module in services for fault in unsigned(module)] == []


def test_a_service_without_an_actor_or_with_a_positional_input_is_found():
    code = """
def open_forum(*, by, title): ...
def close_forum(*, forum_id): ...
def hide_post(by, post_id): ...
def tell_followers(*, change, at): ...
def send_due(*, at): ...
def _lock(forum): ...
"""
    assert unsigned(Module("lecen.domains.x.services", code)) == [
        "lecen.domains.x.services:3 close_forum",
        "lecen.domains.x.services:4 hide_post",
    ]
