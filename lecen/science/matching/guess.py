"""A guess at the prices of mentors' seats: it makes a pool in which all want the same few quick to decide."""

import numpy as np
from scipy.sparse import csr_array

from lecen.science.arrays import Counts, Numbers
from lecen.science.matching.prices import Offers

# Softness of choice begins at a quarter of the range of weights; each stage takes a quarter of the one before.
COOLING, FINEST = 4.0, 2.0**-16
# What it is worth to be among the mentees left over settles slowly.
ROUNDS, ROUNDS_WITHOUT = 8, 32
NOBODY = 1e-200
# Guesses halfway between two steps are common; how they are rounded must not hang on a last bit.
ROUNDING = 0.618


def likely_prices(offers: Offers) -> Counts:
    """Guess whole prices of 0 or more, one a mentor, at which mentees' choices would about fill the seats.

    Mentees choose softly: the more an offer's weight less its price, the more of them take it. Prices move until
    choices and seats agree, and choices become sharper stage by stage. Who is left over on the long side takes a
    stand-in. Nothing but time rests on the guess. Source: Kosowsky and Yuille, Neural Networks 7 (1994) 477-490.
    """
    if not len(offers.mentor):
        return np.zeros(len(offers.seats), dtype=np.int64)
    mentor, worth = offers.mentor, (offers.weight - offers.weight.min()).astype(np.float64)
    asked = np.bincount(mentor, minlength=len(offers.seats))
    seats = np.minimum(offers.seats, asked).astype(np.float64)
    begin = np.flatnonzero(np.diff(offers.mentee, prepend=-1))
    lengths = np.diff(begin, append=len(mentor))
    without = len(begin) > seats.sum()
    price = np.where(asked > 0, np.bincount(mentor, worth, len(seats)) / np.maximum(asked, 1), worth.max())
    out = 0.0 if without else np.inf
    step = max(int(np.gcd.reduce(offers.weight - offers.weight[0])), 1)
    ranges = np.maximum.reduceat(worth, begin) - np.minimum.reduceat(worth, begin)
    softness, least = float(worth.max()) / COOLING, max(float(ranges.mean()) * FINEST, step / COOLING**2)
    choice = csr_array((worth, mentor, np.r_[begin, len(mentor)]), shape=(len(begin), len(seats)))
    while softness >= least:
        net = worth - price[mentor]
        gain = np.maximum(np.maximum.reduceat(net, begin), -out)
        choice.data = np.exp((net - np.repeat(gain, lengths)) / softness)
        leave, idle = np.exp((-out - gain) / softness), np.exp((price.min() - price) / softness)
        seat, leaving = _agreed(choice, leave, idle, seats)
        price -= softness * np.log(seat)
        out -= softness * np.log(leaving)
        softness /= COOLING
    # A price is told by what it is beside going without, or beside the cheapest seat.
    level, least_paid = (out, float(offers.weight.min())) if without else (price.min(), 0.0)
    whole = np.floor((price - level) / step + ROUNDING) * step + least_paid
    return np.where(asked > 0, np.maximum(whole, 0), 0).astype(np.int64)


def _agreed(choice: csr_array, leave: Numbers, idle: Numbers, seats: Numbers) -> tuple[Numbers, float]:
    """Scale mentors' columns, and that of going without, in turn with the mentees' rows until both about add up."""
    spare = float(seats.sum()) - len(leave)
    taking, seat, leaving = choice.T, np.ones(len(seats)), 1.0
    for _ in range(ROUNDS if spare >= 0 else ROUNDS_WITHOUT):
        asking = 1 / np.maximum(choice @ seat + leave * leaving, NOBODY)
        idling = max(spare, 0) / max(float(idle @ seat), NOBODY)
        seat = np.maximum(seats / np.maximum(taking @ asking + idle * idling, NOBODY), NOBODY)
        leaving = max(-spare / max(float(leave @ asking), NOBODY), NOBODY)
    return seat, leaving
