"""What every method asks of the single values it is given; standard library only."""

from operator import index
from typing import SupportsIndex

from lecen.science.errors import ScienceError


def whole(value: object, name: str, *, least: int | None = None, most: int | None = None) -> int:
    """Take `value` as a whole number between `least` and `most`, both included; `name` begins the error's sentence.

    Booleans and floats are refused, NumPy's integers taken. Raises `ScienceError`.
    """
    # Asking a protocol takes microseconds, too long for a hundred thousand counts.
    if type(value) is not int and (not isinstance(value, SupportsIndex) or isinstance(value, bool)):
        raise ScienceError(f"{name} must be a whole number, not {value!r}.")
    number = index(value)
    if least is not None and number < least:
        raise ScienceError(f"{name} must be at least {least}, not {number}.")
    if most is not None and number > most:
        raise ScienceError(f"{name} must be at most {most}, not {number}.")
    return number


def fraction(value: object, name: str) -> float:
    """Take `value` as a number between 0 and 1, neither included (a level, an error rate). Raises `ScienceError`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1:
        raise ScienceError(f"{name} must lie between 0 and 1, not {value!r}.")
    return float(value)
