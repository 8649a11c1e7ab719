from pathlib import Path

import pytest
import yaml
from django.conf import settings

from lecen.domains.library import exchange
from lecen.kernel.errors import Refused


def written(folder: Path, content: object, name: str = "park-day.yaml") -> Path:
    (folder / "playbooks").mkdir(exist_ok=True)
    path = folder / "playbooks" / name
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True))
    return path


@pytest.mark.parametrize("path", exchange.playbook_files(settings.CONTENT_DIR), ids=lambda path: path.stem)
def test_the_playbooks_that_ship_are_right(path):
    assert exchange.read_playbook(path)["id"] == path.stem


def test_every_fault_is_told_with_file_and_place(tmp_path, content):
    content["tasks"][1]["title"]["es"] = " "
    content["tasks"][2]["days"] = "three"
    content["evidence"][0]["strength"] = "E"
    content["safeguards"] = []
    content["lenght"] = 3
    del content["limits"]

    with pytest.raises(Refused) as refusal:
        exchange.read_playbook(written(tmp_path, content))
    assert str(refusal.value).splitlines() == [
        "park-day.yaml: limits is missing",
        "park-day.yaml: lenght is not known",
        "park-day.yaml: evidence[0].strength: one of A, B, C or D is needed",
        "park-day.yaml: safeguards: a list with at least one entry is needed",
        "park-day.yaml: tasks[1].title.es: a text is needed",
        "park-day.yaml: tasks[2].days: a whole number from -365 to 730 is needed",
    ]


def test_parts_that_do_not_agree_are_told(tmp_path, content):
    content["tasks"][0] |= {"role": "nobody", "days": 1, "key": "day"}
    content["agenda"][0]["minutes"] = 10

    with pytest.raises(Refused) as refusal:
        exchange.read_playbook(written(tmp_path, content, "park.yaml"))
    assert str(refusal.value).splitlines() == [
        "park.yaml: id: the file must be named park-day.yaml",
        "park.yaml: tasks: the key “day” is there twice",
        "park.yaml: tasks[0].role: no role “nobody”",
        "park.yaml: tasks: they must stand in the order of their days",
        "park.yaml: agenda: its minutes add up to 70, and duration_minutes is 90",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "park-day.yaml is not YAML"),
        ("- a", "the file: fields with names are needed"),
        ("", "the file: fields"),
    ],
)
def test_what_is_no_playbook_is_refused(tmp_path, text, said):
    with pytest.raises(Refused, match=said):
        exchange.read_playbook(written(tmp_path, text))


def test_a_folder_without_playbooks_is_refused(tmp_path):
    with pytest.raises(Refused, match="There are no playbooks in"):
        exchange.playbook_files(tmp_path)
