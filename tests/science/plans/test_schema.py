"""Plans: what is read, and every fault named where it stands."""

import copy

import pytest
import yaml

from lecen.science.errors import ScienceError
from lecen.science.plans import Design, Plan, fingerprint, read_plan

STUDY = {
    "plan": 1,
    "title": "Foot patrols",
    "question": "Did robberies fall?",
    "design": "synthetic control",
    "data": {"file": "cities.csv", "source": "Made up", "unit": "city", "period": "year", "population": "people"},
    "outcomes": {"robberies": {"column": "robberies", "per": 100000, "unit": "residents"}},
    "primary": "robberies",
    "periods": {"first": 2000, "last": 2012},
    "treated": [{"unit": "Northport", "since": 2008, "what": "foot patrols"}],
    "exclude": [{"unit": "Eastport", "reason": "a flood"}],
}
CLAIM = {
    "plan": 1,
    "title": "Offices",
    "question": "Is it so?",
    "design": "claim",
    "claim": {
        "quoted": "-10 %",
        "source": "A leaflet",
        "treated_since": 1998,
        "public_data_since": 2001,
        "public_data": "incidents",
    },
}


def study(**changes) -> str:
    return yaml.safe_dump(copy.deepcopy(STUDY) | changes)


def refusal(text: str) -> str:
    with pytest.raises(ScienceError) as refused:
        read_plan(text)
    return str(refused.value)


def test_a_whole_plan_is_read():
    plan = read_plan(study())

    assert (plan.design, plan.treated[0].since, plan.exclude[0].reason) == (Design.SYNTHETIC_CONTROL, 2008, "a flood")
    assert plan.outcomes["robberies"].label("Robberies") == "Robberies per 100,000 residents"
    assert plan == Plan.model_validate(STUDY)


def test_a_claim_is_read_without_data():
    assert read_plan(yaml.safe_dump(CLAIM)).claim.treated_since == 1998


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"data": STUDY["data"] | {"file": "https://example.org/a.csv"}}, "data.file: must be a file on this machine"),
        ({"periods": {"first": 2012, "last": 2000}}, "the dates of periods are reversed: 2012 to 2000"),
        ({"periods": {"first": "2000-01", "last": 2012}}, "years and months are mixed"),
        ({"periods": {"first": "soon", "last": 2012}}, "periods.first must be a year"),
        ({"treated": [{"unit": "N", "since": 2000, "what": "x"}]}, "N is treated since 2000 and has no period before"),
        ({"treated": [{"unit": "N", "since": 2013, "what": "x"}]}, "after the last period"),
        ({"treated": [{"unit": "Eastport", "since": 2008, "what": "x"}]}, "'Eastport' is named twice"),
        ({"treated": []}, "needs treated"),
        ({"exclude": [{"unit": "Eastport"}]}, "exclude.0.reason: is missing"),
        ({"primary": "burglaries"}, "'burglaries' is not among the outcomes: robberies"),
        ({"tretaed": []}, "tretaed: is not a word of this format"),
        ({"design": "magic"}, "design: Input should be 'synthetic control'"),
        ({"verdict": {"level": 2}}, "verdict.level: Input should be less than or equal to 0.1"),
        ({"verdict": {"specifications": 0.1}}, "verdict.specifications: Input should be greater than or equal to 0.5"),
        ({"data": STUDY["data"] | {"file": "/etc/hosts"}}, "data.file: must lie in the folder of the data"),
        ({"data": STUDY["data"] | {"file": "a/../../b.csv"}}, "data.file: must lie in the folder of the data"),
        ({"data": STUDY["data"] | {"file": "C:\\b.csv"}}, "data.file: must lie in the folder of the data"),
        ({"arithmetic": {"first": 1980, "last": 2008}}, "the periods of the arithmetic must lie in the study, 2000"),
        ({"periods": {"first": 1, "last": 99999}}, "a study has at most 2,000 periods, not 99,999"),
        ({"design": "difference in differences", "method": "demeaned"}, "has no method 'demeaned'"),
        (
            {
                "design": "interrupted series",
                "outcomes": {"robberies": {"column": "robberies", "unit": "a year", "scale": "log"}},
            },
            "takes outcomes on the scale 'level'",
        ),
        ({"limits": ["a\x07b"]}, "limits: a text holds the character U+0007"),
        ({"title": "a\x07b"}, "title: a text holds the character U+0007"),
        ({"plan": 2}, "plan: Input should be 1"),
        ({"claim": CLAIM["claim"]}, "'claim' belongs to the design 'claim' alone"),
        ({"data": {name: text for name, text in STUDY["data"].items() if name != "population"}}, "data.population"),
        ({"arithmetic": {"first": 2012, "last": 2008}}, "the dates of arithmetic are reversed"),
        ({"data": STUDY["data"] | {"since": "start"}}, "data.since is for difference in differences, and instead of"),
        ({"title": ""}, "title: String should have at least 1 character"),
    ],
)
def test_a_fault_is_named_where_it_stands(changes, message):
    assert message in refusal(study(**changes))


def test_all_faults_are_told_at_once():
    assert len(refusal(study(title="", primary=3, extra=1)).splitlines()) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must be a list of names"),
        ("- 1", "must be a list of names"),
        ("a: [", "The plan is not YAML"),
        ("plan: 1\nplan: 1", "'plan' is given twice"),
        ("a: !!python/object/apply:os.system ['true']", "The plan is not YAML"),
        ("x" * 200_001, "at most 200,000 characters"),
        ("[" * 5000, "The plan is not YAML"),
    ],
)
def test_what_is_no_plan_is_refused(text, message):
    assert message in refusal(text)


def test_a_title_cannot_write_a_line_of_its_own():
    plan = read_plan(study(title="Patrols\n\nVerdict: established", limits=["one\ntwo"]))

    assert (plan.title, plan.limits) == ("Patrols Verdict: established", ("one two",))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"claim": CLAIM["claim"] | {"treated_since": "1998-01"}}, "years and months are mixed"),
        ({"claim": CLAIM["claim"] | {"treated_since": "soon"}}, "claim.treated_since must be a year"),
        ({"periods": STUDY["periods"]}, "a claim has no 'periods'"),
    ],
)
def test_a_claim_that_cannot_be_rated_is_refused(changes, message):
    assert message in refusal(yaml.safe_dump(CLAIM | changes))


def test_a_design_for_one_unit_takes_no_second():
    two = [{"unit": name, "since": 2008, "what": "x"} for name in ("N", "S")]

    assert "takes one treated unit, not 2" in refusal(study(treated=two))


def test_the_fingerprint_is_that_of_sha256sum():
    assert fingerprint(b"plan: 1\n") == "4c633060e96f1dcb3ff1499edcc7b1213e0659c436f0e4e3dae38023206541b0"
