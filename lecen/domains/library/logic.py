"""What a playbook's content says, as typed values. The shape itself is checked where files are read, in `exchange`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lecen.domains.library.choices import ConditionRating, ContactCondition, Direction
from lecen.kernel.translated import TranslatedText

# The reader meets what speaks for it first, and within one direction the strongest study first.
DIRECTION_ORDER = (Direction.FAVORS, Direction.MIXED, Direction.NO_EFFECT, Direction.NOT_STUDIED, Direction.HARM)


def say_days(days: int) -> str:
    """`3 weeks before`, `On the day`, `2 days after`."""
    if days == 0:
        return _("On the day")
    size = abs(days)
    if size % 7 == 0:
        weeks = size // 7
        if days < 0:
            return ngettext("%(weeks)d week before", "%(weeks)d weeks before", weeks) % {"weeks": weeks}
        return ngettext("%(weeks)d week after", "%(weeks)d weeks after", weeks) % {"weeks": weeks}
    if days < 0:
        return ngettext("%(days)d day before", "%(days)d days before", size) % {"days": size}
    return ngettext("%(days)d day after", "%(days)d days after", size) % {"days": size}


def say_length(minutes: int) -> str:
    """`2 hours 30 minutes`."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours})
    if rest:
        parts.append(ngettext("%(minutes)d minute", "%(minutes)d minutes", rest) % {"minutes": rest})
    return " ".join(parts)


def text(value: Mapping[str, str]) -> TranslatedText:
    """`{en: …, es: …}` of a content file; English is the source."""
    return TranslatedText.of(source="en", **value)


@dataclass(frozen=True)
class RoleOutline:
    key: str
    name: TranslatedText
    does: TranslatedText
    count: int


@dataclass(frozen=True)
class TaskOutline:
    """`days` from the event, negative before it; a follow-up comes after the last session."""

    key: str
    days: int
    role: str
    title: TranslatedText
    detail: TranslatedText
    is_follow_up: bool
    role_name: TranslatedText

    @property
    def when(self) -> str:
        return say_days(self.days)


@dataclass(frozen=True)
class PartnerOutline:
    key: str
    name: TranslatedText
    why: TranslatedText


@dataclass(frozen=True)
class SafeguardOutline:
    key: str
    text: TranslatedText


@dataclass(frozen=True)
class ConditionOutline:
    condition: ContactCondition
    rating: ConditionRating
    plan: TranslatedText
    hint: TranslatedText


@dataclass(frozen=True)
class AgendaItem:
    minutes: int
    starts_after: int  # minutes from the beginning
    text: TranslatedText


@dataclass(frozen=True)
class PlaybookContent:
    """A reading of the content of one version of a playbook."""

    raw: Mapping[str, Any]

    @property
    def sessions(self) -> int:
        return self.raw["sessions"]

    @cached_property
    def audience(self) -> TranslatedText:
        return text(self.raw["audience"])

    @cached_property
    def not_affiliated(self) -> TranslatedText:
        return text(self.raw.get("not_affiliated", {}))

    @cached_property
    def limits(self) -> TranslatedText:
        return text(self.raw["limits"])

    @cached_property
    def materials(self) -> list[TranslatedText]:
        return [text(line) for line in self.raw["materials"]]

    @cached_property
    def measures(self) -> list[TranslatedText]:
        return [text(line) for line in self.raw["measures"]]

    @cached_property
    def roles(self) -> list[RoleOutline]:
        return [
            RoleOutline(entry["key"], text(entry["name"]), text(entry["does"]), entry["count"])
            for entry in self.raw["roles"]
        ]

    @cached_property
    def tasks(self) -> list[TaskOutline]:
        last_session = self.raw.get("last_session_day", 0)
        names = {role.key: role.name for role in self.roles}
        return [
            TaskOutline(
                key=entry["key"],
                days=entry["days"],
                role=entry["role"],
                title=text(entry["title"]),
                detail=text(entry["detail"]),
                is_follow_up=entry["days"] > last_session,
                role_name=names[entry["role"]],
            )
            for entry in self.raw["tasks"]
        ]

    @cached_property
    def partners(self) -> list[PartnerOutline]:
        return [PartnerOutline(entry["key"], text(entry["name"]), text(entry["why"])) for entry in self.raw["partners"]]

    @cached_property
    def safeguards(self) -> list[SafeguardOutline]:
        return [SafeguardOutline(entry["key"], text(entry["text"])) for entry in self.raw["safeguards"]]

    @cached_property
    def conditions(self) -> list[ConditionOutline]:
        entries = self.raw["contact_conditions"]
        return [
            ConditionOutline(
                condition=condition,
                rating=ConditionRating(entries[condition]["rating"]),
                plan=text(entries[condition]["plan"]),
                hint=text(entries[condition]["hint"]),
            )
            for condition in ContactCondition
        ]

    @cached_property
    def agenda(self) -> list[AgendaItem]:
        items, minutes = [], 0
        for entry in self.raw["agenda"]:
            items.append(AgendaItem(entry["minutes"], minutes, text(entry["text"])))
            minutes += entry["minutes"]
        return items


def same_content(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two readings of a file say the same; the version itself does not count."""
    return {**one, "version": 0} == {**other, "version": 0}
