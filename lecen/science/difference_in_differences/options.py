"""How errors and intervals shall be found."""

from dataclasses import dataclass
from typing import Literal, get_args

from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, whole

Method = Literal["analytic", "multiplier", "wild", "randomization"]
Multiplier = Literal["mammen", "rademacher"]


@dataclass(frozen=True, kw_only=True)
class Inference:
    """How errors and intervals shall be found.

    `method` "automatic" takes analytic errors where at least 20 clusters (one more for each further date) hold treated
    units and 20 hold untreated ones, and most treated are in cohorts of 5 or more; else randomization inference where
    whole clusters were treated together, else a wild cluster bootstrap. "multiplier" draws `draws` times with weights
    "mammen" or "rademacher" and gives simultaneous bands too. `level` is that of intervals and bands, `seed` a whole
    number.
    """

    method: Method | Literal["automatic"] = "automatic"
    weights: Multiplier = "mammen"
    draws: int = 999
    level: float = 0.95
    seed: int = 0

    def check(self) -> None:
        """Refuse what does not exist. Raises `ScienceError`."""
        if self.method not in ("automatic", *get_args(Method)):
            raise ScienceError(f"The method must be automatic, {', '.join(get_args(Method))}; not {self.method!r}.")
        if self.weights not in get_args(Multiplier):
            raise ScienceError(f"The weights must be {' or '.join(get_args(Multiplier))}, not {self.weights!r}.")
        whole(self.draws, "Draws", least=99, most=100_000)
        whole(self.seed, "The seed", least=0)
        fraction(self.level, "The level")
