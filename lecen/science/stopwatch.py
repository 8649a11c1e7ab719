"""The one limit of time of a computation, which all its parts share."""

import math
import time
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Stopwatch:
    """How long a computation may still go on; what it ends depends on the machine and is flagged as such."""

    seconds: float | None = None
    _began: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        return math.inf if self.seconds is None else max(self.seconds - (time.monotonic() - self._began), 0.0)

    @property
    def over(self) -> bool:
        return self.left <= 0

    def part(self, share: float) -> "Stopwatch":
        """Give a part of what is left, as a watch that starts now."""
        return Stopwatch(self.left * share)
