from django.utils.translation import gettext_lazy as _

from lecen.kernel.features import Feature, MenuItem

FEATURE = Feature(
    name="accounts",
    title=_("Accounts"),
    urls="lecen.domains.accounts.urls",
    prefix="account/",
    commands="lecen.domains.accounts.commands",
    menu=(
        MenuItem(_("Sign in"), "account_login", shown_to="lecen.domains.accounts.rules.is_signed_out", place="header"),
        MenuItem(
            _("Your account"), "accounts:account", shown_to="lecen.domains.accounts.rules.is_signed_in", place="header"
        ),
        MenuItem(_("Sign out"), "account_logout", shown_to="lecen.domains.accounts.rules.is_signed_in", place="header"),
    ),
    due=("lecen.domains.accounts.tasks.forget_ended_sign_ins",),
    demo="lecen.domains.accounts.demo.load",
)
