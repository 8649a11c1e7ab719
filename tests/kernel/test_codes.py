import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from lecen.kernel import codes


def test_new_code_is_grouped_and_readable():
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", codes.new_code())


@given(st.integers(min_value=1, max_value=400))
def test_new_code_holds_at_least_the_bits_asked_for(bits):
    signs = codes.new_code(bits=bits).replace("-", "")

    assert 0 <= len(signs) * codes.BITS_A_SIGN - bits < codes.BITS_A_SIGN


def test_derived_code_is_the_same_for_the_same_text_and_grouped_as_others():
    assert codes.derived_code("a") == codes.derived_code("a") != codes.derived_code("b")
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", codes.derived_code("a"))


def test_derived_code_needs_the_key(settings):
    before = codes.derived_code("a")
    settings.CODE_KEY = "another"

    assert codes.derived_code("a") != before


def test_normalize_code_forgives_case_spaces_dashes_and_look_alikes():
    assert codes.normalize_code(" 4fo7-q k9i2 l ") == "4F07QK9121"


@pytest.mark.parametrize("typed", ["", "---", "FUN", "ÄÖÜ", "12345’ß"])
def test_normalize_code_is_empty_for_what_cannot_be_a_code(typed):
    assert codes.normalize_code(typed) == ""
    assert codes.code_matches(typed, codes.hash_code(typed)) is False


@given(st.integers(min_value=60, max_value=128), st.randoms())
def test_code_matches_however_it_is_typed(bits, random):
    code = codes.new_code(bits=bits)
    typed = "".join(random.choice([sign.lower(), sign]) + random.choice(["", " ", "-"]) for sign in code)

    assert codes.code_matches(typed, codes.hash_code(code))


def test_code_matches_refuses_another_code():
    assert codes.code_matches("4F7QK-92XM-TB6R", codes.hash_code("4F7QK-92XM-TB6S")) is False


def test_hash_code_depends_on_the_key_and_does_not_show_the_code(settings):
    first = codes.hash_code("4F7QK-92XM-TB6R")
    settings.CODE_KEY = "another"

    assert re.fullmatch(r"[0-9a-f]{64}", first)
    assert codes.hash_code("4F7QK-92XM-TB6R") != first


def test_hash_code_refuses_to_work_without_a_key(settings):
    settings.CODE_KEY = ""

    with pytest.raises(ImproperlyConfigured):
        codes.hash_code("4F7QK-92XM-TB6R")
