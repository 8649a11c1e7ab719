import pytest

from lecen.domains.library.logic import PlaybookContent, same_content, say_days, say_length


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "On the day"),
        (-56, "8 weeks before"),
        (-7, "1 week before"),
        (-1, "1 day before"),
        (14, "2 weeks after"),
        (3, "3 days after"),
    ],
)
def test_days_from_the_event_are_said_in_words(days, said):
    assert say_days(days) == said


@pytest.mark.parametrize(("minutes", "said"), [(45, "45 minutes"), (60, "1 hour"), (150, "2 hours 30 minutes")])
def test_a_length_is_said_in_words(minutes, said):
    assert say_length(minutes) == said


def test_follow_ups_come_after_the_last_session(content):
    content["last_session_day"] = 2
    content["tasks"][1]["days"] = 2

    assert [task.is_follow_up for task in PlaybookContent(content).tasks] == [False, False, True]


def test_the_agenda_adds_up_the_minutes(content):
    assert [item.starts_after for item in PlaybookContent(content).agenda] == [0, 30]


def test_the_version_is_no_part_of_what_a_playbook_says(content):
    assert same_content(content, {**content, "version": 2}) is True
    assert same_content(content, {**content, "sessions": 2}) is False
