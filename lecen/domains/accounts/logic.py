"""Which positions need a second factor."""

from collections.abc import Iterable

from lecen.kernel.viewer import Grant

ROLES_WITHOUT_SECOND_FACTOR = frozenset({"member"})


def needs_second_factor(grants: Iterable[Grant], *, is_staff: bool = False) -> bool:
    """Every position above member needs one, and so does whoever reads the administration."""
    return is_staff or any(grant.role not in ROLES_WITHOUT_SECOND_FACTOR for grant in grants)


def browser_name(user_agent: str) -> str:
    """A browser and system in words people know: “Firefox, Windows”; the raw text where neither is known."""
    browsers = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
    systems = {
        "Android": "Android",
        "iPhone": "iPhone",
        "iPad": "iPad",
        "Windows": "Windows",
        "Mac OS": "Mac",
        "Linux": "Linux",
    }
    found = [next((name for sign, name in known.items() if sign in user_agent), "") for known in (browsers, systems)]
    return ", ".join(filter(None, found)) or user_agent[:80]
