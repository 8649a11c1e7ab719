from argparse import Namespace

from django.conf import settings
from django.utils.translation import gettext as _
from rich.console import Console

from lecen.domains.accounts import demo
from lecen.kernel.commands import Command
from lecen.kernel.errors import Refused


def _demo_code(_arguments: Namespace, console: Console) -> int:
    if not settings.DEMO:
        raise Refused(_("Demonstration codes exist only where LECEN_DEMO=1 is set."))
    console.print(demo.current_code())
    return 0


COMMANDS = (Command("demo code", "the second factor of the demonstration people, valid for half a minute", _demo_code),)
