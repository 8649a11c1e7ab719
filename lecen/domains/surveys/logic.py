"""What a questionnaire may ask, and what may be told of its answers. Pure: values in, values out."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lecen.domains.surveys.choices import QuestionKind
from lecen.kernel.errors import Refused
from lecen.science.disclosure import DEFAULT_K, protect

LANGUAGES = ("en", "es")
SLUG = re.compile(r"[a-z][a-z0-9_-]{0,49}")
AGREEMENT = ["1", "2", "3", "4", "5"]
# Eleven steps are as fine as people are on a thermometer, and each is large enough for a thumb.
DEGREES = range(0, 101, 10)
# With fewer answers five steps would all be withheld, so fewer groups are counted. It depends on n alone, which is
# published: what people answered never decides how their answers are grouped.
GROUPED_BELOW = 100

INSTRUMENT_KEYS = {"id", "version", "title", "introduction", "label", "thanks", "questions"}
QUESTION_KEYS = {"key", "kind", "required", "text", "help", "low", "high", "minimum", "maximum", "options", "idea"}

# Stems without accents, as they begin a word in a question: English, then Spanish.
UNASKABLE: tuple[tuple[Promise, str], ...] = (
    (
        gettext_lazy("immigration status"),
        (
            "immigration, undocumented, citizenship, green card, legal status, visa status, deport, "
            "inmigratori, migratori, indocumentad, ciudadania, sin papeles, tiene papeles"
        ),
    ),
    (
        gettext_lazy("case numbers"),
        (
            "case number, case no, report number, incident number, docket, "
            "numero de caso, numero de reporte, numero de incidente, expediente"
        ),
    ),
    (gettext_lazy("suspects"), "suspect, sospechos"),
    (gettext_lazy("arrests"), "arrest, in custody, detenid, detencion, bajo custodia"),
    (
        gettext_lazy("stops"),
        (
            "traffic stop, stop and frisk, stopped by, been stopped, pulled over, vehicle stop, "
            "parada de trafico, paradas de trafico, lo paro, lo pararon, detuvo, detuvieron, cacheo"
        ),
    ),
    (gettext_lazy("citations"), "citation, traffic ticket, speeding, multa, citatorio, infraccion"),
)


@dataclass(frozen=True)
class QuestionContent:
    key: str
    kind: str
    text: Mapping[str, str]
    help: Mapping[str, str]
    is_required: bool
    options: tuple[Mapping[str, Any], ...]  # as the model keeps them


@dataclass(frozen=True)
class InstrumentContent:
    """One version of an instrument as its file says it."""

    instrument: str
    version: int
    title: Mapping[str, str]
    introduction: Mapping[str, str]
    label: Mapping[str, str]
    thanks: Mapping[str, str]
    questions: tuple[QuestionContent, ...]


def read_instrument(content: Any, *, file: str) -> InstrumentContent:
    """The instrument in a parsed file; refused, naming the file and the place, where anything is off."""
    where = file
    _expect(isinstance(content, Mapping), where, _("It must be a list of names and values."))
    _expect_keys(content, INSTRUMENT_KEYS, where, all_of_them=True)
    _expect(bool(SLUG.fullmatch(str(content["id"]))), where, _("`id` must be lower-case letters, digits and dashes."))
    version = content["version"]
    _expect(isinstance(version, int) and version > 0, where, _("`version` must be a whole number from 1."))
    questions = content["questions"]
    _expect(isinstance(questions, list) and bool(questions), where, _("`questions` must be a list with at least one."))
    read = tuple(_question(entry, f"{where}, {number}") for number, entry in enumerate(questions, 1))
    _expect(len({question.key for question in read}) == len(read), where, _("Two questions have the same `key`."))
    texts = {name: _texts(content[name], f"{where}, {name}") for name in ("title", "introduction", "label", "thanks")}
    return InstrumentContent(instrument=content["id"], version=version, questions=read, **texts)


def _question(entry: Any, where: str) -> QuestionContent:
    _expect(isinstance(entry, Mapping), where, _("It must be a list of names and values."))
    _expect_keys(entry, QUESTION_KEYS, where)
    key, kind = str(entry.get("key", "")), entry.get("kind")
    where = f"{where} ({key})"
    _expect(bool(SLUG.fullmatch(key)), where, _("`key` must be lower-case letters, digits and underscores."))
    _expect(kind in QuestionKind.values, where, _("`kind` must be scale, choice, thermometer or text."))
    _expect(isinstance(entry.get("required", False), bool), where, _("`required` must be true or false."))
    question = QuestionContent(
        key=key,
        kind=str(kind),
        text=_texts(entry.get("text"), f"{where}, text"),
        help=_texts(entry["help"], f"{where}, help") if "help" in entry else {},
        is_required=entry.get("required", False),
        options=_options(entry, str(kind), where),
    )
    _refuse_unaskable(question, where)
    return question


def _options(entry: Mapping[str, Any], kind: str, where: str) -> tuple[Mapping[str, Any], ...]:
    if kind == QuestionKind.TEXT:
        _expect("options" not in entry, where, _("A question in own words has no options."))
        return ()
    if kind == QuestionKind.THERMOMETER:
        _expect((entry.get("minimum"), entry.get("maximum")) == (0, 100), where, _("A thermometer goes from 0 to 100."))
        return _degrees(_texts(entry.get("low"), f"{where}, low"), _texts(entry.get("high"), f"{where}, high"))
    given = entry.get("options", [])
    _expect(
        isinstance(given, list) and all(isinstance(one, Mapping) for one in given), where, _("Options are missing.")
    )
    name = "value" if kind == QuestionKind.SCALE else "key"
    options = tuple(
        {"value": str(one.get(name, "")), "label": dict(_texts(one.get("label"), f"{where}, {number}"))}
        for number, one in enumerate(given, 1)
    )
    values = [str(option["value"]) for option in options]
    if kind == QuestionKind.SCALE:
        _expect(values == AGREEMENT, where, _("A scale has the values 1 to 5, in this order."))
    else:
        distinct = len(set(values)) == len(values) >= 2  # noqa: PLR2004 - one option is no choice
        _expect(
            distinct and all(SLUG.fullmatch(value) for value in values),
            where,
            _("A choice has two or more options, each its `key`."),
        )
    return options


def _degrees(low: Mapping[str, str], high: Mapping[str, str]) -> tuple[Mapping[str, Any], ...]:
    ends = {DEGREES[0]: low, DEGREES[-1]: high}
    return tuple(
        {
            "value": str(degree),
            "label": {
                code: f"{degree} · {ends[degree][code]}" if degree in ends else str(degree) for code in LANGUAGES
            },
        }
        for degree in DEGREES
    )


def _texts(value: Any, where: str) -> Mapping[str, str]:
    whole = isinstance(value, Mapping) and set(value) == set(LANGUAGES)
    _expect(whole and all(isinstance(text, str) and text.strip() for text in value.values()), where, _both())
    return {code: " ".join(value[code].split()) for code in LANGUAGES}


def _both() -> str:
    return _("It must be written in English (en) and Spanish (es), and in no other language.")


def _expect_keys(entry: Mapping[str, Any], known: set[str], where: str, *, all_of_them: bool = False) -> None:
    strange = sorted(map(str, set(entry) - known))
    missing = sorted(known - set(entry)) if all_of_them else []
    _expect(not strange, where, _("Not known: %(names)s.") % {"names": get_text_list(strange, _("and"))})
    _expect(not missing, where, _("Missing: %(names)s.") % {"names": get_text_list(missing, _("and"))})


def _expect(holds: bool, where: str, message: str) -> None:
    if not holds:
        raise Refused(_("%(where)s: %(message)s") % {"where": where, "message": message}, field="file")


# --- What is never asked ------------------------------------------------------------------------------------------------
def unaskable_topic(texts: Sequence[str]) -> Promise | None:
    """What a question's words touch that no survey here asks about; None where it is fine to ask."""
    words = " " + " ".join(_fold(text) for text in texts)
    for topic, stems in UNASKABLE:
        if any(f" {stem}" in words for stem in stems.split(", ")):
            return topic
    return None


