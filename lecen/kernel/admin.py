from django.contrib import admin

from lecen.kernel.administration import ReadOnlyAdmin
from lecen.kernel.models import AuditBatch, AuditEntry, Delivery, DueRun, Notice


@admin.register(AuditBatch)
class AuditBatchAdmin(ReadOnlyAdmin):
    """Without the counts of anonymous acts: a batch a minute, they would tell when somebody answered."""

    list_display = ["number", "sealed_at", "row_count", "hash"]
    fields = ["number", "sealed_at", "row_count", "rows_hash", "previous_hash", "hash"]
    ordering = ["-number"]


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "act", "on_type", "on_id", "viewer_kind", "user_id"]
    list_filter = ["act"]
    ordering = ["-id"]


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Without address and text: they are the recipient's."""

    list_display = ["kind", "subject", "occasion", "state", "due_at", "attempts"]
    list_filter = ["state", "kind"]
    fields = ["kind", "subject", "occasion", "language", "state", "due_at", "claimed_at", "attempts"]
    ordering = ["-due_at"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ["change", "reaction", "due_at", "attempts", "delivered_at", "error"]
    fields = ["change", "reaction", "due_at", "attempts", "delivered_at", "error"]
    ordering = ["-due_at"]


@admin.register(DueRun)
class DueRunAdmin(ReadOnlyAdmin):
    list_display = ["name", "enqueued_at", "finished_at"]
