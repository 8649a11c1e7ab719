"""Content files in: read strictly, so that a mistake is found with its file and its place, all of them at once."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from lecen.domains.library.choices import ConditionRating, ContactCondition, Direction, EventKind, Strength, Tag
from lecen.kernel.errors import Refused

KEY = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
WEB_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+")
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)

Faults = list[str]
Check = Callable[[Any, str, Faults], None]


def playbook_files(folder: Path) -> list[Path]:
    """The files of `folder`/playbooks in the order of their names; refused where there are none."""
    found = sorted((folder / "playbooks").glob("*.yaml"))
    if not found:
        raise Refused(_("There are no playbooks in %(folder)s.") % {"folder": folder / "playbooks"})
    return found


def read_playbook(path: Path) -> dict[str, Any]:
    """The content of one file, checked. Refused with every fault and where it stands."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise Refused(_("%(file)s is not UTF-8 text.") % {"file": path.name}) from error
    except yaml.YAMLError as error:
        raise Refused(_("%(file)s is not YAML: %(reason)s") % {"file": path.name, "reason": error}) from error
    faults: Faults = []
    PLAYBOOK(content, "", faults)
    if not faults:
        _agree(content, path, faults)
    if faults:
        raise Refused("\n".join(f"{path.name}: {fault}" for fault in faults))
    return content


def _agree(content: Mapping[str, Any], path: Path, faults: Faults) -> None:
    """What only several fields together can get wrong."""
    if content["id"] != path.stem:
        faults.append(_("id: the file must be named %(name)s.yaml") % {"name": content["id"]})
    for part in ("roles", "tasks", "partners", "safeguards"):
        keys = [entry["key"] for entry in content[part]]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        faults += [_("%(part)s: the key “%(key)s” is there twice") % {"part": part, "key": key} for key in twice]
    roles = {entry["key"] for entry in content["roles"]}
    for place, task in enumerate(content["tasks"]):
        if task["role"] not in roles:
            faults.append(_("tasks[%(place)d].role: no role “%(role)s”") % {"place": place, "role": task["role"]})
    days = [task["days"] for task in content["tasks"]]
    if days != sorted(days):
        faults.append(_("tasks: they must stand in the order of their days"))
    minutes = sum(entry["minutes"] for entry in content["agenda"])
    if minutes != content["duration_minutes"]:
        faults.append(
            _("agenda: its minutes add up to %(sum)d, and duration_minutes is %(whole)d")
            % {"sum": minutes, "whole": content["duration_minutes"]}
        )


def _whole(lowest: int, highest: int) -> Check:
    def check(value: Any, place: str, faults: Faults) -> None:
        if type(value) is not int or not lowest <= value <= highest:
            limits = {"place": place, "lowest": lowest, "highest": highest}
            faults.append(_("%(place)s: a whole number from %(lowest)d to %(highest)d is needed") % limits)

    return check


def _word(value: Any, place: str, faults: Faults) -> None:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        faults.append(_("%(place)s: a key in small letters is needed") % {"place": place})


def _sentence(value: Any, place: str, faults: Faults) -> None:
    if not isinstance(value, str) or not value.strip():
        faults.append(_("%(place)s: a text is needed") % {"place": place})


def _yes_or_no(value: Any, place: str, faults: Faults) -> None:
    if not isinstance(value, bool):
        faults.append(_("%(place)s: true or false is needed") % {"place": place})


def _address(value: Any, place: str, faults: Faults) -> None:
    """Empty where a source has no page of its own."""
    if not isinstance(value, str) or (value and not WEB_ADDRESS.fullmatch(value)):
        faults.append(_("%(place)s: an address that begins with https:// or http:// is needed") % {"place": place})


def _one_of(choices: Any) -> Check:
    def check(value: Any, place: str, faults: Faults) -> None:
        if value not in choices.values:
            words = get_text_list(choices.values, _("or"))
            faults.append(_("%(place)s: one of %(words)s is needed") % {"place": place, "words": words})

    return check


def _translated(longest: int) -> Check:
    """Every language of the site, none longer than `longest`."""

    def check(value: Any, place: str, faults: Faults) -> None:
        TEXTS(value, place, faults)
        if isinstance(value, dict):
            faults += [
                _("%(place)s.%(language)s: at most %(longest)d characters")
                % {"place": place, "language": language, "longest": longest}
                for language, words in value.items()
                if isinstance(words, str) and len(words.strip()) > longest
            ]

    return check


def _list_of(entry: Check) -> Check:
    def check(value: Any, place: str, faults: Faults) -> None:
        if not isinstance(value, list) or not value:
            faults.append(_("%(place)s: a list with at least one entry is needed") % {"place": place})
            return
        for index, each in enumerate(value):
            entry(each, f"{place}[{index}]", faults)

    return check


def _record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """A mapping with exactly these fields; the optional ones may be left out."""
    known = {**required, **(optional or {})}

    def check(value: Any, place: str, faults: Faults) -> None:
        if not isinstance(value, dict):
            faults.append(_("%(place)s: fields with names are needed") % {"place": place or _("the file")})
            return
        before = f"{place}." if place else ""
        faults += [_("%(place)s is missing") % {"place": f"{before}{name}"} for name in required if name not in value]
        faults += [_("%(place)s is not known") % {"place": f"{before}{name}"} for name in value if name not in known]
        for name, each in value.items():
            if name in known:
                known[name](each, f"{before}{name}", faults)

    return check


TEXTS = _record(dict.fromkeys(LANGUAGES, _sentence))
NAME, TITLE, LINE, PARAGRAPH = _translated(120), _translated(200), _translated(400), _translated(1000)
CONDITION = _record({"rating": _one_of(ConditionRating), "plan": LINE, "hint": LINE})
EVIDENCE = _record(
    {
        "outcome": TITLE,
        "strength": _one_of(Strength),
        "direction": _one_of(Direction),
        "summary": PARAGRAPH,
        "citation": _sentence,
        "verified": _yes_or_no,
    },
    {"link": _address},
)
TASK = _record({"key": _word, "days": _whole(-365, 730), "role": _word, "title": TITLE, "detail": PARAGRAPH})
PLAYBOOK = _record(
    {
        "id": _word,
        "version": _whole(1, 30_000),
        "name": NAME,
        "summary": PARAGRAPH,
        "purpose": LINE,  # proposed as the event's own
        "kind": _one_of(EventKind),
        "lead_time_days": _whole(1, 365),
        "duration_minutes": _whole(15, 24 * 60),
        "sessions": _whole(1, 52),
        "audience": PARAGRAPH,
        "good_for": _list_of(_one_of(Tag)),
        "roles": _list_of(_record({"key": _word, "name": NAME, "does": PARAGRAPH, "count": _whole(1, 500)})),
        "tasks": _list_of(TASK),
        "partners": _list_of(_record({"key": _word, "name": NAME, "why": PARAGRAPH})),
        "safeguards": _list_of(_record({"key": _word, "text": PARAGRAPH})),
        "contact_conditions": _record(dict.fromkeys(ContactCondition.values, CONDITION)),
        "materials": _list_of(LINE),
        "agenda": _list_of(_record({"minutes": _whole(1, 24 * 60), "text": LINE})),
        "measures": _list_of(LINE),
        "evidence": _list_of(EVIDENCE),
        "limits": PARAGRAPH,
    },
    {"not_affiliated": PARAGRAPH, "last_session_day": _whole(0, 365)},
)
