"""The geography of the unheard in words: who has not been heard, and what to do about it."""

from collections.abc import Sequence

from lecen.science.geography.responses import ResponseShares
from lecen.science.geography.telling import Told

_NAMED = 5


def in_words(shares: ResponseShares) -> tuple[str, ...]:
    """Say in plain sentences what response by area shows: a paragraph's worth for an officer, nothing withheld in it."""
    if shares.n is None:
        return (f"Fewer than {shares.k} people answered; nothing is shown.",)
    if shares.per_thousand is None:
        return (
            f"{shares.n:,} people answered, too few in each area for any to be shown.",
            "Join areas into larger ones, or wait for more answers.",
        )
    told = [f"{shares.n:,} people answered: {shares.per_thousand:.1f} of 1,000 adults in the areas listed."]
    told += [*_unheard(shares), *_silent(shares), *_unequal(shares)]
    return (*told, "This counts who answered. It does not tell what the others think, or why they did not answer.")


def _unheard(shares: ResponseShares) -> list[str]:
    if not shares.unheard:
        return ["No area was heard less than chance alone could explain."]
    many = len(shares.unheard)
    return [
        f"Heard less than chance explains: {_listed(shares.unheard)} ({many:,} of {len(shares.areas):,} areas).",
        "Go there before the next meeting: ask people who live and work there how they want to be heard.",
    ]


def _silent(shares: ResponseShares) -> list[str]:
    silent = shares.silent
    if silent is None:
        return []
    said = [
        f"No count is shown for {silent.areas:,} areas with {silent.population:,.0f} adults.",
        f"Together at most {silent.at_most:,} people answered from them; {silent.expected:,.0f} would have, had all areas answered alike.",
    ]
    unsure = sum(area.told is Told.FEWER and not area.unheard and area.expected is not None for area in shares.areas)
    if unsure:
        said += [
            f"In {unsure:,} of them fewer than {shares.k} people answered, and too few were expected to tell silence from chance.",
            "Compare larger areas to see more.",
        ]
    return said


def _unequal(shares: ResponseShares) -> list[str]:
    if shares.inequality is None:
        return []
    gini, (low, high) = shares.inequality.gini, shares.inequality.interval
    difference = f"{2 * gini:.0%} of the average ({2 * low:.0%} to {2 * high:.0%})"
    return [f"Chance taken away, the response of two areas picked by lot differs by about {difference}."]


def _listed(areas: Sequence[str]) -> str:
    named = ", ".join(areas[:_NAMED])
    return f"{named} and {len(areas) - _NAMED:,} more" if len(areas) > _NAMED else named
