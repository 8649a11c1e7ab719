"""Secret codes that people write down, read aloud and type: receipts, recovery, kiosks.

Only their HMAC is stored, so that a copy of the database opens nothing.
"""

import hashlib
import hmac
import math
import secrets

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# Crockford's base 32: no I, L, O or U, so that no two signs look alike and no word appears by chance.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS_A_SIGN = 5
LONGEST_GROUP = 5
_LOOK_ALIKES = str.maketrans("OIL", "011")


def code_key() -> str:
    """The installation's key for codes and signed links; refuses to work without one."""
    if not settings.CODE_KEY:
        raise ImproperlyConfigured("CODE_KEY is empty: run `lecen keys make`.")
    return settings.CODE_KEY


def new_code(*, bits: int = 64) -> str:
    """A random code of at least `bits` bits, in groups of up to five signs: `4F7QK-92XM-TB6R`."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(math.ceil(bits / BITS_A_SIGN))))


def derived_code(text: str, *, bits: int = 64) -> str:
    """The code that belongs to `text`, the same each time: for a receipt that a form sent twice shows twice.

    Whoever knows `text` but not the server's key learns nothing about the code. At most 256 bits.
    """
    number = int(keyed_hash(f"derived|{text}"), 16)
    signs = (
        ALPHABET[(number >> BITS_A_SIGN * place) % len(ALPHABET)] for place in range(math.ceil(bits / BITS_A_SIGN))
    )
    return _grouped("".join(signs))


def _grouped(signs: str) -> str:
    groups = math.ceil(len(signs) / LONGEST_GROUP)
    shorter, longer = divmod(len(signs), groups)
    parts, start = [], 0
    for index in range(groups):
        end = start + shorter + (index < longer)
        parts.append(signs[start:end])
        start = end
    return "-".join(parts)


def normalize_code(text: str) -> str:
    """`text` as typed by a person, without case, spaces, dashes and look-alikes; empty if it cannot be a code."""
    # Sorted out before upper(), which turns a few foreign letters into signs of ours.
    letters = "".join(sign for sign in text if sign.isalnum())
    signs = letters.upper().translate(_LOOK_ALIKES)
    return signs if letters.isascii() and set(signs) <= set(ALPHABET) else ""


def hash_code(code: str) -> str:
    """The HMAC-SHA256 of a code as 64 hexadecimal digits: what is stored and looked up."""
    return keyed_hash(normalize_code(code))


def keyed_hash(text: str) -> str:
    """The HMAC-SHA256 of any text, such as an address: the same text is recognized, the text cannot be read back."""
    return hmac.new(code_key().encode(), text.encode(), hashlib.sha256).hexdigest()


def code_matches(code: str, hashed: str) -> bool:
    """Whether `hashed` was made from `code`, in constant time; an unreadable code matches nothing."""
    return bool(normalize_code(code)) and hmac.compare_digest(hash_code(code), hashed)
