"""Why a session found no place: sets that conflict, and no longer do when any one of them is given up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.stopwatch import Stopwatch
from lecen.science.timetable import Room, Session, Slot, Unplaced, conference, conflicts, rules, schedule
from lecen.science.timetable.placing import fits
from tests.science.timetable.small import drawn

HALL, SLOTS = Room("hall", 100), [Slot("nine"), Slot("ten", after_break=False)]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 2))
def test_a_conflict_ends_when_any_session_or_rule_is_given_up(seed, longest):
    people = drawn(seed, sessions=7, slots=1 + longest, longest=longest)
    names = [session.name for session in people.sessions]
    for found in schedule(people, seed=1, steps=0).unplaced:
        held = [names.index(name) for name in (found.session, *found.sessions)]

        assert found.smallest
        assert not fits(people, held, found.rules, Stopwatch())
        assert all(fits(people, set(held) - {one}, found.rules, Stopwatch()) for one in held)
        assert all(fits(people, held, set(found.rules) - {one}, Stopwatch()) for one in found.rules)


@pytest.mark.parametrize(
    ("session", "room", "away", "rule"),
    [
        (Session("a", seats=101), HALL, {}, rules.SEATS),
        (Session("a", accessible=True), Room("hall", 100, accessible=False), {}, rules.ACCESSIBLE),
        (Session("a", equipment=frozenset({"screen"})), HALL, {}, rules.EQUIPPED),
        (Session("a", speakers=("ann",)), HALL, {"ann": ["nine", "ten"]}, rules.AVAILABLE),
        (Session("a"), Room("hall", 100, closed=frozenset({"nine", "ten"})), {}, rules.OPEN),
    ],
)
def test_a_session_that_fits_nowhere_names_the_rule(session, room, away, rule):
    found = schedule(conference([session], SLOTS, [room], away=away), seed=1)

    assert found.unplaced == (Unplaced("a", (rule,), (), smallest=True),)


@pytest.mark.parametrize(
    ("sessions", "rule"),
    [
        ([Session("a", speakers=("ann",), priority=2), Session("b", speakers=("ann",))], (rules.BREAKS,)),
        ([Session("a", slot="ten", priority=2), Session("b", slot="ten")], (rules.FIXED, rules.ONE_A_ROOM)),
    ],
)
def test_two_sessions_that_cannot_both_be_placed_name_each_other(sessions, rule):
    found = schedule(conference(sessions, SLOTS, [HALL]), seed=1)

    assert found.unplaced == (Unplaced("b", rule, ("a",), smallest=True),)


def test_a_course_that_would_run_twice_at_once_is_named():
    people = conference(
        [Session("a", course="c", slot="ten", priority=2), Session("b", course="c", slot="ten")],
        SLOTS,
        [HALL, Room("loft", 9)],
    )

    assert schedule(people, seed=1).unplaced == (Unplaced("b", (rules.FIXED, rules.ONE_RUN), ("a",), smallest=True),)


def test_where_every_room_is_taken_that_is_said_without_time_and_unsettled_too():
    people = conference([Session("a"), Session("b", slot="nine"), Session("c", speakers=("ann",))], SLOTS[:1], [HALL])

    found = conflicts.explain(people, np.array([0, -1, -1]), Stopwatch(0), settled=False)

    assert found == tuple(Unplaced(name, (rules.ONE_A_ROOM,), ("a",), smallest=True) for name in "bc")


def test_where_every_open_room_is_taken_the_closed_ones_are_named():
    loft = Room("loft", 9, closed=frozenset({"nine"}))
    found = conflicts.explain(
        conference([Session("a"), Session("b")], SLOTS[:1], [HALL, loft]), np.array([0, -1]), Stopwatch(), settled=True
    )

    assert found == (Unplaced("b", (rules.OPEN, rules.ONE_A_ROOM), ("a",), smallest=True),)


def test_a_session_that_has_only_one_place_names_what_is_there_though_every_room_is_taken():
    sessions = [Session("a", slot="nine", priority=2), Session("b", slot="nine"), Session("c")]
    found = schedule(conference(sessions, SLOTS, [HALL]), seed=1)

    assert found.unplaced == (Unplaced("b", (rules.FIXED, rules.ONE_A_ROOM), ("a",), smallest=True),)


def test_where_every_room_is_taken_that_is_what_stands_in_the_way():
    people = conference([Session(name) for name in "abcde"], SLOTS, [HALL, Room("loft", 9)])
    found = schedule(people, seed=1)

    assert found.unplaced == (
        Unplaced(found.unplaced[0].session, (rules.ONE_A_ROOM,), tuple(found.places), smallest=True),
    )


def test_a_search_that_asks_too_much_says_so(monkeypatch):
    monkeypatch.setattr(conflicts, "MOST_COLUMNS", 20)
    sessions = [Session(name, speakers=("ann",)) for name in "abcd"]

    last = schedule(conference(sessions, SLOTS, [HALL]), seed=1).unplaced[-1]

    assert (last.rules, last.sessions, last.smallest) == ((), (), False)


def test_without_time_nothing_is_explained_and_that_is_said():
    people = drawn(1, sessions=3, slots=2, rooms=2)
    found = conflicts.explain(people, np.array([-1, 0, -1]), Stopwatch(0), settled=True)

    assert found == tuple(Unplaced(name, (), (), smallest=False) for name in ("s0", "s2"))


def test_where_it_is_not_known_that_no_more_fits_only_what_stands_alone_is_said():
    people = conference([Session("a", seats=101), Session("b"), Session("c")], SLOTS, [HALL])
    found = conflicts.explain(people, np.array([-1, -1, 0]), Stopwatch(), settled=False)

    assert found == (Unplaced("a", (rules.SEATS,), (), smallest=True), Unplaced("b", (), (), smallest=False))


def test_where_every_room_is_taken_by_long_sessions_too_that_is_said():
    sessions = [Session("long", length=2, slot="nine"), Session("short"), Session("so far", length=2)]
    people = conference(sessions, SLOTS, [HALL], demand=None)
    placed = np.array([0, -1, -1])

    found = conflicts.explain(people, placed, Stopwatch(1e-9), settled=True)

    assert found == (
        Unplaced("short", (rules.ONE_A_ROOM,), ("long",), smallest=True),
        Unplaced("so far", (rules.ONE_A_ROOM,), ("long",), smallest=False),
    )


def test_where_no_room_is_open_that_alone_is_named():
    room = Room("hall", 9, closed=frozenset({"nine", "ten"}))

    found = conflicts.explain(conference([Session("a")], SLOTS, [room]), np.array([-1]), Stopwatch(0), settled=True)

    assert found == (Unplaced("a", (rules.OPEN,), (), smallest=True),)
