import pytest

from lecen.domains.surveys.logic import read_instrument, unaskable_topic
from lecen.kernel.errors import Refused

TEXT = {"en": "Were you glad?", "es": "¿Le gustó?"}
AGREEMENT = [{"value": step, "label": {"en": f"Step {step}", "es": f"Paso {step}"}} for step in range(1, 6)]


def question(**changed):
    return {"key": "glad", "kind": "scale", "text": TEXT, "options": AGREEMENT} | changed


def content(*questions, **changed):
    texts = dict.fromkeys(("title", "introduction", "label", "thanks"), TEXT)
    return {"id": "glad", "version": 1, "questions": list(questions or [question()])} | texts | changed


def read(given):
    return read_instrument(given, file="glad.yaml")


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("What is your immigration status?", "immigration status"),
        ("¿Cuál es su estatus migratorio?", "immigration status"),
        ("¿Tiene papeles?", "immigration status"),
        ("Give your case number", "case numbers"),
        ("Escriba el NÚMERO DE CASO", "case numbers"),
        ("Did you see the suspect?", "suspects"),
        ("Have you been arrested?", "arrests"),
        ("¿Lo han detenido alguna vez?", "arrests"),
        ("Were you ever pulled over?", "stops"),
        ("¿Un oficial lo paró?", "stops"),
        ("Did you get a citation?", "citations"),
        ("¿Le pusieron una multa?", "citations"),
        ("How was the citizen police academy for you?", None),
        ("¿Cómo le fue en el evento?", None),
        ("Did you use your ticket for the supper?", None),
    ],
)
def test_what_is_never_asked_is_found_in_both_languages(words, topic):
    found = unaskable_topic([words])

    assert (str(found) if found else None) == topic


def test_a_question_that_is_never_asked_is_refused_with_help_wherever_the_words_stand():
    option = {"key": "yes", "label": {"en": "I was arrested", "es": "Me arrestaron"}}
    other = {"key": "no", "label": {"en": "No", "es": "No"}}
    asked = {"key": "past", "kind": "choice", "text": TEXT, "options": [option, other]}
    with pytest.raises(Refused, match=r"glad.yaml, 1 \(past\): This asks about arrests") as refusal:
        read(content(asked))

    assert "leave the question out" in str(refusal.value)


def test_a_thermometer_has_eleven_steps_with_words_at_its_ends():
    ends = {"low": {"en": "Cold", "es": "Frío"}, "high": {"en": "Warm", "es": "Cálido"}}
    asked = {"key": "warmth", "kind": "thermometer", "text": TEXT, "minimum": 0, "maximum": 100} | ends
    options = read(content(asked)).questions[0].options

    assert [option["value"] for option in options] == [str(degree) for degree in range(0, 101, 10)]
    assert (options[0]["label"], options[5]["label"]["en"], options[-1]["label"]["es"]) == (
        {"en": "0 · Cold", "es": "0 · Frío"},
        "50",
        "100 · Cálido",
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "list of names and values"),
        (content(colour="red"), "Not known: colour"),
        ({"id": "glad"}, "Missing: introduction, label"),
        (content(version="1"), "`version` must be"),
        (content(id="Glad!"), "`id` must be"),
        (content(title={"en": "Only English"}), "title: It must be written in English"),
        (content(questions=[]), "at least one"),
        (content(question(), question()), "the same `key`"),
        (content(question(kind="slider")), "`kind` must be"),
        (content(question(options=AGREEMENT[:4])), "values 1 to 5"),
        (content(question(kind="choice", options=[{"key": "a", "label": TEXT}])), "two or more options"),
        (content(question(kind="text")), "has no options"),
        (content(question(required="yes")), "true or false"),
        (content({"key": "warmth", "kind": "thermometer", "text": TEXT, "maximum": 10}), "from 0 to 100"),
    ],
)
def test_a_file_with_a_fault_is_refused_naming_the_place(given, message):
    with pytest.raises(Refused, match=message) as refusal:
        read(given)

    assert str(refusal.value).startswith("glad.yaml")
