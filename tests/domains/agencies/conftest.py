"""Boundaries as they come out of a file, for imports."""

import pytest

from lecen.domains.agencies.logic import Area, Reading
from lecen.kernel import geometry
from tests.factories import square


def area(code, name=None, *, west=-89.5, side=0.02, row=1):
    repaired = geometry.repair(square(west, 41.2, side))
    return Area(row, code, name or f"Beat {code}", repaired.boundary, repaired.box)


@pytest.fixture
def make_area():
    return area


@pytest.fixture
def make_reading():
    def make(*areas, refusals=()):
        return Reading(tuple(areas), (), tuple(refusals), ())

    return make
