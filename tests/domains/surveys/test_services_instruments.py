import pytest
import yaml

from lecen.domains.surveys import services
from lecen.domains.surveys.models import Question, Questionnaire
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.viewer import SYSTEM
from tests.factories import NOON, CollectorFactory

TEXT = {"en": "Are you glad?", "es": "¿Le gustó?"}
YES_NO = [{"key": "yes", "label": {"en": "Yes", "es": "Sí"}}, {"key": "no", "label": {"en": "No", "es": "No"}}]


def written(tmp_path, **changed):
    names = ("title", "introduction", "label", "thanks")
    question = {"key": "glad", "kind": "choice", "text": TEXT, "options": YES_NO}
    content = {"id": "glad", "version": 1, "questions": [question]} | dict.fromkeys(names, TEXT) | changed
    (tmp_path / "glad.yaml").write_text(yaml.safe_dump(content, allow_unicode=True))
    return tmp_path


def load(folder):
    return services.load_instruments(by=SYSTEM, at=NOON, folder=folder)


def test_the_pulse_of_the_project_loads_once(db):
    assert services.load_instruments(by=SYSTEM, at=NOON) == 1
    assert services.load_instruments(by=SYSTEM, at=NOON) == 0

    pulse = Questionnaire.objects.get(instrument="pulse", is_current=True)
    kinds = list(pulse.questions.order_by("position").values_list("kind", flat=True))
    assert kinds == ["scale"] * 5 + ["thermometer", "choice", "choice"]
    neighborhood = pulse.questions.get(key="neighborhood")
    assert [option["value"] for option in neighborhood.options] == ["here", "elsewhere"]


def test_a_new_version_is_added_and_the_old_one_stays(db, tmp_path):
    load(written(tmp_path))
    load(written(tmp_path, version=2, title={"en": "New", "es": "Nuevo"}))

    rows = Questionnaire.objects.order_by("version").values_list("version", "is_current")
    assert list(rows) == [(1, False), (2, True)]


def test_a_version_in_use_is_not_changed(db, tmp_path):
    load(written(tmp_path))
    CollectorFactory(questionnaire=Questionnaire.objects.get())
    with pytest.raises(Refused, match="Raise `version`"):
        load(written(tmp_path, title={"en": "New", "es": "Nuevo"}))

    assert str(Questionnaire.objects.get().title) == "Are you glad?"


def test_a_version_not_yet_in_use_may_change(db, tmp_path):
    load(written(tmp_path))
    question = {"key": "sad", "kind": "text", "text": TEXT}

    assert load(written(tmp_path, questions=[question])) == 1
    assert list(Question.objects.values_list("key", flat=True)) == ["sad"]


def test_one_bad_file_keeps_all_out(db, tmp_path):
    load_both = written(tmp_path)
    (tmp_path / "zeal.yaml").write_text("id: [")
    with pytest.raises(Refused, match="zeal"):
        load(load_both)

    assert Questionnaire.objects.count() == 0


def test_only_operators_load(operator, organizer, tmp_path):
    assert services.load_instruments(by=operator, at=NOON, folder=written(tmp_path)) == 1
    with pytest.raises(NotAllowed):
        services.load_instruments(by=organizer, at=NOON, folder=tmp_path)
