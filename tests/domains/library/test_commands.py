import pytest
import yaml
from rich.console import Console

from lecen.config.command import build_parser
from lecen.domains.library.commands import COMMANDS
from lecen.domains.library.models import Playbook
from lecen.kernel.errors import Refused


def run(*arguments: str) -> int:
    chosen = build_parser(COMMANDS).parse_args(["content", "load", *arguments])
    return chosen.command.run(chosen, Console(quiet=True))


def write(folder, content):
    (folder / "playbooks").mkdir(exist_ok=True)
    (folder / "playbooks" / f"{content['id']}.yaml").write_text(yaml.safe_dump(content, allow_unicode=True))


@pytest.mark.django_db
def test_the_content_that_ships_is_loaded_twice_without_a_change():
    assert (run(), run()) == (0, 0)
    assert list(Playbook.objects.order_by("slug").values_list("slug", "version")) == [
        ("citizen-police-academy", 2),
        ("coffee-with-a-cop", 2),
        ("faith-and-blue", 2),
        ("listening-session", 2),
        ("national-night-out", 2),
        ("police-youth-dialogue", 2),
    ]


@pytest.mark.django_db
def test_a_mistake_in_one_file_loads_none(tmp_path, content):
    write(tmp_path, content)
    write(tmp_path, content | {"id": "zoo-day", "sessions": 0})

    with pytest.raises(Refused, match=r"zoo-day.yaml: sessions: a whole number"):
        run(str(tmp_path))
    assert Playbook.objects.count() == 0
