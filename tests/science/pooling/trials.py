"""Published trials with known answers: BCG vaccine and tuberculosis, 13 trials.

Counts as published in Colditz and others, Journal of the American Medical Association 271 (1994) 698-702: cases and
others among the vaccinated, cases and others among the rest, degrees from the equator. The figures that the tests
expect are those printed by the documentation and the tests of the R package metafor for the same table.
"""

import numpy as np

TABLE = np.array(
    [
        [4, 119, 11, 128, 44],
        [6, 300, 29, 274, 55],
        [3, 228, 11, 209, 42],
        [62, 13536, 248, 12619, 52],
        [33, 5036, 47, 5761, 13],
        [180, 1361, 372, 1079, 44],
        [8, 2537, 10, 619, 19],
        [505, 87886, 499, 87892, 13],
        [29, 7470, 45, 7232, 27],
        [17, 1699, 65, 1600, 42],
        [186, 50448, 141, 27197, 18],
        [5, 2493, 3, 2338, 33],
        [27, 16886, 29, 17825, 33],
    ],
    dtype=float,
)
CASES, OTHERS, CONTROL_CASES, CONTROL_OTHERS, LATITUDE = TABLE.T
EFFECTS = np.log(CASES / (CASES + OTHERS)) - np.log(CONTROL_CASES / (CONTROL_CASES + CONTROL_OTHERS))
ERRORS = np.sqrt(1 / CASES - 1 / (CASES + OTHERS) + 1 / CONTROL_CASES - 1 / (CONTROL_CASES + CONTROL_OTHERS))
DESIGN = "design-based"
