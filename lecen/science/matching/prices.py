"""Proof that a matching is the best: prices of the mentors' seats at which nobody, and no seat, could do better."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Counts


@dataclass(frozen=True)
class Offers:
    """What is left to decide: candidates sorted by mentee, each with a whole weight above 0, and mentors' free seats."""

    mentee: Counts
    mentor: Counts
    weight: Counts
    seats: Counts


def proves(offers: Offers, picked: NDArray[np.bool_]) -> bool:
    """Say whether the `picked` candidates have the greatest sum of weights, by duality of linear programs.

    Any prices of 0 or more bound what a matching can
    reach: each seat's price, and each mentee's best weight less the price to be paid. Where the lowest prices that
    keep everybody content with what they have make that bound equal to the sum reached, nothing can be better. All
    sums are whole numbers, so nothing is lost to rounding. Source: Koopmans and Beckmann, Econometrica 25 (1957) 53-76.
    """
    price = lowest_prices(offers, picked)
    gain = np.zeros(int(offers.mentee.max(initial=-1)) + 1, dtype=np.int64)
    np.maximum.at(gain, offers.mentee, offers.weight - price[offers.mentor])
    # Python's whole numbers do not overflow.
    bound = sum(int(value) for value in gain) + sum(int(a) * int(b) for a, b in zip(price, offers.seats, strict=True))
    return bound == sum(int(value) for value in offers.weight[picked])


def lowest_prices(offers: Offers, picked: NDArray[np.bool_]) -> Counts:
    """Give the lowest prices at which no mentee wants another seat than theirs, where there are such prices.

    They are longest paths over who would take whose seat, found by rounds in which only mentees of mentors whose price
    has just risen are asked again. A path passes each mentor once; prices that still rise then never settle.
    """
    mentee, mentor, weight, mentors = offers.mentee, offers.mentor, offers.weight, len(offers.seats)
    people = int(mentee.max(initial=-1)) + 1
    price = np.zeros(mentors, dtype=np.int64)
    held, own = np.full(people, -1), np.zeros(people, dtype=np.int64)
    held[mentee[picked]] = mentor[picked]
    own[mentee[picked]] = weight[picked]
    start = np.searchsorted(mentee, np.arange(people + 1))
    asked = np.arange(people)
    for _ in range(mentors + 1):
        lengths = start[asked + 1] - start[asked]
        entries = np.repeat(start[asked] - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
        paid = np.where(held[asked] >= 0, price[held[asked]], 0)
        needed = weight[entries] - np.repeat(own[asked] - paid, lengths)
        before = price.copy()
        np.maximum.at(price, mentor[entries], needed)
        risen = price > before
        if not risen.any():
            break
        asked = np.flatnonzero((held >= 0) & risen[held])
    return price
