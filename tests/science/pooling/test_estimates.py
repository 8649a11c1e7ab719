"""What may enter a pool: effects with positive errors of one kind, and errors taken from placebos."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.pooling import Basis, placebo_error
from lecen.science.pooling.estimates import bases_of, estimates_of


def test_estimates_are_brought_to_units_of_the_median_error():
    given = estimates_of([10, 20, 30], [1, 2, 4], "design-based", least=2)

    assert (given.scale, given.effects.tolist(), given.variances.tolist()) == (2, [5, 10, 15], [0.25, 1, 4])


@pytest.mark.parametrize(
    ("effects", "errors", "basis", "sentence"),
    [
        ([1, 2], [1, 1, 1], "design-based", "2 effects and 3 errors"),
        ([1, 2], [1, 0], "design-based", "number 1"),
        ([1, 2], [1, -1], "design-based", "positive"),
        ([1, np.nan], [1, 1], "design-based", "place 1"),
        ([1, 2], [1, np.inf], "design-based", "finite"),
        ([], [], "design-based", "at least one number"),
        ([1], [1], "design-based", "At least 2 estimates"),
        (["a", "b"], [1, 1], "design-based", "must be numbers"),
        ([[1, 2]], [1, 1], "design-based", "1 dimensions"),
        ([1, 2], [1, 1e5], "design-based", "ten thousand times"),
        ([1, 1e300], [1, 1], "design-based", "out of scale"),
        ([1e300, 1e300], [1e300, 1e300], "design-based", "another unit"),
        ([1, 2], [1, 1], "guessed", "'guessed'"),
        ([1, 2], [1, 1], None, "None"),
        ([1, 2], [1, 1], ["design-based"], "2 estimates, 1 given"),
        ([1, 2], [1, 1], ["design-based", "placebo-derived"], "use pool_by_basis"),
    ],
)
def test_estimates_that_cannot_be_pooled_are_refused(effects, errors, basis, sentence):
    with pytest.raises(ScienceError, match=sentence):
        estimates_of(effects, errors, basis, least=2)


def test_one_word_stands_for_all_estimates():
    assert bases_of("placebo-derived", 3) == (Basis.PLACEBO,) * 3


def test_an_error_from_placebos_is_their_spread():
    placebos = [-3.0, -2, -1, 0, 0, 0, 1, 2, 3, 4]

    assert placebo_error(placebos) == pytest.approx(np.std(placebos))


@pytest.mark.parametrize(("placebos", "sentence"), [(range(9), "at least 10 placebos, not 9"), ([2.0] * 12, "equal")])
def test_placebos_that_tell_no_error_are_refused(placebos, sentence):
    with pytest.raises(ScienceError, match=sentence):
        placebo_error(list(placebos))
