"""A conference of 5,000: how near to the best the sum is proven, and how long that takes."""

import time
from dataclasses import replace

import numpy as np

from lecen.science.arrays import generator
from lecen.science.assignment import Rules, assign_sessions, reassign_sessions
from lecen.science.assignment.attendance import attendance
from lecen.science.assignment.demand import read_demand
from lecen.science.assignment.draft import draft, first_come
from lecen.science.assignment.program import build_program, order_of_units
from lecen.science.assignment.seat_program import solve_whole
from lecen.science.stopwatch import Stopwatch
from tests.science.assignment.cases import broken_rules, simulate


def timed(call):
    began = time.perf_counter()
    found = call()
    return found, time.perf_counter() - began


def arrays(people, sections):
    demand = read_demand(people, sections, Rules(), None)
    return build_program(demand, order_of_units(demand, generator(1)))


def bench_the_sum_for_five_thousand():
    for popularity in (0.3, 0.8):
        people, sections = simulate(5_000, 60, 8, 160, ranked=20, popularity=popularity)
        program = arrays(people, sections)
        served = program.points_of(first_come(program)).sum()
        drafted, took_draft = timed(lambda case=(people, sections): assign_sessions(*case, policy="draft", seed=1))
        found, took = timed(lambda case=(people, sections): assign_sessions(*case, seed=1))
        print(f"\n5,000 people, 160 sections, popularity {popularity}: first come {served:,}; draft {drafted.score:,}")
        print(f"  in {took_draft:.1f} s; sum {found.score:,} of at most {found.bound:,} ({100 * found.gap:.4f} %)")
        print(f"  in {took:.1f} s; floors: draft {drafted.floor:.2f}, sum {found.floor:.2f}")
        assert found.gap <= 1e-4
        assert broken_rules(people, sections, Rules(), found.seats) == []


def bench_each_course_once():
    people, sections = simulate(5_000, 60, 8, 60, ranked=20)
    found, took = timed(lambda: assign_sessions(people, sections, seed=1))
    print(
        f"\neach course once: {found.score:,} of at most {found.bound:,} in {took:.1f} s; draft {found.draft_score:,}"
    )
    assert found.gap <= 1e-4


def bench_the_floor():
    for people_count in (500, 5_000):
        people, sections = simulate(people_count, 60, 8, 160, ranked=20)
        plain = assign_sessions(people, sections, seed=1)
        found, took = timed(lambda case=(people, sections): assign_sessions(*case, policy="floor", seed=1, seconds=600))
        print(f"\nfloor first, {people_count:,} people, in {took:.0f} s: {found.floor:.3f} of at most")
        print(
            f"  {found.floor_bound:.2f} (sum alone {plain.floor:.3f}); {found.score:,} points of at most {found.bound:,}"
        )
        print(f"  (sum alone {plain.score:,}); ended by {found.ended}")
        assert plain.floor < found.floor
        assert found.floor_bound < 0.9


def bench_sections_that_too_few_attend():
    people, sections = simulate(5_000, 60, 8, 160, ranked=20)
    plain, took_plain = timed(lambda: assign_sessions(people, sections, seed=1))
    present = attendance(plain.seats)
    least_attended = sorted(sections, key=lambda one: (present[one.name] / one.seats, one.name))[:6]
    needing = [
        replace(one, least=min(present[one.name] + 25, one.seats)) if one in least_attended else one for one in sections
    ]
    found, took = timed(lambda: assign_sessions(people, needing, seed=1))
    print(f"\n6 sections short of people: {len(found.canceled)} canceled in {took:.0f} s (without, {took_plain:.0f} s)")
    assert all(attendance(found.seats)[one.name] >= one.least for one in needing if one.name not in found.canceled)


def bench_after_a_section_is_canceled():
    people, sections = simulate(5_000, 60, 8, 160, ranked=20)
    found = assign_sessions(people, sections, seed=1)
    gone = sections[7].name
    again, took = timed(lambda: reassign_sessions(found.seats, people, sections, canceled=[gone], seed=1))
    had = sum(gone in held for held in found.seats.values())
    print(
        f"\n{had} seats canceled: {len(again.lost)} people lost one in {took:.1f} s, {again.assignment.score:,} points"
    )
    assert len(again.lost) == had


def bench_five_hundred_beside_one_integer_program():
    people, sections = simulate(500, 60, 8, 160, ranked=20)
    program = arrays(people, sections)
    found, took = timed(lambda: assign_sessions(people, sections, gap=0, seed=1))
    watch = Stopwatch(900)
    everybody = np.arange(program.units)
    direct, took_direct = timed(
        lambda: solve_whole(program, draft(program), everybody, start=True, most_nodes=10**6, watch=watch)
    )
    score = program.points_of(direct.schedules).sum()
    print(f"\n500 people: {found.score:,} (bound {found.bound:,}) in {took:.1f} s; one integer program {score:,}")
    print(f"  (bound {direct.bound:,.1f}, closed: {direct.closed}) in {took_direct:.0f} s")
    assert found.score == found.bound
    assert score == found.score or not direct.closed
