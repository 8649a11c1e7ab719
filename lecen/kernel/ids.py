"""Identifiers that sort by the time they were made."""

from uuid import UUID

from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> UUID:
    """A new UUID of version 7: the primary key of what leaves the platform in addresses and exports."""
    return _uuid7()
