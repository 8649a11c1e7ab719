from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lecen.domains.evaluation import logic
from lecen.domains.evaluation.choices import Known, Stage
from lecen.domains.evaluation.logic import Agreement, Amount, Standing, agreement
from lecen.science.disclosure import protect

NONE, OPEN, FEW = Amount(Known.ABSENT), Amount(Known.PENDING), Amount(Known.FEW)
NOT_TRUST = "this cannot show that the event changed trust."


def shown(value: int) -> Amount:
    return Amount.of(value)


@pytest.mark.parametrize(
    ("answered", "present", "sentence"),
    [
        (shown(34), shown(60), f"34 of about 60 people answered; {NOT_TRUST}"),
        (shown(60), shown(60), f"60 of about 60 people answered; {NOT_TRUST}"),
        (shown(34), shown(20), f"34 people answered, but only 20 were counted; {NOT_TRUST}"),
        (shown(34), FEW, f"34 people answered, but fewer than 10 were counted; {NOT_TRUST}"),
        (shown(34), NONE, f"34 people answered and nobody was counted; {NOT_TRUST}"),
        (FEW, shown(60), f"Fewer than 10 of about 60 people answered; {NOT_TRUST}"),
        (FEW, FEW, f"Fewer than 10 people were counted and fewer than 10 answered; {NOT_TRUST}"),
        (FEW, NONE, f"Fewer than 10 people answered and nobody was counted; {NOT_TRUST}"),
        (NONE, shown(60), f"About 60 people came and nobody was asked; {NOT_TRUST}"),
        (NONE, FEW, f"Fewer than 10 people were counted and nobody was asked; {NOT_TRUST}"),
        (NONE, NONE, f"Nobody was counted and nobody was asked; {NOT_TRUST}"),
    ],
)
def test_first_line_says_how_few_answered_and_what_that_cannot_show(answered, present, sentence):
    assert logic.first_line(stage=Stage.OVER, answered=answered, present=present) == sentence


@pytest.mark.parametrize("present", [shown(60), FEW, NONE])
def test_first_line_waits_while_answers_come_in(present):
    assert logic.first_line(stage=Stage.OVER, answered=OPEN, present=present) == (
        "Answers are still coming in. Even when all are in, they cannot show that the event changed trust."
    )


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        (Stage.DRAFT, "This event is a draft. There is nothing to report yet."),
        (Stage.AHEAD, "This event is not over. There is nothing to report yet."),
        (Stage.CANCELED, "This event was canceled. Nothing was measured, and nothing can be shown."),
    ],
)
def test_first_line_of_an_event_that_did_not_take_place(stage, sentence):
    assert logic.first_line(stage=stage, answered=shown(34), present=shown(60)) == sentence


def test_first_line_never_claims_a_change():
    kinds = [shown(34), FEW, NONE, OPEN]
    lines = [
        logic.first_line(stage=Stage.OVER, answered=one, present=other) for one, other in product(kinds, kinds[:3])
    ]

    assert [
        line for line in lines if "cannot show that the event changed trust" not in line and "they cannot" not in line
    ] == []


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([12, 11, 10, 20, 47], Agreement(100, 67, 67)),
        ([None, None, 20, 28, 31], Agreement(100, 59, 59)),  # both steps that agree are shown
        ([20, 28, 31, None, None], Agreement(100, 21, 21)),  # all that do not are shown
        ([50, 20, None, None, 10], Agreement(100, 10, 30)),  # open, but fewer than half in any case
        ([None, None, None, None, None], Agreement(100, 0, 100, strongly=True)),
        ([None, 20, None, None, 30], Agreement(100, 30, 30, strongly=True)),
    ],
)
def test_agreement_is_what_the_shown_figures_tell(cells, found):
    assert agreement(dict(zip("12345", cells, strict=True)), 100) == found


def test_agreement_after_a_small_event_tells_who_agreed_strongly():
    assert agreement({"less": 14, "most": 20}, 34) == Agreement(34, 20, 20, strongly=True)
    assert agreement({"less": None, "most": None}, 34) == Agreement(34, 0, 34, strongly=True)


