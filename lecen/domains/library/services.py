"""Writes of the library: content files become versions of playbooks."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from lecen.domains.library import rules
from lecen.domains.library.changes import PlaybookPublished
from lecen.domains.library.logic import same_content, text
from lecen.domains.library.models import EvidenceCard, Playbook
from lecen.kernel import audit, changes, search
from lecen.kernel.errors import Refused
from lecen.kernel.rules import require
from lecen.kernel.viewer import Viewer


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


def publish_playbook(*, by: Viewer, content: Mapping[str, Any]) -> Outcome:
    """Make the checked `content` of a file the current version of its playbook; saying it again changes nothing.

    A version from which a plan began never changes: the plan's safeguards and dates must stay explainable.
    """
    with transaction.atomic():
        require(rules.can_publish_playbooks, by)
        versions = Playbook.objects.select_for_update().filter(slug=content["id"])
        current = versions.filter(is_current=True).first()
        if current and current.version == content["version"] and same_content(current.content, content):
            return Outcome.SAME
        playbook = _version_to_write(current, content)
        outcome = Outcome.CHANGED if current else Outcome.NEW
        for old in versions.exclude(pk=playbook.pk).filter(is_current=True):
            search.remove(old)
        versions.exclude(pk=playbook.pk).update(is_current=False)
        _write(playbook, content)
        search.index(
            playbook, title=playbook.name, body=[playbook.summary, playbook.purpose, playbook.outline.audience]
        )
        audit.record(by=by, act="playbook.published", on=playbook)
        changes.publish(PlaybookPublished(playbook_id=playbook.pk))
    return outcome


def _version_to_write(current: Playbook | None, content: Mapping[str, Any]) -> Playbook:
    if current is None or content["version"] > current.version:
        return Playbook()
    names = {"name": content["id"], "version": current.version}
    if content["version"] < current.version:
        raise Refused(_("%(name)s: version %(version)d is already here. Raise the version in the file.") % names)
    if _is_in_use(current):
        raise Refused(
            _(
                "%(name)s: the file has changed, and a plan already uses version %(version)d. "
                "Raise the version in the file; plans that began keep the old one."
            )
            % names
        )
    return current


def _is_in_use(playbook: Playbook) -> bool:
    """Whether anything that protects its playbook from deletion refers to this version; later areas need no name."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: playbook}).exists()
        for relation in Playbook._meta.related_objects
        if relation.on_delete is models.PROTECT
    )


def _write(playbook: Playbook, content: Mapping[str, Any]) -> None:
    playbook.slug, playbook.version, playbook.is_current = content["id"], content["version"], True
    playbook.name, playbook.summary = text(content["name"]), text(content["summary"])
    playbook.purpose, playbook.kind = text(content["purpose"]), content["kind"]
    playbook.lead_time_days = content["lead_time_days"]
    playbook.duration_minutes = content["duration_minutes"]
    playbook.tags, playbook.content = list(content["good_for"]), dict(content)
    playbook.full_clean()
    playbook.save()
    playbook.evidence.all().delete()
    EvidenceCard.objects.bulk_create(
        EvidenceCard(
            playbook=playbook,
            position=position,
            outcome=text(entry["outcome"]),
            strength=entry["strength"],
            direction=entry["direction"],
            summary=text(entry["summary"]),
            citation=entry["citation"],
            link=entry.get("link", ""),
            is_verified=entry["verified"],
        )
        for position, entry in enumerate(content["evidence"], 1)
    )
