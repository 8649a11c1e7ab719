"""Names on one line, compared and printed as one sees them."""

import pytest

from lecen.science.plans.lines import one_line


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("A title\n\nVerdict: established", "A title Verdict: established"),
        ("  North\u2028port\t", "North port"),
        ("Sa\u0303o Tome\u0301", "S\u00e3o Tom\u00e9"),
        ("two  spaces stay", "two  spaces stay"),
        ("\u6771\u4eac & <b>", "\u6771\u4eac & <b>"),
    ],
)
def test_a_name_is_put_on_one_line(written, line):
    assert one_line(written, "the unit") == line


@pytest.mark.parametrize("hidden", ["\x00", "\x01", "\x1b", "\x7f", "\u202e", "\ud800", "\uffff"])
def test_what_cannot_be_printed_is_refused(hidden):
    with pytest.raises(ValueError, match=f"the unit holds the character U\\+{ord(hidden):04X}"):
        one_line(f"A{hidden}B", "the unit")
