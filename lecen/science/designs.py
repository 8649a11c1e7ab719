"""How people came to answer, and what may be said of their answers because of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from numpy.typing import ArrayLike

from lecen.science.errors import ScienceError

NOT_REPRESENTATIVE = "not representative"
OPT_IN_HAS_NO_MARGIN = (
    "People chose for themselves whether to answer, so nobody knows how likely each was to be heard, and no margin of "
    "sampling error can be given: show n, how the answers were weighted, and the words “not representative”."
)


class Design(StrEnum):
    """How respondents were found."""

    PROBABILITY = "probability"  # drawn by chance, each person's chance known and above zero
    OPT_IN = "opt-in"  # a public link, a meeting, a volunteer panel: people came by themselves


@dataclass(frozen=True)
class Sample:
    """Respondents and how they were found and weighted; read where it is used, and refused there.

    `design` is a `Design` or its text; `weights` one for each respondent, above 0, any scale. For a probability sample:
    `strata` and `clusters`, the stratum each was drawn in and the cluster (household, block) drawn first, one for each
    respondent; `raked_on`, by variable, the categories that weights were raked or post-stratified to. Where `raked_on`
    is left out, what weighting to known margins gained is not counted.
    """

    design: Design | str
    weights: ArrayLike
    strata: Any = None
    clusters: Any = None
    raked_on: Mapping[str, Any] | None = None


def read_design(design: object) -> Design:
    """Take a `Design` or its text. Raises `ScienceError` for anything else: nothing is assumed."""
    try:
        return Design(design)  # type: ignore[arg-type]
    except ValueError:
        raise ScienceError(f"The design must be 'probability' or 'opt-in', not {design!r}.") from None


def read_sample(sample: object) -> Design:
    """Take a `Sample` by its design. Raises `ScienceError` for anything else."""
    if not isinstance(sample, Sample):
        raise ScienceError(f"The sample must be a Sample with its design and weights, not {type(sample).__name__}.")
    return read_design(sample.design)
