"""Who is told what: one outbox, one message for each person, thing and occasion, claimed before it is sent."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models, transaction
from django.db.models import Value
from django.db.models.functions import Cast, Concat

from lecen.kernel import mail
from lecen.kernel.codes import keyed_hash
from lecen.kernel.features import notice_kinds
from lecen.kernel.models import Notice, NoticePreference, NoticeState

logger = logging.getLogger(__name__)
CLAIM_ENDS_AFTER = timedelta(minutes=10)
MOST_ATTEMPTS = 5
PERSON = "user:"  # begins the key of a recipient with an account


@dataclass(frozen=True)
class Recipient:
    """Where a message goes: a person of the network, or an address that somebody gave for this purpose."""

    address: str
    language: str = "en"
    user_id: UUID | None = None

    @property
    def key(self) -> str:
        return f"{PERSON}{self.user_id}" if self.user_id else keyed_hash(self.address.strip().lower())


@dataclass(frozen=True)
class Message:
    """Title and Markdown body, in the language of the recipient."""

    title: str
    body: str


def notify(
    *, kind: str, to: Recipient, about: models.Model, occasion: str, message: Message, due_at: datetime
) -> Notice | None:
    """Queue `message`; the second call for the same kind, person, thing and occasion changes nothing.

    Returns None where the person does not want this kind.
    """
    if to.user_id and notice_kinds()[kind].optional and not wants(user_id=to.user_id, kind=kind):
        return None
    notice, _created = Notice.objects.get_or_create(
        kind=kind,
        recipient=to.key,
        subject=subject_key(about),
        occasion=occasion,
        defaults={
            "address": to.address,
            "language": to.language,
            "title": message.title[:200],
            "body": message.body,
            "due_at": due_at,
        },
    )
    return notice


def count_queued(*, kind: str, to: Recipient, since: datetime) -> int:
    """How many messages of `kind` to this recipient were due after `since`, sent or not."""
    return Notice.objects.filter(kind=kind, recipient=to.key, due_at__gt=since).count()


def withdraw(*, about: models.Model, kind: str, occasion: str | None = None) -> int:
    """Take back the messages of `kind` about a thing that were not sent yet."""
    waiting = Notice.objects.filter(subject=subject_key(about), kind=kind, state=NoticeState.WAITING)
    if occasion is not None:
        waiting = waiting.filter(occasion=occasion)
    return waiting.update(state=NoticeState.WITHDRAWN)


def wants(*, user_id: UUID, kind: str) -> bool:
    wish = NoticePreference.objects.filter(user_id=user_id, kind=kind).values_list("wanted", flat=True).first()
    return True if wish is None else wish


def subject_key(about: models.Model) -> str:
    return f"{about._meta.label_lower}:{about.pk}"


def send_due(*, at: datetime) -> int:
    """Send what is due. What was in flight when a worker died is marked unknown and never sent again."""
    Notice.objects.filter(state=NoticeState.CLAIMED, claimed_at__lt=at - CLAIM_ENDS_AFTER).update(
        state=NoticeState.UNKNOWN
    )
    due = Notice.objects.filter(state=NoticeState.WAITING, due_at__lte=at).order_by("due_at", "pk")
    return sum(_send(key, at) for key in list(due.values_list("pk", flat=True)[:500]))


def _send(key: UUID, at: datetime) -> bool:
    claimed = Notice.objects.filter(pk=key, state=NoticeState.WAITING).update(state=NoticeState.CLAIMED, claimed_at=at)
    if not claimed:
        return False
    notice = Notice.objects.get(pk=key)
    try:
        mail.send(to=notice.address, title=notice.title, body=notice.body, language=notice.language)
    except mail.NotAccepted:
        again = notice.attempts + 1 < MOST_ATTEMPTS
        Notice.objects.filter(pk=key).update(
            state=NoticeState.WAITING if again else NoticeState.WITHDRAWN,
            attempts=notice.attempts + 1,
            due_at=at + timedelta(minutes=5 * 2**notice.attempts),
        )
        return False
    except Exception:
        logger.exception("Notice %s may or may not have been sent", key)
        Notice.objects.filter(pk=key).update(state=NoticeState.UNKNOWN)
        return False
    Notice.objects.filter(pk=key).update(state=NoticeState.SENT)
    return True


def forget_addresses(*, at: datetime, after: timedelta = timedelta(days=30)) -> int:
    """Erase addresses and texts of messages that were due more than `after` ago.

    The keyed hash of a resident's address goes too: with the key it would still tell who meant to come to what.
    """
    old = Notice.objects.filter(due_at__lt=at - after).exclude(state=NoticeState.WAITING).exclude(title="")
    with transaction.atomic():
        forgotten = Concat(Value("forgotten:"), Cast("pk", models.CharField()))
        old.exclude(recipient__startswith=PERSON).update(recipient=forgotten)
        return old.update(address="", body="", title="")
