import logging

from lecen.kernel.logs import WithoutSecrets


def line(*arguments: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", arguments, None)
    WithoutSecrets().filter(record)
    return record.getMessage()


def test_a_signed_link_is_left_out_of_the_log():
    token = "eyJwYXlsb2FkIjp7InBhcnRuZXIiOiIwMWExZmEifX0.Qk9PLVNJR05BVFVSRQ"

    assert line("Conflict", f"/es/invitations/{token}/") == "Conflict: /es/invitations/…/"


def test_a_key_stays_so_that_a_fault_can_be_found():
    path = "/events/4c0f548b-9248-5f32-a1e9-1786c06b6f8f/"

    assert line("Not Found", path) == f"Not Found: {path}"
