"""Due work of the accounts area."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session


def forget_ended_sign_ins(*, at: datetime) -> int:
    """Delete expired sessions and what was kept of their browsers."""
    ended, _details = Session.objects.filter(expire_date__lt=at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return ended
