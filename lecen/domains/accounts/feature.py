from django.utils.translation import gettext_lazy as _

from lecen.kernel.features import Feature

FEATURE = Feature(name="accounts", title=_("Accounts"))
