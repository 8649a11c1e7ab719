import pytest


def get(client, past):
    return client.get(f"/api/v1/events/{past.event.pk}/report/")


def test_the_report_as_data_says_what_the_page_says(past, signed_in):
    past.answer(20, equal_status="5")
    past.answer(14, equal_status="2")
    past.count(60)
    past.close()
    told = get(signed_in(past.reader), past).json()
    equal = told["pulse"]["statements"][0]

    assert told["first_line"] == "34 of about 60 people answered; this cannot show that the event changed trust."
    assert told["people"]["present"] == {"known": "shown", "value": 60}
    assert (equal["key"], equal["agreed"]) == ("equal_status", {"share": 59, "strongly": True})
    assert [group["value"] for group in equal["answers"]] == [20, 14]


def test_few_people_have_no_value(past, signed_in):
    past.answer(9, equal_status="5")
    past.count(7)
    past.close()
    told = get(signed_in(past.reader), past).json()

    assert (told["people"]["present"], told["pulse"]["answered"]) == ({"known": "few", "value": None},) * 2
    assert told["pulse"]["statements"] == []


@pytest.mark.parametrize("actor", ["resident", "operator", "stranger_organizer"])
def test_outsiders_learn_nothing(past, signed_in, request, actor):
    assert get(signed_in(request.getfixturevalue(actor)), past).status_code == 404
