"""What unequal weights cost: the design effect and the effective number of respondents."""

from numpy.typing import ArrayLike

from lecen.science.arrays import Numbers, numbers
from lecen.science.errors import ScienceError


def positive_weights(weights: ArrayLike, respondents: int | None = None) -> Numbers:
    """Take weights, one for each respondent, scaled to a mean of 1. Raises `ScienceError` where one is not above 0."""
    values = numbers(weights, "Weights")
    if respondents is not None and len(values) != respondents:
        raise ScienceError(f"There must be one weight for each of {respondents:,} respondents, not {len(values):,}.")
    if (values <= 0).any():
        raise ScienceError(f"Weights must be above 0; place {int((values <= 0).argmax())} (counted from 0) is not.")
    values = values / values.max()  # so that no sum or square overflows
    scaled: Numbers = values / values.mean()
    if (scaled <= 0).any():
        raise ScienceError("Weights must be of comparable size; the smallest vanishes beside the largest.")
    return scaled


def design_effect(weights: ArrayLike) -> float:
    """Tell how many times weighting multiplies the variance of a mean: 1 plus the squared variation of the weights.

    `weights`: one above 0 for each respondent, any scale. 1 means that nothing is lost. It takes weights as unrelated
    to the answers; where they go together, weighting costs less. Raises `ScienceError`. Source: Kish, Survey Sampling
    (Wiley 1965); Kish, Journal of Official Statistics 8 (1992) 183-200.
    """
    scaled = positive_weights(weights)
    return float((scaled**2).mean())


def effective_n(weights: ArrayLike) -> float:
    """Tell how many respondents of equal weight would carry as much: n over the design effect. Raises `ScienceError`."""
    return positive_weights(weights).size / design_effect(weights)
