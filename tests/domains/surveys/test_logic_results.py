"""What is released of one question: whatever is answered and however often it is released, no withheld count shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lecen.domains.surveys.logic import NOTHING, mean_of, release_table

K = 10
SCALE = [str(step) for step in range(1, 6)]
DEGREES = [str(degree) for degree in range(0, 101, 10)]


def counted(values, counts):
    return dict(zip(values, counts, strict=True))


def released(kind, values, *steps):
    """The table after each release, each step being the people who answered since the one before."""
    tables, table, basis, counts = [], NOTHING, {}, dict.fromkeys(values, 0)
    for step in steps:
        counts = {value: counts[value] + new for value, new in zip(values, step, strict=True)}
        table, basis = release_table(kind=kind, counts=counts, before=table, counts_before=basis)
        tables.append(table)
    return tables


def first(kind, values, counts):
    return released(kind, values, counts)[0]


# --- One release --------------------------------------------------------------------------------------------------------
def test_fewer_than_ten_answers_tell_nothing():
    assert first("scale", SCALE, (0, 0, 1, 3, 5)) == NOTHING


def test_a_scale_of_few_answers_is_told_in_two_groups():
    table = first("scale", SCALE, (0, 1, 2, 10, 21))

    assert (table.n, table.cells, table.groups["less"]) == (34, {"less": 13, "most": 21}, ("1", "2", "3", "4"))


@pytest.mark.parametrize("counts", [(0, 0, 1, 3, 30), (5, 5, 5, 5, 9), (0, 0, 0, 0, 34)])
def test_where_either_group_is_small_only_n_is_told(counts):
    table = first("scale", SCALE, counts)

    assert (table.n, set(table.cells.values())) == (sum(counts), {None})


def test_a_scale_of_many_answers_is_told_in_all_its_steps_with_the_mean():
    table = first("scale", SCALE, (10, 12, 18, 30, 40))

    assert table.cells == {"1": 10, "2": 12, "3": 18, "4": 30, "5": 40}
    assert mean_of(table) == pytest.approx(408 / 110)


def test_a_mean_is_withheld_with_any_of_its_steps():
    assert mean_of(first("scale", SCALE, (1, 3, 8, 38, 50))) is None
    assert mean_of(first("scale", SCALE, (0, 1, 2, 10, 21))) is None


def test_a_thermometer_is_told_as_cold_even_and_warm():
    few = first("thermometer", DEGREES, (2, 0, 0, 3, 1, 7, 2, 4, 6, 3, 2))
    many = first("thermometer", DEGREES, (5, 5, 5, 5, 5, 20, 20, 20, 20, 5, 5))

    assert few.cells == {"not_warm": 13, "warm": 17}
    assert many.cells == {"cold": 25, "even": 20, "warm": 70}


def test_a_choice_is_told_by_option():
    assert first("choice", ["here", "elsewhere"], (25, 12)).cells == {"here": 25, "elsewhere": 12}
    assert first("choice", ["here", "elsewhere"], (25, 9)).cells == {"here": None, "elsewhere": None}


# --- One release after another --------------------------------------------------------------------------------------------
def test_fewer_than_ten_new_answers_to_a_question_leave_its_table():
    before, after = released("choice", ["yes", "no"], (12, 12), (5, 4))

    assert after == before


def test_answers_left_out_of_one_release_are_in_a_later_one():
    tables = released("choice", ["yes", "no"], (12, 12), (5, 4), (5, 10))

    assert tables[2].cells == {"yes": 22, "no": 26}


def test_a_step_that_would_show_a_small_group_by_subtraction_hides_it():
    before, after = released("choice", ["yes", "no"], (12, 12), (20, 1))

    assert before.cells == {"yes": 12, "no": 12}
    assert (after.n, after.cells) == (45, {"yes": None, "no": None})


def test_what_was_hidden_once_stays_hidden():
    assert released("choice", ["yes", "no"], (20, 1), (20, 30))[1].cells == {"yes": None, "no": None}


def test_a_table_keeps_the_groups_in_which_it_was_first_shown():
    tables = released("scale", SCALE, (1, 2, 3, 10, 15), (20, 20, 20, 20, 20))

    assert tables[1].cells == {"less": 96, "most": 35}


# --- A reader who keeps every release ------------------------------------------------------------------------------------
def what_a_reader_can_tell(tables):
    """Faults found from published figures alone: a count of fewer than k people, or one that can be narrowed down.

    Each new table adds a row of other people: its sum is known, and the cells that are shown before and after.
    """
    faults, n, known = [], 0, {}
    for table in tables:
        if table.n is None or table.n == n:
            continue
        shown = {name: count for name, count in table.cells.items() if count is not None}
        row = {name: count - known.get(name, 0) for name, count in shown.items() if n == 0 or name in known}
        hidden = len(table.cells) - len(row)
        rest = table.n - n - sum(row.values())
        faults += [f"{name}: {count}" for name, count in row.items() if count < K]
        faults += [f"{hidden} hidden share {rest}"] if hidden == 1 or (hidden and rest < K - 1) else []
        faults += [f"{name} shown again" for name in shown if n and name not in known]
        n, known = table.n, shown
    return faults


def test_the_reader_sees_through_a_careless_release():
    one = release_table(kind="choice", counts={"yes": 12, "no": 12}, before=NOTHING, counts_before={})[0]
    two = release_table(kind="choice", counts={"yes": 32, "no": 13}, before=NOTHING, counts_before={})[0]

    assert what_a_reader_can_tell([one, two]) == ["no: 1"]


people = st.integers(0, 60)
steps = st.lists(st.lists(people, min_size=5, max_size=5), min_size=1, max_size=4)


@given(steps=steps, kind=st.sampled_from(["scale", "choice"]))
def test_no_sequence_of_releases_gives_a_withheld_count_away(steps, kind):
    assert what_a_reader_can_tell(released(kind, SCALE, *steps)) == []


@given(steps=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=5))
def test_no_sequence_of_releases_of_yes_and_no_gives_a_count_away(steps):
    assert what_a_reader_can_tell(released("choice", ["yes", "no"], *steps)) == []


@given(counts=st.lists(st.integers(0, 40), min_size=11, max_size=11))
def test_no_thermometer_gives_a_count_away(counts):
    assert what_a_reader_can_tell(released("thermometer", DEGREES, counts)) == []
