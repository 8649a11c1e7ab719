"""Who is told what, in which words: reactions to changes and what a tick finds due; run twice, they write once."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lecen.domains.engagement.changes import (
    EventCanceled,
    EventChanged,
    PartnerAnswered,
    PartnerInvited,
    PartnerWithdrawn,
    RegistrationMade,
)
from lecen.domains.engagement.choices import InvitationState
from lecen.domains.engagement.models import Event, EventPartner, Registration
from lecen.domains.engagement.queries import attendance as attendance_queries
from lecen.domains.engagement.queries import partners as partner_queries
from lecen.domains.engagement.queries.reminders import LATE, Reminder, reminders_due
from lecen.kernel.links import sign_link
from lecen.kernel.notify import Message, Recipient, count_queued, notify, withdraw

INVITATION = "engagement.invitation"
INVITATION_WITHDRAWN = "engagement.invitation_withdrawn"
PARTNER_ANSWERED = "engagement.partner_answered"
EVENT_CHANGED = "engagement.event_changed"
EVENT_CANCELED = "engagement.event_canceled"
REGISTERED = "engagement.registered"
MOST_CONFIRMED_A_DAY = 10  # to one address


# --- Partners ---
def send_invitation(*, change: PartnerInvited, at: datetime) -> None:
    """The link by which an organization answers."""
    partner = partner_queries.invitation(partner_id=change.partner_id)
    if partner is None or partner.state != InvitationState.INVITED:
        return
    address = partner_queries.partner_address(partner=partner)
    if address is None:
        return
    with translation.override(address.language):
        reminds = change.occasion.startswith("reminded")
        notify(
            kind=INVITATION,
            to=address,
            about=partner,
            occasion=change.occasion,
            message=_invitation(partner, reminds=reminds),
            due_at=at,
        )


def invitation_token(partner: EventPartner) -> str:
    """It ends with the invitation: after a new one, perhaps to another address, the old link answers nothing."""
    payload = {"partner": str(partner.pk), "invited": int(partner.invited_at.timestamp())}
    return sign_link(purpose="invitation", payload=payload, expires_at=partner.expires_at)


def _invitation(partner: EventPartner, *, reminds: bool) -> Message:
    event = partner.event
    words = _words(event) | {
        "organization": partner.organization.name,
        "role": partner.get_role_display(),
        "link": settings.BASE_URL + reverse("engagement:invitation", args=[invitation_token(partner)]),
    }
    title = _("Reminder: %(title)s") if reminds else _("Will you take part? %(title)s")
    body = _(
        "%(agency)s invites %(organization)s to take part in this event as: %(role)s.\n\n"
        "**%(title)s**\n\n%(when)s\n\n%(where)s\n\n%(purpose)s\n\n"
        "[Answer the invitation](%(link)s)\n\n"
        "You need no account. The link is for your organization only; it works once. "
        "If you accept, the name of your organization is shown on the public page of the event."
    )
    return Message(title=title % words, body=body % words)


def tell_organizer(*, change: PartnerAnswered, at: datetime) -> None:
    """Whoever sent the invitation hears the answer."""
    partner = partner_queries.invitation(partner_id=change.partner_id)
    if partner is None or partner.invited_by is None or partner.answered_at is None:
        return
    person = partner.invited_by
    with translation.override(person.language):
        words = _words(partner.event) | {"organization": partner.organization.name, "promise": partner.promise}
        if change.accepted:
            title = _("%(organization)s takes part: %(title)s") % words
            body = _("%(organization)s accepted your invitation to **%(title)s**.") % words
        else:
            title = _("%(organization)s cannot take part: %(title)s") % words
            body = _("%(organization)s declined your invitation to **%(title)s**.") % words
        if partner.promise:
            body += "\n\n" + _("They bring: %(promise)s") % words
        body += "\n\n" + settings.BASE_URL + reverse("engagement:event-manage", args=[partner.event_id])
        to = Recipient(address=person.email, language=person.language, user_id=person.pk)
        occasion = f"answered-{partner.answered_at:%Y-%m-%dT%H:%M:%S}"
        notify(
            kind=PARTNER_ANSWERED,
            to=to,
            about=partner,
            occasion=occasion,
            message=Message(title=title, body=body),
            due_at=at,
        )


def tell_withdrawn_partner(*, change: PartnerWithdrawn, at: datetime) -> None:
    """An invitation that has not gone out yet stays here; a partner who had accepted is told."""
    partner = partner_queries.invitation(partner_id=change.partner_id)
    if partner is None or partner.state != InvitationState.WITHDRAWN:
        return
    withdraw(about=partner, kind=INVITATION)
    address = partner_queries.partner_address(partner=partner)
    if not change.had_accepted or not address:
        return
    with translation.override(address.language):
        words = _words(partner.event) | {"organization": partner.organization.name}
        message = Message(
            title=_("No longer a partner: %(title)s") % words,
            body=_(
                "%(agency)s no longer lists %(organization)s as a partner of **%(title)s** (%(when)s). "
                "If this surprises you, call the agency."
            )
            % words,
        )
        notify(
            kind=INVITATION_WITHDRAWN,
            to=address,
            about=partner,
            occasion=f"withdrawn-{partner.invited_at:%Y-%m-%d}",
            message=message,
            due_at=at,
        )


# --- Events ---
def tell_of_change(*, change: EventChanged, at: datetime) -> None:
    """Day, time or place moved: everybody who counts on the event is told where and when it is now."""
    event = _event(change.event_id)
    if event is None or event.is_canceled or event.sequence != change.sequence:
        return  # a later change tells the newer state
    _tell_everybody(event, EVENT_CHANGED, f"sequence-{change.sequence}", at)


def tell_of_cancellation(*, change: EventCanceled, at: datetime) -> None:
    event = _event(change.event_id)
    if event is None:
        return
    withdraw(about=event, kind=EVENT_CHANGED)
    _tell_everybody(event, EVENT_CANCELED, "canceled", at)


def _tell_everybody(event: Event, kind: str, occasion: str, at: datetime) -> None:
    for address in partner_queries.people_to_tell(event=event):
        with translation.override(address.language):
            message = _canceled(event) if kind == EVENT_CANCELED else _changed(event)
            notify(kind=kind, to=address, about=event, occasion=occasion, message=message, due_at=at)


def _changed(event: Event) -> Message:
    words = _words(event)
    return Message(
        title=_("Changed: %(title)s") % words,
        body=_(
            "**%(title)s** has a new time or place. It is now:\n\n%(when)s\n\n%(where)s\n\n"
            "[See the event](%(page)s)\n\nIf you put it into your calendar, add it again from that page."
        )
        % words,
    )


def _canceled(event: Event) -> Message:
    words = _words(event) | {"reason": str(event.cancel_reason)}
    return Message(
        title=_("Canceled: %(title)s") % words,
        body=_("**%(title)s** (%(when)s) is canceled.\n\n%(reason)s\n\n[See the event](%(page)s)") % words,
    )


# --- What all messages share ---
def _event(event_id: UUID) -> Event | None:
    return Event.objects.select_related("agency").filter(pk=event_id).first()


def _words(event: Event) -> dict[str, str]:
    return {
        "agency": event.agency.name,
        "title": str(event.title),
        "purpose": str(event.purpose),
        "when": event.when,
        "where": ", ".join(filter(None, (event.place, event.address))),
        "page": settings.BASE_URL + event.get_absolute_url(),
    }


# --- Plans ---
def remind_of_tasks(*, at: datetime) -> int:
    """Write to whoever has a task two days before it is due, and once more when it is late."""
    reminders = reminders_due(at=at)
    for reminder in reminders:
        with translation.override(reminder.recipient.language):
            notify(
                kind=reminder.kind,
                to=reminder.recipient,
                about=reminder.task,
                occasion=reminder.occasion,
                message=_task_message(reminder),
                due_at=at,
            )
    return len(reminders)


def _task_message(reminder: Reminder) -> Message:
    task = reminder.task
    words = {
        "task": task.title,
        "day": date_format(task.due_on),
        "plan": task.plan.title,
        "link": f"{settings.BASE_URL}{task.plan.get_absolute_url()}",
    }
    if reminder.kind == LATE:
        title = _("Late: %(task)s") % words
        body = _("This task of the plan “%(plan)s” was due on %(day)s and is still open: **%(task)s**") % words
    else:
        title = _("Due on %(day)s: %(task)s") % words
        body = _("This task of the plan “%(plan)s” is due on %(day)s: **%(task)s**") % words
    return Message(title=title, body="\n\n".join([body, str(task.detail), words["link"]]))


# --- Registrations ---
def confirm_registration(*, change: RegistrationMade, at: datetime) -> None:
    """The receipt code and the facts, to whoever left an address; anybody can give any address, so not without end."""
    made = Registration.objects.select_related("event__agency").filter(pk=change.registration_id).first()
    if made is None or not made.email:
        return
    to = Recipient(made.email, made.language)
    if count_queued(kind=REGISTERED, to=to, since=at - timedelta(days=1)) >= MOST_CONFIRMED_A_DAY:
        return
    with translation.override(made.language):
        code = attendance_queries.receipt_code(registration_id=made.pk)
        words = _words(made.event) | {"code": code, "link": settings.BASE_URL + reverse("engagement:registration")}
        message = Message(
            title=_("You are registered: %(title)s") % words,
            body=_(
                "**%(title)s**\n\n%(when)s\n\n%(where)s\n\nYour code: **%(code)s**\n\n"
                "With it you can see, change or cancel your registration: %(link)s\n\n"
                "If you cannot come, please give your seats back there."
            )
            % words,
        )
        notify(kind=REGISTERED, to=to, about=made, occasion="made", message=message, due_at=at)


def remind_of_tomorrow(*, at: datetime) -> int:
    """On the morning before the event, by the clock of its place: once to each address."""
    told = 0
    for event, recipients in attendance_queries.reminders_for_tomorrow(at=at):
        occasion = attendance_queries.reminder_occasion(event=event)
        for to in recipients:
            with translation.override(to.language):
                message = _reminder(event)
            notify(
                kind=attendance_queries.EVENT_TOMORROW,
                to=to,
                about=event,
                occasion=occasion,
                message=message,
                due_at=at,
            )
        told += len(recipients)
    return told


def _reminder(event: Event) -> Message:
    words = _words(event) | {"link": settings.BASE_URL + reverse("engagement:registration")}
    return Message(
        title=_("Tomorrow: %(title)s") % words,
        body=_(
            "**%(title)s**\n\n%(when)s\n\n%(where)s\n\n[See the event](%(page)s)\n\n"
            "If you cannot come, please give your seats back with your code: %(link)s"
        )
        % words,
    )
