"""Text that the database holds only encrypted: second factors and residents' contact points.

The keys are in the settings, newest first: new text is written with the first, older text is read with any.
"""

from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models, transaction

READABLE_LOOKUPS = frozenset({"isnull"})


def _fernet() -> MultiFernet:
    if not settings.FIELD_KEYS:
        raise ImproperlyConfigured("FIELD_KEYS is empty: run `lecen keys make`.")
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])


def encrypt(text: str) -> str:
    """`text` encrypted and authenticated with the newest key."""
    return _fernet().encrypt(text.encode()).decode("ascii")


def decrypt(token: str) -> str:
    """The text of a token made with any of the keys; raises `cryptography.fernet.InvalidToken` otherwise."""
    return _fernet().decrypt(token.encode("ascii")).decode()


class EncryptedTextField(models.TextField):
    """Text that is encrypted on its way to the database. It cannot be searched, only tested for null."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value if value is None else encrypt(value)

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        return value if value is None else decrypt(value)

    def get_lookup(self, lookup_name: str) -> Any:
        # The same text is encrypted differently each time, so a comparison would silently find nothing.
        if lookup_name not in READABLE_LOOKUPS:
            raise FieldError(f"{self.name} is encrypted: it cannot be searched by '{lookup_name}'.")
        return super().get_lookup(lookup_name)


def reencrypt(queryset: models.QuerySet, field_name: str) -> int:
    """Write `field_name` of every row anew with the newest key, so that older keys can be withdrawn; how many."""
    with transaction.atomic():
        rows = list(queryset.select_for_update().exclude(**{f"{field_name}__isnull": True}).only("pk", field_name))
        for row in rows:
            row.save(update_fields=[field_name])
    return len(rows)
