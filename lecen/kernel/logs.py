"""What the log keeps to itself: the long parts of addresses are codes and signed links of people."""

import logging
import re

SECRET_PART = re.compile(r"(?<=/)[^/?\s]{37,}")  # longer than a key in an address


class WithoutSecrets(logging.Filter):
    """Replaces what could open something in the addresses of a log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(SECRET_PART.sub("…", part) if isinstance(part, str) else part for part in record.args)
        return True
