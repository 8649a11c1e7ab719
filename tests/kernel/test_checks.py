from lecen.kernel.checks import keys_are_set


def test_missing_keys_are_named_before_anything_starts(settings):
    settings.FIELD_KEYS, settings.CODE_KEY = [], ""

    assert [error.msg for error in keys_are_set()] == ["LECEN_FIELD_KEYS is empty.", "LECEN_CODE_KEY is empty."]


def test_nothing_is_said_where_keys_are_set():
    assert keys_are_set() == []
