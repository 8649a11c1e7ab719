import socket
from datetime import timedelta

import pytest
from django.core import mail

from lecen.kernel import notify
from lecen.kernel.features import NoticeKind
from lecen.kernel.models import Notice, NoticePreference, NoticeState
from lecen.kernel.notify import Message, Recipient
from tests.factories import NOON

TO = Recipient(address="Ana@example.org", language="es")
TEXT = Message(title="Mañana a las 10", body="Nos vemos en **San Brígida**.")


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    kind = {"tea.reminder": NoticeKind("tea.reminder", "Reminders")}
    monkeypatch.setattr(notify, "notice_kinds", lambda: kind)


def tell(about, *, to=TO, occasion="day-before"):
    return notify.notify(kind="tea.reminder", to=to, about=about, occasion=occasion, message=TEXT, due_at=NOON)


def test_notice_is_sent_once_in_the_language_of_the_recipient(agency):
    tell(agency)
    tell(agency)

    assert (notify.send_due(at=NOON), notify.send_due(at=NOON)) == (1, 0)
    [message] = mail.outbox
    assert (message.to, message.subject) == (["Ana@example.org"], "Mañana a las 10")
    assert "<strong>San Brígida</strong>" in message.alternatives[0].content


def test_address_in_another_case_is_the_same_recipient(agency):
    tell(agency)
    tell(agency, to=Recipient(address=" ana@EXAMPLE.org"))

    assert Notice.objects.count() == 1


def test_notice_waits_until_it_is_due(agency):
    tell(agency)

    assert notify.send_due(at=NOON - timedelta(seconds=1)) == 0


def test_message_in_flight_at_a_crash_is_unknown_and_not_sent_again(agency):
    tell(agency)
    Notice.objects.update(state=NoticeState.CLAIMED, claimed_at=NOON)

    notify.send_due(at=NOON + timedelta(minutes=11))

    assert (Notice.objects.get().state, mail.outbox) == (NoticeState.UNKNOWN, [])


def test_refusal_of_the_server_is_tried_again(agency, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody answers there
    tell(agency)

    notify.send_due(at=NOON)

    notice = Notice.objects.get()
    assert (notice.state, notice.attempts, notice.due_at) == (NoticeState.WAITING, 1, NOON + timedelta(minutes=5))


def test_silence_of_the_server_is_tried_again(agency, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = "django.core.mail.backends.smtp.EmailBackend", 0.1
    tell(agency)
    with socket.create_server(("127.0.0.1", 0)) as server:  # takes the call and says nothing
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        notify.send_due(at=NOON)

    assert Notice.objects.get().state == NoticeState.WAITING


def test_line_break_in_a_title_keeps_the_message_from_nobody(agency):
    message = Message(title="You are registered:\nCoffee", body="")
    notify.notify(kind="tea.reminder", to=TO, about=agency, occasion="made", message=message, due_at=NOON)

    notify.send_due(at=NOON)

    assert [sent.subject for sent in mail.outbox] == ["You are registered: Coffee"]


def test_switched_off_kind_is_not_queued(agency, member):
    NoticePreference.objects.create(user_id=member.user_id, kind="tea.reminder", wanted=False)

    assert tell(agency, to=Recipient(address="a@example.org", user_id=member.user_id)) is None
    assert not Notice.objects.exists()


def test_withdrawn_notice_is_not_sent(agency):
    tell(agency)

    assert notify.withdraw(about=agency, kind="tea.reminder") == 1
    assert notify.send_due(at=NOON) == 0


def test_addresses_and_texts_are_forgotten_after_a_month(agency):
    tell(agency)
    notify.send_due(at=NOON)

    assert notify.forget_addresses(at=NOON + timedelta(days=31)) == 1
    notice = Notice.objects.get()
    assert (notice.address, notice.body, notice.title) == ("", "", "")
    assert TO.key not in notice.recipient


def test_people_with_an_account_are_not_told_again_what_was_forgotten(agency, member):
    to = Recipient(address="a@example.org", user_id=member.user_id)
    tell(agency, to=to)
    notify.send_due(at=NOON)
    notify.forget_addresses(at=NOON + timedelta(days=31))

    assert Notice.objects.get().recipient == to.key
