"""What an area offers the platform, as data. `config/features.py` lists the features: the table of contents."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

Text = str | Promise


@dataclass(frozen=True)
class MenuItem:
    """A line of a menu; `shown_to` is a dotted `rule(viewer) -> bool`, without one everybody sees it."""

    label: Text
    url_name: str
    shown_to: str = ""
    place: str = "main"  # main, header, desk or footer


@dataclass(frozen=True)
class SearchSource:
    """Something that can be found: `visible` is a dotted `visible_nouns(viewer) -> QuerySet`."""

    name: str
    label: Text
    visible: str


@dataclass(frozen=True)
class NoticeKind:
    """A kind of message. One that people cannot switch off answers what they themselves asked for."""

    name: str
    label: Text
    optional: bool = True
    content_free: bool = False  # says only that there is something to read


@dataclass(frozen=True)
class Feature:
    """An area's offer. Callables are dotted strings, so that the table of contents imports nothing heavy."""

    name: str
    title: Text
    urls: str = ""
    prefix: str = ""  # where its pages stand: `events/`
    api: str = ""
    commands: str = ""
    menu: tuple[MenuItem, ...] = ()
    panels: Mapping[str, str] = field(default_factory=dict)  # name -> (viewer, subject) -> Panel | None
    search: tuple[SearchSource, ...] = ()
    notices: tuple[NoticeKind, ...] = ()
    grants: str = ""  # (*, user_id, at) -> Iterable[Grant]
    due: tuple[str, ...] = ()  # (*, at) -> int, run by tick
    demo: str = ""  # (*, at) -> None, run once in reading order


def features() -> tuple[Feature, ...]:
    return import_string(settings.LECEN_FEATURES)


@cache
def load(dotted: str) -> Callable[..., Any]:
    return import_string(dotted)


@cache
def notice_kinds() -> dict[str, NoticeKind]:
    return {kind.name: kind for feature in features() for kind in feature.notices}


@cache
def panel_functions() -> dict[str, Callable[..., Any]]:
    """Every offered panel under `area.name`."""
    return {
        f"{feature.name}.{name}": import_string(dotted)
        for feature in features()
        for name, dotted in feature.panels.items()
    }
