"""The chaplain's way: from a playbook to a published event, through its day, to the report that the chief opens."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from lecen.kernel.changes import deliver_due
from lecen.kernel.notify import send_due
from tests.journeys.conftest import CHAPLAIN

pytestmark = pytest.mark.browser

PLACE = "Saint Brigid Parish hall"


def messages_to(address: str) -> list[str]:
    """What the worker would deliver by now."""
    now = timezone.now()
    deliver_due(at=now)
    send_due(at=now)
    return [message.body for message in mail.outbox if message.to == [address]]


def test_from_sign_in_to_published_in_at_most_forty_actions(person):
    chaplain = person()
    chaplain.opens("/account/login/")
    chaplain.signs_in(CHAPLAIN)

    # From the playbook to a plan with days, tasks and roles.
    chaplain.clicks("Playbooks")
    chaplain.clicks("Faith & Blue weekend event")
    chaplain.clicks("Start a plan")
    chaplain.types("Day of the event", str(timezone.localdate() + timedelta(weeks=9)))
    chaplain.presses_enter()
    chaplain.page.wait_for_url(re.compile(r"/plans/[0-9a-f-]{36}/$"))
    assert chaplain.sees("0 of 18 tasks done")
    chaplain.clicks("Assign : Agency co-lead")
    chaplain.chooses("Person of your agency", "Ruth Okafor")
    chaplain.presses("Save")

    for confirmed in range(6):
        assert chaplain.sees(f"{confirmed} of 6 confirmed")
        chaplain.presses("Done:", within="#safeguards", pressed=False)
    assert chaplain.sees("6 of 6 confirmed")

    # The event: two congregations, and the place that is missing.
    chaplain.clicks("Prepare and publish the event")
    assert chaplain.sees("Say where the event is.")
    chaplain.clicks("Invite partners and look after invitations")
    chaplain.picks("Saint Brigid Parish")
    chaplain.picks("New Hope Baptist Church")
    chaplain.presses("Send the invitation")
    chaplain.clicks("Back to the event")
    chaplain.clicks("Change the event", nth=0)
    chaplain.types("Place", PLACE)
    chaplain.presses_enter()
    chaplain.clicks("Publish", exact=True)
    chaplain.presses("Publish the event")
    assert chaplain.sees("The event is published.")

    assert chaplain.actions <= 40
