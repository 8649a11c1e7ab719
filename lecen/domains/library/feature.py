"""What the library offers the platform."""

from django.utils.translation import gettext_lazy as _

from lecen.kernel.features import Feature, MenuItem, SearchSource

FEATURE = Feature(
    name="library",
    title=_("Library"),
    urls="lecen.domains.library.urls",
    prefix="playbooks/",
    api="lecen.domains.library.api",
    commands="lecen.domains.library.commands",
    menu=(MenuItem(_("Playbooks"), "library:playbook-list"),),
    search=(SearchSource("playbooks", _("Playbooks"), "lecen.domains.library.rules.visible_playbooks"),),
    demo="lecen.domains.library.demo.load",
)