def test_a_share_of_thousands_is_not_rounded_to_everybody_or_nobody():
    assert [Agreement(9_000, all_but, all_but).share for all_but in (8_980, 20)] == [99, 1]


@given(st.lists(st.integers(0, 40), min_size=5, max_size=5).filter(lambda counts: sum(counts) >= 10))
def test_agreement_holds_the_true_number_and_needs_no_figure_that_is_withheld(counts):
    table = dict(zip("12345", counts, strict=True))
    released = protect(table)
    cells = {step: cell.value for step, cell in released.cells.items()}
    found = agreement(cells, released.total.value)

    true = table["5"] if found.strongly else table["4"] + table["5"]
    assert found.least <= true <= found.most
    assert found.share not in (0, 100)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Agreement(34, 20, 20), "59 % agreed"),
        (Agreement(34, 20, 20, strongly=True), "59 % strongly agreed"),
        (Agreement(100, 10, 30), "fewer than half agreed"),
        (Agreement(100, 0, 100, strongly=True), "not shown"),
    ],
)
def test_agreement_said(found, words):
    assert logic.agreement_said(found) == words


@pytest.mark.parametrize(
    ("planned", "rated", "note"),
    [
        (
            "strong",
            Agreement(40, 12, 12),
            "Planned as strong, but fewer than half of those who answered agreed. Ask people why.",
        ),
        (
            "strong",
            Agreement(40, 12, 12, strongly=True),
            "Planned as strong, but fewer than half of those who answered strongly agreed. Ask people why.",
        ),
        ("strong", Agreement(40, 20, 20), ""),
        ("strong", Agreement(40, 0, 40, strongly=True), ""),
        ("strong", None, ""),
        ("medium", Agreement(40, 12, 12), ""),
        ("weak", Agreement(40, 12, 12), ""),
    ],
)
def test_condition_note_stands_where_a_strong_plan_was_rated_low(planned, rated, note):
    assert logic.condition_note(planned=planned, rated=rated) == note


@pytest.mark.parametrize(
    ("state", "due_on", "shown_as"),
    [
        ("open", date(2024, 6, 15), "open"),  # due today is not late
        ("open", date(2024, 6, 14), "late"),
        ("done", date(2024, 6, 14), "done"),
    ],
)
def test_follow_up_state(state, due_on, shown_as):
    assert logic.follow_up_state(state=state, due_on=due_on, today=date(2024, 6, 15)) == shown_as


def standing(**changed) -> Standing:
    fine = {
        "stage": Stage.OVER,
        "answered": shown(34),
        "present": shown(60),
        "late": 0,
        "has_follow_ups": True,
        "low": "",
    }
    return Standing(**fine | changed)


@pytest.mark.parametrize(
    ("changed", "begins"),
    [
        ({"stage": Stage.CANCELED}, "Tell everybody who counted on it"),
        ({"stage": Stage.AHEAD}, "Plan who counts people"),
        ({"answered": OPEN, "late": 2}, "Close the pulse"),
        ({"late": 1, "low": "We worked together."}, "1 follow-up is late"),
        ({"late": 2}, "2 follow-ups are late"),
        ({"low": "We worked together."}, "Begin with the statement that was rated lowest: “We worked together.”"),
        ({"answered": FEW}, "Next time, hand out the pulse"),
        ({"present": NONE}, "Next time, count people"),
        ({"has_follow_ups": False}, "Write down what was promised"),
        ({}, "Tell those who came"),
    ],
)
def test_next_step_is_one(changed, begins):
    assert logic.next_step(standing(**changed)).startswith(begins)


def test_limits_speak_of_answers_only_where_there_are_any():
    assert (len(logic.limits(answered=FEW)), len(logic.limits(answered=shown(34)))) == (1, 4)


@pytest.mark.parametrize(
    ("amount", "words"),
    [(shown(34), "34"), (FEW, "fewer than 10"), (NONE, "none recorded"), (OPEN, "not released yet")],
)
def test_amount_in_words(amount, words):
    assert str(amount) == words
