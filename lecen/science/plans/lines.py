"""Names and sentences as reports print them: on one line, without characters that no page can show."""

import re
import unicodedata

BREAK = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")
# Control characters and halves of a pair cannot be printed; the bidirectional ones would show words in another order.
HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def one_line(text: str, name: str) -> str:
    """Put `text` on one line, with accents written one way, so that names from plan and data can be compared.

    A name with a line break could otherwise write a line of its own into a report. Raises `ValueError`, beginning
    with `name`, where a character cannot be printed.
    """
    line = unicodedata.normalize("NFC", text).strip()
    if BREAK.search(line):
        line = " ".join(line.split())
    if hidden := HIDDEN.search(line):
        raise ValueError(f"{name} holds the character U+{ord(hidden[0]):04X}, which cannot be printed")
    return line
