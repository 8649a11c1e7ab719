"""What a plan says, and how it is refused: every fault with the place where it stands, all of them at once."""

import hashlib
from enum import StrEnum
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from lecen.science.errors import ScienceError
from lecen.science.plans.lines import one_line
from lecen.science.plans.periods import is_month, place_of

MOST_CHARACTERS = 200_000
MOST_PERIODS = 2_000
Text = Field(min_length=1, max_length=2_000)


class Design(StrEnum):
    """How a study means to tell what would have happened otherwise."""

    SYNTHETIC_CONTROL = "synthetic control"
    DIFFERENCE_IN_DIFFERENCES = "difference in differences"
    INTERRUPTED_SERIES = "interrupted series"
    CLAIM = "claim"


class Scale(StrEnum):
    """On which scale the outcome is compared."""

    LEVEL = "level"
    LOG = "log"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _printable(cls, value: object) -> object:
        if isinstance(value, str):
            return one_line(value, "a text")
        if isinstance(value, list):
            return [one_line(part, "a text") if isinstance(part, str) else part for part in value]
        if isinstance(value, dict):
            return {one_line(key, "a name") if isinstance(key, str) else key: part for key, part in value.items()}
        return value


class Data(_Part):
    """The data file and its columns."""

    file: str = Text
    source: str = Text
    unit: str = Text
    period: str = Text
    population: str | None = None
    since: str | None = None
    """A column with the first treated period of each unit, 0 or empty for never, instead of the list `treated`."""

    @field_validator("file")
    @classmethod
    def _local(cls, file: str) -> str:
        if "://" in file or file.startswith("//"):
            raise ValueError("must be a file on this machine, not an address: download it, and keep the copy")
        if any(path(file).is_absolute() or ".." in path(file).parts for path in (PurePosixPath, PureWindowsPath)):
            raise ValueError("must lie in the folder of the data, so that others can run the plan too: name it alone")
        return file


class Outcome(_Part):
    """One outcome: a column of counts or amounts, as it is or per so many people."""

    column: str = Text
    per: int | None = Field(default=None, ge=1, le=10_000_000)
    unit: str = Text
    scale: Scale = Scale.LEVEL

    def label(self, name: str) -> str:
        """Say what the figures are: 'homicides per 100,000 residents'."""
        return f"{name} per {self.per:,} {self.unit}" if self.per else f"{name} ({self.unit})"


class Treated(_Part):
    """One unit and the first period in which it was treated."""

    unit: str = Text
    since: int | str
    what: str = Text


class Excluded(_Part):
    """A donor left out, decided before the results were known."""

    unit: str = Text
    reason: str = Text


class Spread(_Part):
    """The first and the last period of a study, both included."""

    first: int | str
    last: int | str


class VerdictRule(_Part):
    """When an effect counts as established; stated before the data are looked at."""

    level: float = Field(default=0.05, gt=0, le=0.1)
    specifications: float = Field(default=0.8, ge=0.5, le=1)


class Claim(_Part):
    """An effect that somebody states, with what is known about how it could be checked."""

    quoted: str = Text
    source: str = Text
    treated_since: int | str
    public_data_since: int | str
    public_data: str = Text


class Plan(_Part):
    """A study as it was planned. Read one with `read_plan`."""

    plan: Literal[1]
    title: str = Text
    question: str = Text
    design: Design
    data: Data | None = None
    outcomes: dict[str, Outcome] = {}
    primary: str | None = None
    periods: Spread | None = None
    treated: tuple[Treated, ...] = ()
    exclude: tuple[Excluded, ...] = ()
    method: Literal["classic", "demeaned", "ridge_augmented", "synthetic_did"] = "classic"
    arithmetic: Spread | None = None
    verdict: VerdictRule = VerdictRule()
    claim: Claim | None = None
    limits: tuple[str, ...] = ()

    @property
    def named_units(self) -> list[str]:
        """The treated units, then the excluded ones."""
        return [part.unit for part in self.treated] + [part.unit for part in self.exclude]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        faults = _claim_faults(self) if self.design is Design.CLAIM else _study_faults(self)
        if faults:
            raise ValueError("; ".join(faults))
        return self


def read_plan(text: str) -> Plan:
    """Read a plan and check everything that can be checked without its data.

    Parameters: `text`, the YAML of the plan.

    Returns the `Plan`.

    Raises `ScienceError`, one line a fault, each with the place where it stands: a word the format does not know, one
    that is missing, dates reversed, a unit named twice, an address where a file belongs.
    """
    if len(text) > MOST_CHARACTERS:
        raise ScienceError(f"A plan has at most {MOST_CHARACTERS:,} characters; this has {len(text):,}.")
    try:
        written = yaml.load(text, Loader=_Once)  # noqa: S506 - a safe loader that refuses a key given twice
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ScienceError(f"The plan is not YAML: {' '.join(str(error).split())}") from None
    if not isinstance(written, dict):
        raise ScienceError("The plan must be a list of names with what they hold, beginning with 'plan: 1'.")
    try:
        return Plan.model_validate(written)
    except ValidationError as refusal:
        raise ScienceError("\n".join(_sentence(fault) for fault in refusal.errors())) from None


