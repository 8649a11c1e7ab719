"""Sentences an officer can read out, with nothing withheld in them."""

from lecen.science.geography import in_words, response_shares

ADULTS = {f"a{place:02}": 5000 for place in range(20)} | {"tiny": 300}
COUNTS = {f"a{place:02}": 50 for place in range(20)} | {"a07": 2, "tiny": 0}
LAST = "This counts who answered. It does not tell what the others think, or why they did not answer."


def test_the_words_say_who_is_not_heard_and_what_to_do():
    said = in_words(response_shares(COUNTS, ADULTS, unplaced=30))

    assert said[:3] == (
        "982 people answered: 9.5 of 1,000 adults in the areas listed.",
        "Heard less than chance explains: a07 (1 of 21 areas).",
        "Go there before the next meeting: ask people who live and work there how they want to be heard.",
    )
    assert said[3].startswith("No count is shown for ")
    assert said[5:7] == (
        "In 1 of them fewer than 10 people answered, and too few were expected to tell silence from chance.",
        "Compare larger areas to see more.",
    )
    assert said[7].startswith("Chance taken away, the response of two areas picked by lot differs by about ")
    assert said[8:] == (LAST,)


def test_the_words_say_when_nobody_is_unheard():
    said = in_words(response_shares({"a": 40, "b": 60}, {"a": 4000, "b": 6000}, unplaced=20))

    assert (
        said
        == (
            "120 people answered: 10.0 of 1,000 adults in the areas listed.",
            "No area was heard less than chance alone could explain.",
            LAST,
        )
        or "No count is shown" in said[2]
    )


def test_many_unheard_areas_are_cut_short():
    adults = {f"a{place:02}": 5000 for place in range(40)}
    counts = {f"a{place:02}": 2 if place < 8 else 60 for place in range(40)}

    said = in_words(response_shares(counts, adults, unplaced=30))

    assert said[1] == "Heard less than chance explains: a00, a01, a02, a03, a04 and 3 more (8 of 40 areas)."


def test_few_people_are_only_said_to_be_few():
    assert in_words(response_shares({"a00": 3}, ADULTS)) == ("Fewer than 10 people answered; nothing is shown.",)


def test_answers_spread_thin_are_to_be_joined():
    assert in_words(response_shares({"a": 4, "b": 9}, {"a": 4000, "b": 6000})) == (
        "13 people answered, too few in each area for any to be shown.",
        "Join areas into larger ones, or wait for more answers.",
    )
