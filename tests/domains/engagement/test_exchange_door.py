"""The code for the door leads to the screen of the event and reveals neither name nor receipt code."""

from lecen.domains.engagement.exchange.door import door_address, door_qr
from tests.factories import RegistrationFactory


def test_the_code_leads_to_the_door_and_names_nobody(db):
    registration = RegistrationFactory(name="Ana", email="ana@example.org")

    assert door_address(registration).endswith(f"/events/{registration.event_id}/check-in/{registration.code_hash}/")
    assert "Code to show at the door" in door_qr(registration)
