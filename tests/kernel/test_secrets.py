from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import FieldError, ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from lecen.kernel.models import Notice
from lecen.kernel.secrets import EncryptedTextField, decrypt, encrypt, reencrypt

NOON = datetime(2026, 6, 6, 12, tzinfo=UTC)


@given(st.text())
def test_decrypt_undoes_encrypt(text):
    assert decrypt(encrypt(text)) == text


def test_encrypt_does_not_show_the_text_nor_repeat_itself():
    first, second = encrypt("maria@example.org"), encrypt("maria@example.org")

    assert "maria" not in first
    assert first != second


def test_decrypt_reads_older_keys_and_encrypt_writes_the_newest(settings):
    older = settings.FIELD_KEYS[0]
    token = encrypt("312-555-0100")
    newest = Fernet.generate_key().decode()
    settings.FIELD_KEYS = [newest, older]

    assert decrypt(token) == "312-555-0100"
    assert Fernet(newest).decrypt(encrypt("312-555-0100")) == b"312-555-0100"


def test_decrypt_refuses_what_no_key_opens(settings):
    token = encrypt("312-555-0100")
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(InvalidToken):
        decrypt(token)


def test_encrypt_refuses_to_work_without_keys(settings):
    settings.FIELD_KEYS = []

    with pytest.raises(ImproperlyConfigured):
        encrypt("312-555-0100")


def test_encrypted_text_field_writes_ciphertext_and_reads_text():
    field = EncryptedTextField(name="phone")
    stored = field.get_prep_value("312-555-0100")

    assert "312-555-0100" not in stored
    assert field.from_db_value(stored, None, None) == "312-555-0100"


def test_encrypted_text_field_keeps_null():
    field = EncryptedTextField(name="phone", null=True)

    assert field.get_prep_value(None) is None
    assert field.from_db_value(None, None, None) is None


def test_encrypted_text_field_cannot_be_searched():
    with pytest.raises(FieldError, match="phone is encrypted"):
        EncryptedTextField(name="phone").get_lookup("exact")


@pytest.mark.django_db
def test_reencrypt_writes_every_row_with_the_newest_key(settings):
    older = settings.FIELD_KEYS[0]
    notice = Notice.objects.create(address="maria@example.org", body="Hola", due_at=NOON)
    newest = Fernet.generate_key().decode()
    settings.FIELD_KEYS = [newest, older]

    assert [reencrypt(Notice.objects.all(), name) for name in ("address", "body")] == [1, 1]
    settings.FIELD_KEYS = [newest]  # the older key is withdrawn
    notice.refresh_from_db()
    assert (notice.address, notice.body) == ("maria@example.org", "Hola")
