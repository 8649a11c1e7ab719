"""A claim somebody makes without data to check it: said as what it is."""

from lecen.science.errors import ScienceError
from lecen.science.plans.periods import place_of
from lecen.science.plans.schema import Plan
from lecen.science.studies.result import Criterion, StudyResult, Table, Verdict

FEWEST_BEFORE = 3


def rate_claim(plan: Plan) -> StudyResult:
    """Rate a claim by whether public data reach back far enough before the treatment to check it.

    Parameters: `plan`, of the design "claim". Returns a `StudyResult` without chart. Raises `ScienceError` where the
    plan has no claim.
    """
    claim = plan.claim
    if claim is None:
        raise ScienceError("This plan holds no claim.")
    treated, public = (
        place_of(claim.treated_since, "claim.treated_since"),
        place_of(claim.public_data_since, "claim.public_data_since"),
    )
    before = max(treated - public, 0)
    enough = Criterion(
        f"public data for at least {FEWEST_BEFORE} periods before the start ({claim.treated_since})",
        f"{claim.public_data}: since {claim.public_data_since}, {before or 'no'} {'period' if before == 1 else 'periods'} before",
        before >= FEWEST_BEFORE,
    )
    verdict = Verdict.REPLICABLE if enough.met else Verdict.NOT_REPLICABLE
    return StudyResult(
        verdict=verdict,
        sentence=f"“{claim.quoted}” ({claim.source}): {verdict}.",
        arithmetic=(),
        criteria=(enough,),
        warnings=(),
        tables=(
            Table(
                "The claim",
                ("What is said", "Where", "Start", "Public data since"),
                ((claim.quoted, claim.source, str(claim.treated_since), str(claim.public_data_since)),),
            ),
        ),
        chart=None,
        notes=("A claim is not evidence for or against: nobody could compute it again from public data.",)
        if not enough.met
        else (),
    )
