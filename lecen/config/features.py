"""The table of contents: what the platform consists of, in reading order."""

from lecen.domains.accounts.feature import FEATURE as ACCOUNTS
from lecen.domains.agencies.feature import FEATURE as AGENCIES
from lecen.domains.engagement.feature import FEATURE as ENGAGEMENT
from lecen.domains.evaluation.feature import FEATURE as EVALUATION
from lecen.domains.library.feature import FEATURE as LIBRARY
from lecen.domains.site.feature import FEATURE as SITE
from lecen.domains.surveys.feature import FEATURE as SURVEYS

FEATURES = (ACCOUNTS, AGENCIES, LIBRARY, SURVEYS, ENGAGEMENT, EVALUATION, SITE)
