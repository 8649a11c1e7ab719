"""Panels with known answers, and an estimator written as slowly and plainly as the paper."""

import numpy as np

from lecen.science.difference_in_differences import NEVER, wide_panel


def staggered(units=120, periods=6, *, seed=0, effect=0.0, dates=(2, 3, 5, NEVER), clusters=None, shared=0.0):
    """Units with levels of their own, a common path, noise, and `effect` a period once treated."""
    chance = np.random.default_rng(seed)
    since = np.resize(dates, units)
    since = chance.permutation(since)
    outcomes = chance.normal(size=(units, 1)) * 3 + chance.normal(size=periods) + chance.normal(size=(units, periods))
    if clusters is not None:
        outcomes += shared * chance.normal(size=(np.max(clusters) + 1, periods))[clusters]
    outcomes += effect * np.maximum(np.arange(periods) - since[:, None] + 1, 0)
    return wide_panel(outcomes, since, clusters=clusters)


def by_hand(panel, cohort, period, base, controls):
    """One group-time effect and the contributions of all units, one unit after the other."""
    change = panel.outcomes[:, panel.periods == period][:, 0] - panel.outcomes[:, panel.periods == base][:, 0]
    treated = panel.treated_from == cohort
    untouched = np.isinf(panel.treated_from)
    if controls == "not_yet":
        untouched |= panel.treated_from > max(period, base)
    untouched &= ~treated
    effect = change[treated].mean() - change[untouched].mean()
    contributions = np.zeros(change.size)
    for unit in range(change.size):
        if treated[unit]:
            contributions[unit] = (change[unit] - change[treated].mean()) / treated.sum()
        elif untouched[unit]:
            contributions[unit] = -(change[unit] - change[untouched].mean()) / untouched.sum()
    return effect, contributions
