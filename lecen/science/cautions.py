"""What a reader has to know beside a figure that could be computed, but not without reserve; standard library only."""

from dataclasses import dataclass

ENOUGH_ANSWERS = 100


@dataclass(frozen=True)
class Caution:
    """One reserve about a figure.

    `code` is stable, for programs and translations; `text` is one English sentence for people.
    """

    code: str
    text: str


def few_answers(n: int) -> tuple[Caution, ...]:
    """Give a caution where figures about a scale rest on fewer than 100 people, else nothing."""
    if n >= ENOUGH_ANSWERS:
        return ()
    text = f"These figures rest on {n} people; below {ENOUGH_ANSWERS} they can change much with the next few answers."
    return (Caution("few-answers", text),)