def _refuse_unaskable(question: QuestionContent, where: str) -> None:
    topic = unaskable_topic(list(_words_of(question)))
    if topic is None:
        return
    message = _(
        "This asks about %(topic)s. No survey here does: an answer could be used against the person who gives it, "
        "and it would not make the next event better. Ask how the event went, or leave the question out."
    )
    raise Refused(f"{where}: {message % {'topic': topic}}", field="file")


def _words_of(question: QuestionContent) -> Iterator[str]:
    yield from question.text.values()
    yield from question.help.values()
    for option in question.options:
        yield from option["label"].values()


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]+", " ", "".join(sign for sign in plain if not unicodedata.combining(sign)))


# --- What is told of the answers ------------------------------------------------------------------------------------
Counts = Mapping[str, int]


@dataclass(frozen=True)
class ReleasedTable:
    """One question as it is published. `groups` are option values by cell; None is a withheld figure."""

    n: int | None
    groups: Mapping[str, tuple[str, ...]]
    cells: Mapping[str, int | None]


NOTHING = ReleasedTable(n=None, groups={}, cells={})


def groups_of(*, kind: str, values: Sequence[str], n: int) -> dict[str, tuple[str, ...]]:
    """Into which cells the options of a question are counted when `n` people answered it."""
    if kind == QuestionKind.SCALE and n < GROUPED_BELOW:
        return {"most": tuple(values[-1:]), "less": tuple(values[:-1])}
    if kind == QuestionKind.THERMOMETER:
        cold, even, warm = ("cold", range(50)), ("even", range(50, 51)), ("warm", range(51, 101))
        parts = (warm, ("not_warm", range(51))) if n < GROUPED_BELOW else (cold, even, warm)
        return {name: tuple(value for value in values if int(value) in degrees) for name, degrees in parts}
    return {value: (value,) for value in values}


