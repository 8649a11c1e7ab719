"""What the building blocks keep: the audit chain, the outbox of changes, notices, due work and short links."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelsearch import index

from lecen.kernel.ids import uuid7
from lecen.kernel.secrets import EncryptedTextField


class AuditBatch(models.Model):
    """A sealed run of audit rows; its hash covers the rows and the batch before it."""

    number = models.PositiveBigIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    row_count = models.PositiveIntegerField()
    rows_hash = models.CharField(max_length=64)
    anonymous_acts = models.JSONField(default=dict)  # act -> how often; never who or on what
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.number}: {self.hash[:12]}"


class AuditEntry(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    viewer_kind = models.CharField(max_length=12)
    user_id = models.UUIDField(null=True)
    act = models.CharField(max_length=60)
    on_type = models.CharField(max_length=60)
    on_id = models.CharField(max_length=40)
    why_hash = models.CharField(max_length=64, blank=True)
    batch = models.ForeignKey(AuditBatch, null=True, on_delete=models.PROTECT, related_name="entries")

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["on_type", "on_id", "-at"], name="audit_by_subject"),
            models.Index(fields=["batch", "id"], name="audit_by_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.on_type} {self.on_id}"


class AuditReason(models.Model):
    """Free text stands apart so that it can be erased; the chain keeps its hash."""

    entry = models.OneToOneField(AuditEntry, primary_key=True, on_delete=models.CASCADE, related_name="reason")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]


class AnonymousAct(models.Model):
    """An act nobody signed: counted into the next batch and deleted there."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    act = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.act


class Delivery(models.Model):
    """One change on its way to one reaction."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    change = models.CharField(max_length=120)
    payload = models.JSONField()
    reaction = models.CharField(max_length=160)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["due_at", "id"], name="delivery_due", condition=models.Q(delivered_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.change} → {self.reaction}"


class NoticeState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    UNKNOWN = "unknown", _("Unknown: may or may not have been sent")
    WITHDRAWN = "withdrawn", pgettext_lazy("message", "Withdrawn")


class Notice(models.Model):
    """A message to one person about one thing on one occasion, sent once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=60)
    recipient = models.CharField(max_length=80)  # `user:<id>`, or the keyed hash of an address
    subject = models.CharField(max_length=100)  # `engagement.event:<id>`
    occasion = models.CharField(max_length=60)
    address = EncryptedTextField()
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    body = EncryptedTextField()  # Markdown
    state = models.CharField(max_length=12, choices=NoticeState, default=NoticeState.WAITING)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "recipient", "subject", "occasion"], name="notice_once"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="notice_due", condition=models.Q(state="waiting")),
            models.Index(fields=["state", "claimed_at"], name="notice_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.occasion}"


class NoticePreference(models.Model):
    """A person's wish about one kind of notice; without a row the kind's default holds."""

    user_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    wanted = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "kind"], name="notice_preference_once")]

    def __str__(self) -> str:
        return self.kind


class DueRun(models.Model):
    """When a due job was last handed to the worker and when it ended."""

    name = models.CharField(max_length=160, primary_key=True)
    enqueued_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class ShortLink(models.Model):
    """A short public address for a QR code or a flyer; it leads to a path of this site only."""

    code = models.CharField(max_length=16, primary_key=True)
    path = models.CharField(max_length=300, unique=True)

    def __str__(self) -> str:
        return self.code


class ChartImage(models.Model):
    """A drawn chart, kept by the hash of what it shows; empty until the worker has drawn it."""

    key = models.CharField(max_length=64, primary_key=True)
    specification = models.JSONField()
    svg = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.key[:12]


class SearchEntry(index.Indexed, models.Model):
    """What one object can be found by: its words in all languages, without case and accents."""

    # A row of its own, because the search backend compares keys as text and so misses UUIDs on SQLite.
    source = models.CharField(max_length=60)  # the object's model: `engagement.event`
    object_id = models.UUIDField()
    title = models.TextField()
    body = models.TextField(blank=True)

    search_fields = [
        index.SearchField("title", boost=4),
        index.SearchField("body"),
        index.FilterField("source"),
        index.FilterField("object_id"),
    ]
    search_auto_update = False  # written by `kernel.search`, in the transaction of the change

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [models.UniqueConstraint(fields=["source", "object_id"], name="search_entry_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.object_id}"
