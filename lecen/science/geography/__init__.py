"""The geography of the unheard: from which areas people answer, and which stay silent beyond chance.

`response_shares` compares counts of respondents by area with the adults who live there. It says nothing from which a
count below k could be worked out. Plain data; maps are drawn elsewhere. Page: docs/explanation/methods/geography.md.
"""

from lecen.science.geography.inequality import Inequality
from lecen.science.geography.responses import AreaResponse, ResponseShares, Silent, response_shares
from lecen.science.geography.telling import Told
from lecen.science.geography.words import in_words

__all__ = ["AreaResponse", "Inequality", "ResponseShares", "Silent", "Told", "in_words", "response_shares"]
