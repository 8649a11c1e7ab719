"""What the database itself refuses, whoever writes and however many at once."""

import pytest
from django.db import IntegrityError

from lecen.domains.agencies.choices import Role
from tests.factories import NOON, AgencyFactory, PositionFactory, UserFactory


@pytest.mark.parametrize("role", [Role.LEAD, Role.OPERATOR])
def test_a_role_is_held_once_by_the_same_person(db, role):
    held = {"user": UserFactory(), "role": role, "agency": None if role == Role.OPERATOR else AgencyFactory()}
    PositionFactory(**held, ended_at=NOON)
    PositionFactory(**held)

    with pytest.raises(IntegrityError):
        PositionFactory(**held)
