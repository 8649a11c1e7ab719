"""Proof that a matching is the best: prices of the mentors' seats at which nobody, and no seat, could do better."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Counts

# So many offers a mentee are looked at first, then all.
NEAREST = (16, 256)


@dataclass(frozen=True)
class Offers:
    """What is left to decide: candidates sorted by mentee, each with a whole weight above 0, and mentors' free seats."""

    mentee: Counts
    mentor: Counts
    weight: Counts
    seats: Counts

    def gains(self, price: Counts) -> Counts:
        """Give the most that each mentee could have at these prices: 0 by going without."""
        gain = np.zeros(int(self.mentee.max(initial=-1)) + 1, dtype=np.int64)
        np.maximum.at(gain, self.mentee, self.weight - price[self.mentor])
        return gain


def proves(offers: Offers, picked: NDArray[np.bool_], price: Counts) -> bool:
    """Say whether the `picked` candidates have the greatest sum of weights, by duality of linear programs.

    Any prices of 0 or more bound what a matching can reach: each seat's price, and each mentee's best weight less the
    price to be paid. Where prices that keep everybody content with what they have make that bound equal to the sum
    reached, nothing can be better. They are looked for from the `price` guessed on, first among the offers that are
    nearest to being wanted. All sums are whole numbers, so nothing is lost to rounding. Source: Koopmans and Beckmann,
    Econometrica 25 (1957) 53-76.
    """
    reached = sum(int(value) for value in offers.weight[picked])
    people = len(np.unique(offers.mentee))
    for listed in (*NEAREST, len(offers.mentee)):
        gain = offers.gains(price)
        if _bound(offers, gain, price) == reached:
            break
        loss = gain[offers.mentee] - offers.weight + price[offers.mentor]
        last = min(listed * people, len(loss)) - 1
        near = picked | (loss <= np.partition(loss, last)[last])
        some = Offers(offers.mentee[near], offers.mentor[near], offers.weight[near], offers.seats)
        price = settled_prices(some, picked[near], price)
    return _bound(offers, offers.gains(price), price) == reached


def _bound(offers: Offers, gain: Counts, price: Counts) -> int:
    # Python's whole numbers do not overflow.
    return sum(gain.tolist()) + sum(int(a) * int(b) for a, b in zip(price, offers.seats, strict=True))


def settled_prices(offers: Offers, picked: NDArray[np.bool_], price: Counts) -> Counts:
    """Give prices at which no mentee wants another seat than theirs, where there are such prices.

    Those given are raised where somebody wants another seat, by rounds in which only mentees whose own price has just
    risen are asked again; what it is worth to go without or to stand empty rises where a price must not. From prices
    of 0 come the lowest. A path of raises passes each mentor once; prices that still rise then never settle.
    """
    mentee, mentor, weight, mentors = offers.mentee, offers.mentor, offers.weight, len(offers.seats)
    people = int(mentee.max(initial=-1)) + 1
    held, own = np.full(people, -1), np.zeros(people, dtype=np.int64)
    held[mentee[picked]], own[mentee[picked]] = mentor[picked], weight[picked]
    free = np.bincount(mentor[picked], minlength=mentors) < offers.seats
    paired, start = np.flatnonzero(held >= 0), np.searchsorted(mentee, np.arange(people + 1))
    price, nothing, asked = price.copy(), 0, np.arange(people)
    for _ in range(mentors + 2):
        before, was = price.copy(), nothing
        lengths = start[asked + 1] - start[asked]
        entries = np.repeat(start[asked] - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
        paid = np.where(held[asked] >= 0, price[held[asked]], nothing)
        np.maximum.at(price, mentor[entries], weight[entries] - np.repeat(own[asked] - paid, lengths))
        least = np.r_[nothing, price[free], price[held[paired]] - own[paired]]
        nothing = int(least.max())
        np.maximum(price, nothing, out=price)
        risen = price > before
        if not risen.any() and nothing == was:
            break
        asked = np.flatnonzero(np.where(held >= 0, risen[held], nothing > was))
    return price - nothing
