import pytest

from lecen.config.command import main
from lecen.domains.accounts import demo


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True


def test_demo_code_is_what_the_authenticator_shows(demonstration, capsys):
    assert main(["demo", "code"]) == 0
    assert capsys.readouterr().err.strip() == demo.current_code()


def test_demo_people_are_all_listed(demonstration, capsys):
    main(["demo", "people"])

    listed = capsys.readouterr().err
    assert [email in listed for email, *_rest in demo.PEOPLE] == [True] * len(demo.PEOPLE)


@pytest.mark.parametrize("command", ["code", "people"])
def test_demonstration_people_exist_only_in_a_demonstration(command, capsys):
    assert main(["demo", command]) == 2
    assert "LECEN_DEMO=1" in capsys.readouterr().err
