"""What every method asks of the single values, names and records it is given; standard library only."""

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from numbers import Integral
from typing import Any, Protocol, TypeVar

from lecen.science.errors import ScienceError


class Named(Protocol):
    """A record with a name."""

    @property
    def name(self) -> str: ...


Record = TypeVar("Record", bound=Named)


def whole(value: object, name: str, *, least: int | None = None, most: int | None = None) -> int:
    """Take `value` as a whole number between `least` and `most`, both included; `name` begins the error's sentence.

    Booleans and floats are refused, NumPy's integers taken. Raises `ScienceError`.
    """
    # Asking an abstract class takes microseconds, too long for a hundred thousand counts.
    if type(value) is not int and (not isinstance(value, Integral) or isinstance(value, bool)):
        raise ScienceError(f"{name} must be a whole number, not {value!r}.")
    number = int(value)
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


def yes_or_no(value: object, name: str) -> bool:
    """Take True or False and nothing that is merely taken for one, as the word "no" is. Raises `ScienceError`."""
    if value is not True and value is not False:
        raise ScienceError(f"{name} must be True or False, not {value!r}.")
    return value


def listed(values: object, name: str, *, of: str = "names") -> tuple[Any, ...]:
    """Take what can be gone through, in its own order, as a tuple. Raises `ScienceError` for text, sets and mappings."""
    if isinstance(values, str | bytes | Mapping | AbstractSet) or not isinstance(values, Iterable):
        raise ScienceError(f"{name} must be a list of {of}, not {values!r}.")
    return tuple(values)


def names(values: object, name: str) -> tuple[str, ...]:
    """Take a list of names, none of them blank or there twice. Raises `ScienceError`."""
    found = listed(values, name)
    for one in found:
        if not isinstance(one, str) or not one.strip():
            raise ScienceError(f"{name} must be a list of names; one of them is {one!r}.")
    if len(set(found)) < len(found):
        twice, times = Counter(found).most_common(1)[0]
        raise ScienceError(f"{name} must be named once each; {twice!r} stands there {times} times.")
    return found


def records(values: object, kind: type[Record], name: str) -> list[Record]:
    """Take a list of at least one record of this kind, each with a name of its own. Raises `ScienceError`."""
    found = list(listed(values, f"The {name}", of=kind.__name__))
    if not found:
        raise ScienceError(f"There must be at least one of the {name}.")
    for one in found:
        if not isinstance(one, kind):
            raise ScienceError(f"The {name} must be a list of {kind.__name__}; one of them is {one!r}.")
        if not isinstance(one.name, str) or not one.name.strip():
            raise ScienceError(f"Each of the {name} needs a name; one of them has {one.name!r}.")
    names([one.name for one in found], f"The {name}")
    return found
