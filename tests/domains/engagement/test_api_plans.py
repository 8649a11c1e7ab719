from uuid import uuid4

LIST = "/api/v1/plans/"


def test_a_member_reads_plans_and_tasks_as_data(plan, signed_in, member):
    browser = signed_in(member)
    summary = {
        "id": str(plan.pk),
        "agency": "riverbend",
        "playbook": "faith-and-blue",
        "playbook_version": 2,
        "title": {"en": "Faith & Blue weekend event", "es": "Encuentro de fin de semana Faith & Blue"},
        "day": "2026-07-27",
        "state": "active",
    }
    assert browser.get(LIST).json() == {"items": [summary], "next_cursor": ""}
    assert browser.get(f"{LIST}{plan.pk}/").json() == summary

    tasks = browser.get(f"{LIST}{plan.pk}/tasks/").json()
    assert (len(tasks), tasks[0]["days"], tasks[0]["role"], tasks[0]["who"]) == (18, -56, "lead", "Agency co-lead")


def test_plans_belong_to_their_agency(plan, client, signed_in, stranger_organizer):
    assert [client.get(address).status_code for address in (LIST, f"{LIST}{plan.pk}/")] == [401, 401]
    browser = signed_in(stranger_organizer)
    assert browser.get(LIST).json() == {"items": [], "next_cursor": ""}
    for key in (plan.pk, uuid4()):
        assert browser.get(f"{LIST}{key}/tasks/").status_code == 404