def release_table(
    *, kind: str, counts: Counts, before: ReleasedTable, counts_before: Counts
) -> tuple[ReleasedTable, Counts]:
    """Decide what may be published of `counts` (people by option) after `before`, which stood for `counts_before`.

    Returns the table and the counts that it stands for. Each step is a table of other people than the step before it
    and is protected for itself; a cell is shown while it was shown in every step. Fewer than k new answers to this
    question leave its table as it was.
    """
    if before.n is None:
        return _first_table(kind, counts)
    added = {value: count - counts_before.get(value, 0) for value, count in counts.items()}
    step = protect(_grouped(added, before.groups), DEFAULT_K)
    if step.withheld:
        return before, counts_before
    now = _grouped(counts, before.groups)
    cells = {
        name: None if shown is None or step.cells[name].suppressed else now[name]
        for name, shown in before.cells.items()
    }
    return ReleasedTable(n=sum(counts.values()), groups=before.groups, cells=cells), counts


def _first_table(kind: str, counts: Counts) -> tuple[ReleasedTable, Counts]:
    n = sum(counts.values())
    if n < DEFAULT_K:
        return NOTHING, {}
    groups = groups_of(kind=kind, values=list(counts), n=n)
    protected = protect(_grouped(counts, groups), DEFAULT_K)
    return ReleasedTable(n=n, groups=groups, cells={name: cell.value for name, cell in protected.cells.items()}), counts


def _grouped(counts: Counts, groups: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    return {name: sum(counts[value] for value in values) for name, values in groups.items()}


def mean_of(table: ReleasedTable) -> float | None:
    """The mean of a scale, only where every step is shown, so that it tells nothing that the steps do not."""
    singles = all(values == (name,) for name, values in table.groups.items())
    shown = {name: count for name, count in table.cells.items() if count is not None}
    if table.n is None or not singles or len(shown) < len(table.cells):
        return None
    return sum(int(value) * count for value, count in shown.items()) / table.n
