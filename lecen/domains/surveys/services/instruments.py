"""Instruments come from `content/instruments/`, one file each; a version that is in use stays as it is."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lecen.domains.surveys import rules
from lecen.domains.surveys.logic import InstrumentContent, QuestionContent, read_instrument
from lecen.domains.surveys.models import Question, Questionnaire
from lecen.kernel import audit
from lecen.kernel.errors import Refused
from lecen.kernel.rules import require
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import Viewer


def load_instruments(*, by: Viewer, at: datetime, folder: Path | None = None) -> int:
    """Bring every instrument of `folder` in; returns how many were new or changed. All of them, or none."""
    require(rules.can_load_instruments, by)
    files = sorted((folder or settings.CONTENT_DIR / "instruments").glob("*.yaml"))
    with transaction.atomic():
        return sum(_load(read_instrument(_parse(file), file=file.name), by=by, at=at) for file in files)


def _parse(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Refused(
            _("%(file)s cannot be read as YAML: %(error)s") % {"file": file.name, "error": error}, field="file"
        ) from None


def _load(content: InstrumentContent, *, by: Viewer, at: datetime) -> bool:
    versions = list(Questionnaire.objects.select_for_update().filter(instrument=content.instrument).order_by("version"))
    existing = next((one for one in versions if one.version == content.version), None)
    if existing is None:
        return _add_version(content, versions, by=by, at=at)
    if _as_loaded(existing) == _as_kept(content):
        return False
    if existing.collectors.exists():
        raise Refused(
            _(
                "Version %(version)d of “%(instrument)s” is in use and cannot change: its answers would then be to other "
                "questions. Raise `version` in the file."
            )
            % {"version": content.version, "instrument": content.instrument},
            field="file",
        )
    existing.questions.all().delete()
    _write(existing, content)
    audit.record(by=by, act="questionnaire.changed", on=existing, at=at)
    return True


def _add_version(content: InstrumentContent, versions: list[Questionnaire], *, by: Viewer, at: datetime) -> bool:
    newest = not versions or content.version > versions[-1].version
    if newest:
        Questionnaire.objects.filter(pk__in=[one.pk for one in versions], is_current=True).update(is_current=False)
    added = Questionnaire(instrument=content.instrument, version=content.version, is_current=newest)
    _write(added, content)
    audit.record(by=by, act="questionnaire.added", on=added, at=at)
    return True


def _write(questionnaire: Questionnaire, content: InstrumentContent) -> None:
    for name in ("title", "introduction", "label", "thanks"):
        setattr(questionnaire, name, TranslatedText.of(**getattr(content, name)))
    questionnaire.full_clean()
    questionnaire.save()
    for position, asked in enumerate(content.questions, 1):
        question = Question(questionnaire=questionnaire, position=position, **_fields(asked))
        question.full_clean(exclude=["options"])
        question.save()


def _fields(asked: QuestionContent) -> dict[str, Any]:
    return {
        "key": asked.key,
        "kind": asked.kind,
        "text": TranslatedText.of(**asked.text),
        "help": TranslatedText.of(**asked.help),
        "is_required": asked.is_required,
        "options": [{"value": option["value"], "label": dict(option["label"])} for option in asked.options],
    }


def _as_kept(content: InstrumentContent) -> Mapping[str, Any]:
    kept = {name: TranslatedText.of(**getattr(content, name)) for name in ("title", "introduction", "label", "thanks")}
    return kept | {"questions": [_fields(asked) for asked in content.questions]}


def _as_loaded(questionnaire: Questionnaire) -> Mapping[str, Any]:
    loaded = {name: getattr(questionnaire, name) for name in ("title", "introduction", "label", "thanks")}
    names = ("key", "kind", "text", "help", "is_required", "options")
    questions = questionnaire.questions.order_by("position")
    return loaded | {"questions": [{name: getattr(question, name) for name in names} for question in questions]}
