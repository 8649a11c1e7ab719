"""Events from a CSV file: read row by row, each fault named by its row and column."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from lecen.domains.agencies import rules as agencies
from lecen.domains.agencies.choices import SPOKEN_LANGUAGES
from lecen.domains.engagement.choices import AccessFeature
from lecen.domains.engagement.services.events import EventDraft
from lecen.domains.library.choices import EventKind
from lecen.kernel.columns import (
    ChoiceColumn,
    IntegerColumn,
    LanguagesColumn,
    LocalDatetimeColumn,
    TextColumn,
)
from lecen.kernel.errors import Refused
from lecen.kernel.tables import Remark, Row, read_csv
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import Viewer


@dataclass(frozen=True)
class CodesColumn(TextColumn):
    """Codes between commas or semicolons, each one of `known`: code without case → what it stands for."""

    known: Mapping[str, Any] = field(default_factory=dict)

    def read(self, text: str, row: Mapping[str, str]) -> tuple[Any, ...]:
        codes = [code.strip() for code in re.split(r"[,;]", super().read(text, row)) if code.strip()]
        unknown = [code for code in codes if code.casefold() not in self.known]
        if unknown:
            raise Refused(_("“%(code)s” is not known here.") % {"code": unknown[0]})
        return tuple(dict.fromkeys(self.known[code.casefold()] for code in codes))


@dataclass
class EventTable:
    """Drafts of the rows that are right; `errors` name what keeps the others out, `notes` how cells were read."""

    drafts: list[EventDraft]
    errors: list[Remark]
    notes: list[Remark]


def read_events(stream: IO[bytes], *, agency: Any, viewer: Viewer) -> EventTable:
    """The events in a file of `agency`; times are those of the clock at its place."""
    table = read_csv(stream, _columns(agency, viewer), key=("key",))
    drafts = []
    for row in table.rows:
        if row["ends"] <= row["starts"]:
            table.errors.append(Remark(row.number, "ends", _("The end must come after the start.")))
        else:
            drafts.append(_draft(row, agency))
    return EventTable(drafts, sorted(table.errors, key=lambda remark: remark.row), table.notes)


def event_key(agency: Any, key: str) -> UUID:
    """The same key of the same agency is the same event, however often its file is read."""
    return uuid5(agency.pk, f"event:{key.casefold()}")


def _columns(agency: Any, viewer: Viewer) -> list[TextColumn]:
    neighborhoods = agencies.visible_neighborhoods(viewer).filter(agency=agency)
    return [
        TextColumn("key", max_length=60),
        TextColumn("title_en", max_length=120),
        TextColumn("title_es", required=False, max_length=120),
        TextColumn("purpose_en", max_length=400),
        TextColumn("purpose_es", required=False, max_length=400),
        TextColumn("description_en", required=False, max_length=4000),
        TextColumn("description_es", required=False, max_length=4000),
        ChoiceColumn("kind", choices=EventKind.values),
        LocalDatetimeColumn("starts", zone=agency.time_zone),
        LocalDatetimeColumn("ends", zone=agency.time_zone),
        TextColumn("place", max_length=120),
        TextColumn("address", required=False, max_length=200),
        LanguagesColumn("languages", required=False, languages=[code for code, _name in SPOKEN_LANGUAGES]),
        CodesColumn("access", required=False, known={value: value for value in AccessFeature.values}),
        CodesColumn("neighborhoods", required=False, known={area.code.casefold(): area for area in neighborhoods}),
        IntegerColumn("seats", required=False, minimum=1, maximum=100_000),
    ]


def _draft(row: Row, agency: Any) -> EventDraft:
    starts: datetime = row["starts"]
    return EventDraft(
        event_id=event_key(agency, row["key"]),
        agency=agency,
        title=_text(row, "title"),
        purpose=_text(row, "purpose"),
        description=_text(row, "description"),
        kind=row["kind"],
        starts_at=starts,
        ends_at=row["ends"],
        time_zone=agency.time_zone,
        place=row["place"],
        address=row["address"] or "",
        languages=row["languages"] or (),
        access=row["access"] or (),
        neighborhoods=row["neighborhoods"] or (),
        capacity=row["seats"],
    )


def _text(row: Row, name: str) -> TranslatedText:
    return TranslatedText.of(en=row[f"{name}_en"] or "", es=row[f"{name}_es"] or "")
