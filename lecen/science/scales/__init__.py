"""Several questions that together measure one thing: scores, and how far one may trust them.

    >>> from lecen.science.scales import Scale, cronbach_alpha, describe_items, mean_score, omega_total, retest

An unanswered item is never scored as zero. Nothing is told about fewer than 10 people.
"""

from lecen.science.scales.answers import Scale, oriented
from lecen.science.scales.factor import OneFactor, one_factor
from lecen.science.scales.items import ItemReport, ItemStatistics, describe_items
from lecen.science.scales.reliability import Reliability, alpha_interval, cronbach_alpha, omega_total, spearman_brown
from lecen.science.scales.retest import Agreement, Retest, intraclass, retest
from lecen.science.scales.scores import MeanScore, PersonScores, mean_score, score_people

__all__ = [
    "Agreement",
    "ItemReport",
    "ItemStatistics",
    "MeanScore",
    "OneFactor",
    "PersonScores",
    "Reliability",
    "Retest",
    "Scale",
    "alpha_interval",
    "cronbach_alpha",
    "describe_items",
    "intraclass",
    "mean_score",
    "omega_total",
    "one_factor",
    "oriented",
    "retest",
    "score_people",
    "spearman_brown",
]
