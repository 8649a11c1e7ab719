from argparse import Namespace

from django.conf import settings
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from lecen.domains.accounts import demo
from lecen.kernel.commands import Command
from lecen.kernel.errors import Refused


def _demo_code(_arguments: Namespace, console: Console) -> int:
    _demonstration_only()
    console.print(demo.current_code())
    return 0


def _demo_people(_arguments: Namespace, console: Console) -> int:
    _demonstration_only()
    table = Table(
        "Sign in as", "who", "second factor", title=f"Fictional people, all with the password {demo.PASSWORD}"
    )
    for email, name, _language, second_factor in demo.PEOPLE:
        table.add_row(email, name, "make code" if second_factor else "none")
    console.print(table)
    console.print(f"For an authenticator app, the setup key of all of them is {demo.SECRET}")
    return 0


def _demonstration_only() -> None:
    if not settings.DEMO:
        raise Refused(_("Demonstration people exist only where LECEN_DEMO=1 is set."))


COMMANDS = (
    Command("demo code", "the second factor of the demonstration people, valid for half a minute", _demo_code),
    Command("demo people", "who can sign in to the demonstration network", _demo_people),
)
