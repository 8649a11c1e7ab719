"""Claims without data."""

import yaml

from lecen.science.plans import read_plan
from lecen.science.studies import Verdict, run_study
from tests.science.plans.test_schema import CLAIM


def rated(**changes):
    return run_study(read_plan(yaml.safe_dump(CLAIM | {"claim": CLAIM["claim"] | changes})))


def test_a_claim_from_before_the_data_begin_is_not_replicable():
    result = rated()

    assert result.verdict is Verdict.NOT_REPLICABLE
    assert result.sentence == "“-10 %” (A leaflet): a claim; not replicable with the data at hand."
    assert result.criteria[0].found == "incidents: since 2001, no periods before"


def test_a_claim_with_data_reaching_back_could_be_checked():
    assert rated(public_data_since=1990).verdict is Verdict.REPLICABLE
    assert rated(public_data_since=1996).verdict is Verdict.NOT_REPLICABLE
    assert rated(public_data_since=1997).criteria[0].found == "incidents: since 1997, 1 period before"
