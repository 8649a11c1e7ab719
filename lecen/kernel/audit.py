"""What was done, by whom and why: written inside the transaction of the act, sealed into a chain by `tick`."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from lecen.kernel.models import AnonymousAct, AuditBatch, AuditEntry, AuditReason
from lecen.kernel.viewer import Viewer, ViewerKind
from lecen.science.disclosure import DEFAULT_K

UNSIGNED = {ViewerKind.ANONYMOUS, ViewerKind.RECEIPT, ViewerKind.LINK}
ROWS_A_BATCH = 10_000


def record(*, by: Viewer, act: str, on: models.Model, why: str = "", at: datetime | None = None) -> None:
    """Note that `by` did `act` (`event.published`) to `on`. What nobody signed is only counted."""
    if by.kind in UNSIGNED:
        AnonymousAct.objects.create(act=act)
        return
    entry = AuditEntry.objects.create(
        at=at or timezone.now(),
        viewer_kind=by.kind,
        user_id=by.user_id,
        act=act,
        on_type=on._meta.label_lower,
        on_id=str(on.pk),
        why_hash=_digest(why) if why else "",
    )
    if why:
        AuditReason.objects.create(entry=entry, text=why)


def seal(*, at: datetime) -> int:
    """Close the unsealed rows into the next batch; returns how many rows and counts it took in."""
    with transaction.atomic():
        last = AuditBatch.objects.select_for_update().order_by("-number").first()
        entries = list(AuditEntry.objects.filter(batch=None).order_by("pk")[:ROWS_A_BATCH])
        acts = _unsigned_acts()
        if not entries and not acts:
            return 0
        batch = AuditBatch(
            number=last.number + 1 if last else 1,
            sealed_at=at,
            row_count=len(entries),
            rows_hash=_rows_hash(entries),
            anonymous_acts=dict(sorted(Counter(act for _key, act in acts).items())),
            previous_hash=last.hash if last else "",
        )
        batch.hash = _batch_hash(batch)
        batch.save()
        AuditEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(batch=batch)
        AnonymousAct.objects.filter(pk__in=[key for key, _act in acts]).delete()
    return len(entries) + len(acts)


def _unsigned_acts() -> list[tuple[UUID, str]]:
    """What waits to be counted. Fewer than ten of a kind wait on: a count of one a minute would say who it was."""
    waiting = list(AnonymousAct.objects.order_by("pk").values_list("pk", "act")[:ROWS_A_BATCH])
    often = Counter(act for _key, act in waiting)
    return [(key, act) for key, act in waiting if often[act] >= DEFAULT_K]


@dataclass(frozen=True)
class Verdict:
    """Whether the chain is whole; `faults` says in which batch it is not, `head` is the newest hash."""

    head: str
    batches: int
    faults: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not self.faults


def verify(*, witnessed_head: str = "") -> Verdict:
    """Recompute every batch. A witnessed head that is not in the chain means that history was rewritten."""
    faults: list[str] = []
    seen: set[str] = set()
    previous, expected = "", 1
    for batch in AuditBatch.objects.order_by("number").iterator():
        entries = list(batch.entries.order_by("pk"))
        if batch.number != expected:
            faults.append(f"batch {expected} is missing")
        if len(entries) != batch.row_count or _rows_hash(entries) != batch.rows_hash:
            faults.append(f"rows of batch {batch.number} were changed")
        if batch.previous_hash != previous or _batch_hash(batch) != batch.hash:
            faults.append(f"batch {batch.number} does not follow the one before it")
        previous, expected = batch.hash, batch.number + 1
        seen.add(previous)
    if witnessed_head and witnessed_head not in seen:
        faults.append("the witnessed head is not in the chain")
    return Verdict(head=previous, batches=len(seen), faults=tuple(faults))


def _rows_hash(entries: Iterable[AuditEntry]) -> str:
    return _digest("".join(_row_hash(entry) for entry in entries))


def _row_hash(entry: AuditEntry) -> str:
    return _canonical(
        str(entry.pk),
        entry.at.astimezone(UTC).isoformat(),
        entry.viewer_kind,
        str(entry.user_id or ""),
        entry.act,
        entry.on_type,
        entry.on_id,
        entry.why_hash,
    )


def _batch_hash(batch: AuditBatch) -> str:
    return _canonical(batch.number, batch.row_count, batch.rows_hash, batch.anonymous_acts, batch.previous_hash)


def _canonical(*values: object) -> str:
    return _digest(json.dumps(values, sort_keys=True, separators=(",", ":")))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
