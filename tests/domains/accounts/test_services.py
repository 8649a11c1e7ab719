import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore

from lecen.domains.accounts import services
from lecen.domains.accounts.models import User
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.models import AuditEntry, NoticePreference
from lecen.kernel.viewer import Viewer, ViewerKind


@pytest.fixture
def session(member):
    store = SessionStore()
    store.create()
    return UserSession.objects.create(
        user_id=member.user_id, session_key=store.session_key, ip="127.0.0.1", user_agent="Firefox/1 Linux"
    )


def test_change_profile_keeps_name_and_language_and_is_audited(member):
    services.change_profile(by=member, name="Ana Ruiz", language="es")

    user = User.objects.get(pk=member.user_id)
    assert (user.name, user.language) == ("Ana Ruiz", "es")
    assert AuditEntry.objects.get(act="account.changed").user_id == member.user_id


def test_change_profile_is_only_for_oneself(member):
    link = Viewer(ViewerKind.LINK, user_id=member.user_id)

    with pytest.raises(NotAllowed):
        services.change_profile(by=link, name="Somebody", language="en")


def test_choose_notices_leaves_what_cannot_be_switched_off(member):
    services.choose_notices(by=member, wanted={})

    assert list(NoticePreference.objects.all()) == []


def test_end_sign_in_signs_out_and_may_run_twice(member, session):
    services.end_sign_in(by=member, session_id=session.pk)
    services.end_sign_in(by=member, session_id=session.pk)

    assert not UserSession.objects.exists()
    assert not SessionStore().exists(session.session_key)


def test_end_sign_in_of_somebody_else_is_refused(organizer, session):
    with pytest.raises(Refused):
        services.end_sign_in(by=organizer, session_id=session.pk)

    assert UserSession.objects.count() == 1
