"""Codes as people make them: read, numbered, and judged by how well they tell people apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lecen.science.disclosure import DEFAULT_K
from lecen.science.errors import ScienceError

Places = NDArray[np.int64]
MISSING = -1
FEWEST_ELEMENTS = 3
MOST_ELEMENTS = 20
MOST_CODES = 5_000_000
# With fewer people than a month has days, most have a day of birth of their own; uniqueness then says nothing.
ENOUGH_TO_JUDGE = 100
IDENTIFYING_SHARE = 0.5


@dataclass(frozen=True)
class CodeStrength:
    """How well a wave's codes tell people apart, and therefore how personal they are.

    `bits` is the surprise in each element (Shannon's entropy of the values found), `needed_bits` what it takes to
    number the people, `missing_share` of people left the element out. `unique_share` of people whose code is complete
    are the only ones with it: what makes a code good for matching makes it personal. Shares may stand for fewer than 10
    people: all this is for who keeps the codes, and not for a page.
    """

    people: int
    bits: tuple[float, ...]
    needed_bits: float
    missing_share: tuple[float, ...]
    unique_share: float
    cautions: tuple[str, ...]


def code_strength(codes: Sequence[Sequence[Any]]) -> CodeStrength:
    """Judge the codes of one wave; each a tuple of elements, None for one left out.

    Raises `ScienceError` below 10 people, for codes of fewer than 3 elements or of different lengths, and, from 100
    people on, where a single element singles out more than half of them: a name, a telephone number, a mail address.
    """
    [table] = numbered([codes])
    complete = table[(table != MISSING).all(axis=1)]
    counts = np.unique(complete, axis=0, return_counts=True)[1] if len(complete) else np.zeros(0, dtype=np.int64)
    bits = tuple(_entropy(column[column != MISSING]) for column in table.T)
    needed = float(np.log2(len(table)))
    return CodeStrength(
        people=len(table),
        bits=bits,
        needed_bits=needed,
        missing_share=tuple(float(share) for share in (table == MISSING).mean(axis=0)),
        unique_share=float((counts == 1).sum() / len(complete)) if len(complete) else 0.0,
        cautions=_cautions(sum(bits), needed),
    )


def numbered(waves: Sequence[Sequence[Sequence[Any]]]) -> list[Places]:
    """Number the elements' values the same way in all waves: people by elements, -1 for an element left out.

    Text is compared without regard to case and surrounding space; None, "" and NaN stand for left out. Raises
    `ScienceError` as `code_strength`.
    """
    read = [_read(wave, number) for number, wave in enumerate(waves)]
    lengths = {len(code) for wave in read for code in wave}
    if len(lengths) != 1:
        raise ScienceError(f"All codes must have the same number of elements; these have {sorted(lengths)}.")
    [elements] = lengths
    if not FEWEST_ELEMENTS <= elements <= MOST_ELEMENTS:
        raise ScienceError(f"A code needs {FEWEST_ELEMENTS} to {MOST_ELEMENTS} elements, not {elements}.")
    tables = _number(read, elements)
    for table in tables:
        _refuse_identifying(table)
    return tables


def _read(wave: Any, number: int) -> list[tuple[Any, ...]]:
    if isinstance(wave, str | bytes) or not isinstance(wave, Iterable):
        raise ScienceError(f"Wave {number} (counted from 0) must be a list of codes, not {type(wave).__name__}.")
    codes = []
    for place, code in enumerate(wave):
        if isinstance(code, str | bytes) or not isinstance(code, Sequence | np.ndarray):
            raise ScienceError(f"Code {place} of wave {number} must be a tuple of elements, not {type(code).__name__}.")
        codes.append(tuple(_element(value, place, number) for value in code))
    if not DEFAULT_K <= len(codes) <= MOST_CODES:
        raise ScienceError(f"Wave {number} (counted from 0) must have between {DEFAULT_K} and {MOST_CODES:,} codes.")
    return codes


def _element(value: Any, place: int, number: int) -> str | int | None:
    if isinstance(value, str):
        return value.strip().casefold() or None
    if value is None or (isinstance(value, float | np.floating) and np.isnan(value)):
        return None
    if isinstance(value, Integral) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return int(value)  # pandas turns whole numbers with gaps into floats
    raise ScienceError(f"Code {place} of wave {number} has an element that is neither text nor whole: {value!r}.")


def _number(read: list[list[tuple[Any, ...]]], elements: int) -> list[Places]:
    tables = [np.empty((len(wave), elements), dtype=np.int64) for wave in read]
    for element in range(elements):
        known: dict[Any, int] = {None: MISSING}
        for table, wave in zip(tables, read, strict=True):
            table[:, element] = [known.setdefault(code[element], len(known) - 1) for code in wave]
    return tables


def _refuse_identifying(table: Places) -> None:
    for element, column in enumerate(table.T):
        given = column[column != MISSING]
        if len(given) < ENOUGH_TO_JUDGE:
            continue
        alone = (np.unique(given, return_counts=True)[1] == 1).sum() / len(given)
        if alone > IDENTIFYING_SHARE:
            raise ScienceError(
                f"Element {element} (counted from 0) alone singles out {alone:.0%} of the people; "
                "a code made of such an element is a name. Take it out."
            )


def _entropy(values: Places) -> float:
    if not len(values):
        return 0.0
    shares = np.unique(values, return_counts=True)[1] / len(values)
    return float(max(-(shares * np.log2(shares)).sum(), 0.0))


def _cautions(bits: float, needed: float) -> tuple[str, ...]:
    personal = "Put together, the elements of a code can single a person out; keep codes like personal data, apart."
    if bits >= 2 * needed:
        return (personal,)
    weak = f"The codes hold at most {bits:.0f} bits; for so many people {2 * needed:.0f} keep chance matches rare."
    return (personal, weak)
