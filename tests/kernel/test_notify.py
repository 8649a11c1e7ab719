import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread

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


def test_count_queued_counts_one_kind_to_one_recipient_of_late(agency):
    tell(agency)
    tell(agency, occasion="again")
    tell(agency, to=Recipient(address="ben@example.org"))
    counted = [
        notify.count_queued(kind=kind, to=TO, since=since)
        for kind, since in [
            ("tea.reminder", NOON - timedelta(days=1)),
            ("tea.reminder", NOON),
            ("tea.canceled", NOON - timedelta(days=1)),
        ]
    ]

    assert counted == [2, 0, 0]


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


# --- Killed in the middle --------------------------------------------------------------------------------------------
ROOT = Path(__file__).parents[2]
QUEUE = """
for number in range(5):
    address = f"{number}@example.org"
    Notice.objects.create(
        kind="tea.reminder", recipient=address, subject="tea", occasion="day-before", address=address, title="Tea",
        body="At four.", due_at=NOON,
    )
"""
SEND = "send_due(at=NOON + timedelta(hours={hours}))"
COUNT = "print(json.dumps(dict(Notice.objects.order_by('address').values_list('address', 'state'))))"


class PostOffice(ThreadingTCPServer):
    """A mail server that takes messages, and at `stuck_at` takes one and never says so."""

    daemon_threads, block_on_close = True, False

    def __init__(self, stuck_at: int) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: list[str] = []
        self.stuck_at, self.stuck = stuck_at, Event()


class Conversation(StreamRequestHandler):
    server: PostOffice

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 post office")
        to = ""
        for line in self.rfile:
            match line.split()[0].upper():
                case b"RCPT":
                    to = line.decode().partition("<")[2].partition(">")[0]
                    self.say("250 yes")
                case b"DATA":
                    self.say("354 go on")
                    self.take(to)
                case b"QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 yes")

    def take(self, to: str) -> None:
        while self.rfile.readline() not in {b".\r\n", b""}:
            pass
        self.server.taken.append(to)
        if len(self.server.taken) == self.server.stuck_at:
            self.server.stuck.set()
            self.rfile.read()  # until the other side is gone
        else:
            self.say("250 taken")


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    with PostOffice(stuck_at=3) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def start(tmp_path, post_office):
    """Starts a process that does the work given, in an installation of its own on a SQLite file."""
    host, port = post_office.server_address
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "LECEN_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "lecen.config.settings",
        "PYTHONPATH": str(ROOT),
        "EMAIL_URL": f"smtp://{host}:{port}",
    }
    given = (
        "import django, json; django.setup(); from datetime import timedelta; from tests.factories import NOON; "
        "from lecen.kernel.models import Notice; from lecen.kernel.notify import send_due\n"
    )
    migrate = [sys.executable, "-m", "lecen.config.command", "migrate"]
    subprocess.run(migrate, env=environment, cwd=tmp_path, check=True, capture_output=True)
    return lambda *work: subprocess.Popen(
        [sys.executable, "-c", given + "\n".join(work)], env=environment, cwd=tmp_path, stdout=subprocess.PIPE
    )


def test_killed_while_it_sends_nothing_is_sent_twice_and_nothing_is_lost(start, post_office):
    with start(QUEUE, SEND.format(hours=0)) as run:
        assert post_office.stuck.wait(timeout=60)
        run.kill()
        assert run.wait() == -9

    with start(SEND.format(hours=1), SEND.format(hours=2), COUNT) as run:
        states = json.loads(run.communicate()[0])

    everybody = [f"{number}@example.org" for number in range(5)]
    assert sorted(post_office.taken) == everybody
    assert states == dict.fromkeys(everybody, NoticeState.SENT) | {post_office.taken[2]: NoticeState.UNKNOWN}
