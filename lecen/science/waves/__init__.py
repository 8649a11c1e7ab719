"""Anonymous answers of the same people at several times, joined by codes that people make themselves.

    >>> from lecen.science.waves import attrition, chain_waves, change_under_errors, code_strength, match_waves

A code is a tuple of elements that only the person can put together again (first letter of the mother's name, day of
birth, ...). Joining makes errors of two kinds; both are estimated from the data and told.
"""

from lecen.science.waves.attrition import Attrition, attrition
from lecen.science.waves.chain import Chain, chain_waves
from lecen.science.waves.change import ChangeUnderErrors, change_under_errors
from lecen.science.waves.codes import CodeStrength, code_strength
from lecen.science.waves.errors import MatchErrors
from lecen.science.waves.matching import Matching, match_waves

__all__ = [
    "Attrition",
    "Chain",
    "ChangeUnderErrors",
    "CodeStrength",
    "MatchErrors",
    "Matching",
    "attrition",
    "chain_waves",
    "change_under_errors",
    "code_strength",
    "match_waves",
]
