"""The shapes of a plan, its day, its roles and its tasks as people write them."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lecen.domains.engagement.forms.programs import offer_one_agency
from lecen.domains.engagement.models import PlanRole, PlanTask
from lecen.kernel.forms import DateInput, Form, TimeInput
from lecen.kernel.ids import uuid7
from lecen.kernel.translated import TranslatedFormField


class PlanEventForm(Form):
    """Hours and place of the event that a plan prepares; its day is the plan's."""

    time = forms.TimeField(label=_("Starts at"), widget=TimeInput, help_text=_("By the clock of your agency."))
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=15, max_value=24 * 60)
    place = forms.CharField(
        label=_("Place"), required=False, max_length=120, help_text=_("Leave it empty if it is not settled yet.")
    )


class PlanStartForm(PlanEventForm):
    """Plan and draft of the event in one go; the names of the fields are those that the service refuses by."""

    request_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    agency = forms.ModelChoiceField(label=_("Agency"), queryset=None, empty_label=None)
    day = forms.DateField(label=_("Day of the event"), widget=DateInput)
    title = TranslatedFormField(label=_("Title"), max_length=120, help_text=_("As neighbors will read it."))
    program = forms.ModelChoiceField(
        label=_("Program"), queryset=None, required=False, empty_label=_("None"), help_text=_("If it belongs to one.")
    )

    field_order = ("agency", "day", "time", "minutes", "place", "title", "program")

    def __init__(self, *arguments: Any, agencies: QuerySet, programs: QuerySet, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["agency"].queryset = agencies
        offer_one_agency(self.fields["agency"], agencies)
        self.fields["program"].queryset = programs
        if not programs.exists():
            del self.fields["program"]


class PlanMoveForm(Form):
    day = forms.DateField(label=_("New day of the event"), widget=DateInput)


class RoleForm(Form):
    holder = forms.ModelChoiceField(
        label=_("Person of your agency"), queryset=None, required=False, empty_label=_("Nobody")
    )
    holder_name = forms.CharField(
        label=_("Or the name of somebody else"),
        required=False,
        max_length=120,
        help_text=_("A partner or a volunteer who has no account. They get no reminders from here."),
    )

    def __init__(self, *arguments: Any, people: QuerySet, role: PlanRole, **options: Any) -> None:
        options.setdefault("initial", {"holder": role.holder_id, "holder_name": role.holder_name})
        super().__init__(*arguments, **options)
        self.fields["holder"].queryset = people


class TaskForm(Form):
    task_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = forms.DateField(label=_("Due"), widget=DateInput)
    owner = forms.ModelChoiceField(
        label=_("Who does it"), queryset=None, required=False, empty_label=_("Whoever holds the role")
    )
    role = forms.ModelChoiceField(label=_("Role"), queryset=None, required=False, empty_label=_("None"))
    detail = forms.CharField(label=_("How"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *arguments: Any, people: QuerySet, roles: QuerySet, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["owner"].queryset = people
        self.fields["role"].queryset = roles


class FollowUpForm(TaskForm):
    """A promise made at the event: what, who, by when; all three are asked for."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["title"].label = _("What was promised")
        self.fields["owner"].required, self.fields["owner"].empty_label = True, _("Choose a person")
        del self.fields["role"]


def initial_of(task: PlanTask) -> dict[str, object]:
    """A task as its form shows it first."""
    return {
        "task_id": task.pk,
        "title": str(task.title),
        "due_on": task.due_on,
        "owner": task.owner_id,
        "role": task.role_id,
        "detail": str(task.detail),
    }
