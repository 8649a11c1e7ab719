LIST = "/api/v1/playbooks/"


def test_the_library_is_data(client, playbook):
    assert client.get(LIST).json() == [
        {
            "slug": "park-day",
            "version": 1,
            "name": {"en": "Park day", "es": "Park day (es)"},
            "summary": {
                "en": "Neighbors and officers clean a park. It takes four weeks.",
                "es": "Neighbors and officers clean a park. It takes four weeks. (es)",
            },
            "kind": "social",
            "lead_time_days": 28,
            "duration_minutes": 90,
            "tags": ["first-event", "families"],
        }
    ]


def test_the_list_is_filtered(client, playbook):
    assert client.get(LIST, {"tag": "yearly"}).json() == []
    assert client.get(LIST, {"kind": "rocket"}).status_code == 422


def test_one_playbook_comes_whole(client, playbook, content):
    assert client.get(f"{LIST}park-day/").json()["content"] == content
    assert client.get(f"{LIST}nothing/").status_code == 404
