"""What must be set before anything starts: `manage check` and every start say it, not the first person who needs it."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

KEYS = ("FIELD_KEYS", "CODE_KEY")


@register()
def keys_are_set(**_options: Any) -> list[Error]:
    """Without these keys second factors, contact points, receipts and invitations cannot work."""
    return [
        Error(f"LECEN_{name} is empty.", hint="Make keys once: lecen keys make", id=f"kernel.E00{number}")
        for number, name in enumerate(KEYS, start=1)
        if not getattr(settings, name)
    ]