def fingerprint(content: bytes) -> str:
    """Give the SHA-256 of a file as `sha256sum` prints it, so that a plan can be shown not to have changed."""
    return hashlib.sha256(content).hexdigest()


class _Once(yaml.SafeLoader):
    """YAML in which a key stands once: the usual loader would quietly take the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if twice := [key for key in keys if keys.count(key) > 1]:
            raise yaml.MarkedYAMLError(problem=f"{twice[0]!r} is given twice", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep=deep)


MIXED = "years and months are mixed; write all periods one way"
_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a word of this format",
}


def _sentence(fault: Any) -> str:
    place = ".".join(str(part) for part in fault["loc"]) or "The plan"
    said = _WORDS.get(fault["type"]) or str(fault["msg"]).removeprefix("Value error, ")
    return f"{place}: {said}."


def _claim_faults(plan: Plan) -> list[str]:
    if plan.claim is None:
        return ["the design 'claim' needs the part 'claim'"]
    parts = ("data", "outcomes", "primary", "periods", "treated", "exclude", "arithmetic")
    faults = [f"a claim has no '{part}': plan a study where there are data" for part in parts if getattr(plan, part)]
    named = (("treated_since", plan.claim.treated_since), ("public_data_since", plan.claim.public_data_since))
    try:
        for name, value in named:
            place_of(value, f"claim.{name}")
    except ScienceError as error:
        return [*faults, str(error).rstrip(".")]
    return [*faults, MIXED] if len({is_month(value) for _, value in named}) > 1 else faults


def _study_faults(plan: Plan) -> list[str]:
    needed = {"data": plan.data, "outcomes": plan.outcomes, "primary": plan.primary, "periods": plan.periods}
    from_column = plan.data is not None and plan.data.since is not None
    missing = [name for name, part in (needed | {"treated": plan.treated or from_column}).items() if not part]
    if missing or plan.data is None or plan.periods is None:
        return [f"the design '{plan.design}' needs {', '.join(missing)}"]
    faults = [] if plan.claim is None else ["'claim' belongs to the design 'claim' alone"]
    if plan.primary not in plan.outcomes:
        faults.append(f"the primary outcome {plan.primary!r} is not among the outcomes: {', '.join(plan.outcomes)}")
    if any(outcome.per for outcome in plan.outcomes.values()) and not plan.data.population:
        faults.append("an outcome per people needs the column data.population")
    units = plan.named_units
    faults += [f"the unit {unit!r} is named twice" for unit in sorted({u for u in units if units.count(u) > 1})]
    if from_column and (plan.treated or plan.design is not Design.DIFFERENCE_IN_DIFFERENCES):
        faults.append("data.since is for difference in differences, and instead of 'treated'")
    if plan.design is not Design.DIFFERENCE_IN_DIFFERENCES and len(plan.treated) > 1:
        faults.append(f"the design '{plan.design}' takes one treated unit, not {len(plan.treated)}")
    return faults + _design_faults(plan) + _date_faults(plan, plan.periods)


def _design_faults(plan: Plan) -> list[str]:
    """What a design would pass over in silence."""
    faults = []
    if plan.design is not Design.SYNTHETIC_CONTROL and plan.method != "classic":
        faults.append(f"the design '{plan.design}' has no method {plan.method!r}")
    if plan.design is Design.INTERRUPTED_SERIES and any(one.scale is Scale.LOG for one in plan.outcomes.values()):
        faults.append("the design 'interrupted series' takes outcomes on the scale 'level'")
    return faults


def _date_faults(plan: Plan, periods: Spread) -> list[str]:
    spreads = [("periods", periods)] + ([("arithmetic", plan.arithmetic)] if plan.arithmetic else [])
    named = [(f"{name}.{end}", getattr(part, end)) for name, part in spreads for end in ("first", "last")]
    named += [(f"treated.{row}.since", part.since) for row, part in enumerate(plan.treated)]
    try:
        places = {name: place_of(value, name) for name, value in named}
    except ScienceError as error:
        return [str(error).rstrip(".")]
    if len({is_month(value) for _, value in named}) > 1:
        return [MIXED]
    faults = [
        f"the dates of {name} are reversed: {part.first} to {part.last}"
        for name, part in spreads
        if places[f"{name}.first"] >= places[f"{name}.last"]
    ]
    if faults:
        return faults
    if (length := places["periods.last"] - places["periods.first"] + 1) > MOST_PERIODS:
        return [f"a study has at most {MOST_PERIODS:,} periods, not {length:,}"]
    if plan.arithmetic and not (
        places["periods.first"] <= places["arithmetic.first"] and places["arithmetic.last"] <= places["periods.last"]
    ):
        faults.append(f"the periods of the arithmetic must lie in the study, {periods.first} to {periods.last}")
    for row, part in enumerate(plan.treated):
        since = places[f"treated.{row}.since"]
        if since <= places["periods.first"]:
            faults.append(f"{part.unit} is treated since {part.since} and has no period before it in the study")
        elif since > places["periods.last"]:
            faults.append(f"{part.unit} is treated since {part.since}, after the last period of the study")
    return faults
