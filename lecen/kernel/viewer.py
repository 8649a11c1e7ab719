"""Who is looking. Rules take a viewer; services are done `by` one."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.db.models import Model

from lecen.kernel.errors import NotAllowed


class ViewerKind(StrEnum):
    PERSON = "person"  # signed in
    LINK = "link"  # came by a signed link
    RECEIPT = "receipt"  # came back with a receipt code
    ANONYMOUS = "anonymous"
    TOKEN = "token"  # noqa: S105  a kind of viewer
    SYSTEM = "system"  # the platform itself: commands, tick, reactions


@dataclass(frozen=True)
class Grant:
    """One role held at one place; `scope_type` is a model's label (`agencies.agency`) or `network`."""

    role: str
    scope_type: str
    scope_id: UUID | None = None


@dataclass(frozen=True)
class Viewer:
    kind: ViewerKind
    user_id: UUID | None = None
    scopes: frozenset[str] = frozenset()  # what a link, receipt or token opens
    grants: frozenset[Grant] = frozenset()
    name: str = field(default="", compare=False)

    def holds(self, role: str, scope: Model | None = None) -> bool:
        """Whether the viewer holds `role` at `scope`, or in the network where no scope is named."""
        if scope is None:
            return Grant(role, "network") in self.grants
        return Grant(role, scope._meta.label_lower, scope.pk) in self.grants

    def scope_ids(self, role: str, model: type[Model]) -> frozenset[UUID]:
        """Keys of the objects of `model` at which the viewer holds `role`."""
        label = model._meta.label_lower
        return frozenset(
            grant.scope_id
            for grant in self.grants
            if grant.role == role and grant.scope_type == label and grant.scope_id is not None
        )

    @property
    def person_id(self) -> UUID:
        """The key of the signed-in person; whoever is not one may not do what asks for it."""
        if self.user_id is None:
            raise NotAllowed("only for somebody who is signed in")
        return self.user_id

    @property
    def is_person(self) -> bool:
        return self.kind == ViewerKind.PERSON

    @property
    def is_system(self) -> bool:
        return self.kind == ViewerKind.SYSTEM


ANONYMOUS = Viewer(ViewerKind.ANONYMOUS)
SYSTEM = Viewer(ViewerKind.SYSTEM, name="LECEN")
