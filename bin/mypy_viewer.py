"""Tells mypy what our middleware puts on every request: `viewer` and `htmx`."""

from collections.abc import Callable

from mypy.nodes import MypyFile
from mypy.plugin import ClassDefContext, Plugin
from mypy.plugins.common import add_attribute_to_class

REQUEST = "django.http.request.HttpRequest"
ADDED = {"viewer": "lecen.kernel.viewer.Viewer", "htmx": "django_htmx.middleware.HtmxDetails"}


def add_attributes(context: ClassDefContext) -> None:
    for name, fullname in ADDED.items():
        kind = context.api.named_type_or_none(fullname)
        if kind is None:
            context.api.defer()
        elif name not in context.cls.info.names:
            add_attribute_to_class(context.api, context.cls, name, kind)


class ViewerPlugin(Plugin):
    def get_additional_deps(self, file: MypyFile) -> list[tuple[int, str, int]]:
        modules = {fullname.rpartition(".")[0] for fullname in ADDED.values()}
        return [(10, module, -1) for module in modules] if file.fullname == REQUEST.rpartition(".")[0] else []

    def get_customize_class_mro_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        return add_attributes if fullname == REQUEST else None


def plugin(_version: str) -> type[Plugin]:
    return ViewerPlugin
