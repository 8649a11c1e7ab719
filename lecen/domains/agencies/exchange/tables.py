"""Tables of agencies and neighborhoods: CSV in and out."""

from collections.abc import Callable, Iterable
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email, validate_slug
from django.utils.translation import gettext as _

from lecen.domains.agencies.choices import SPOKEN_LANGUAGES, AgencyKind
from lecen.domains.agencies.models import Neighborhood, validate_time_zone
from lecen.domains.agencies.services.agencies import RESERVED_SLUGS, ImportedAgency
from lecen.kernel.columns import ChoiceColumn, IntegerColumn, LanguagesColumn, TextColumn
from lecen.kernel.errors import Refused
from lecen.kernel.tables import Remark, Table, read_csv, write_csv

AGENCY_COLUMNS = (
    TextColumn("slug", max_length=50),
    TextColumn("name", max_length=120),
    ChoiceColumn("kind", choices=AgencyKind.values),
    TextColumn("city", max_length=80),
    TextColumn("state", max_length=2),
    TextColumn("time_zone", max_length=40),
    IntegerColumn("sworn_officers", required=False, maximum=100_000),
    TextColumn("phone", required=False, max_length=30),
    TextColumn("email", required=False, max_length=254),
    TextColumn("complaint_office", required=False, max_length=120),
    TextColumn("complaint_url", required=False, max_length=200),
    LanguagesColumn("languages", required=False, languages=[code for code, _label in SPOKEN_LANGUAGES]),
    TextColumn("supervisor_email", required=False, max_length=254),
)
CHECKS: dict[str, Callable[[str], None]] = {
    "slug": validate_slug,
    "time_zone": validate_time_zone,
    "email": validate_email,
    "supervisor_email": validate_email,
    "complaint_url": URLValidator(["http", "https"]),
}
NEIGHBORHOOD_COLUMNS = (
    "code",
    "name",
    "duty",
    "officer_name",
    "phone",
    "email",
    "languages",
    "last_confirmed_on",
    "valid_from",
)


def read_agencies(stream: IO[bytes]) -> tuple[list[ImportedAgency], list[Remark]]:
    """The agencies of a CSV file and everything that is wrong with it, cell by cell."""
    table = read_csv(stream, AGENCY_COLUMNS, key=("slug",))
    errors = [*table.errors, *_errors(table)]
    return [_agency(row.values) for row in table.rows], sorted(errors, key=lambda remark: remark.row)


def _errors(table: Table) -> Iterable[Remark]:
    for row in table.rows:
        for column, check in CHECKS.items():
            try:
                if row[column]:
                    check(row[column])
            except ValidationError as error:
                yield Remark(row.number, column, " ".join(error.messages))
        if row["slug"] in RESERVED_SLUGS:
            yield Remark(row.number, "slug", _("This short name is used by a page of the network."))


def _agency(values: Any) -> ImportedAgency:
    """Empty cells say nothing: what an agency has recorded there itself stays."""
    given = {name: value for name, value in values.items() if value is not None and name != "slug"}
    return ImportedAgency(values["slug"], given)


def write_neighborhoods(neighborhoods: Iterable[Neighborhood]) -> str:
    """Neighborhoods with their duty contacts, a row each; one without a contact has a row with empty cells."""
    rows = []
    for area in neighborhoods:
        for contact in area.contacts or [None]:  # type: ignore[attr-defined] # set by the query
            duty = (
                [contact.duty, contact.officer_name, contact.phone, contact.email, " ".join(contact.languages)]
                if contact
                else [""] * 5
            )
            confirmed = contact.last_confirmed_on.isoformat() if contact else ""
            rows.append([area.code, area.name, *duty, confirmed, area.valid_from.isoformat()])
    return write_csv(NEIGHBORHOOD_COLUMNS, rows)


def all_errors(errors: Iterable[Remark]) -> Refused:
    """One refusal that lists every error of a file."""
    return Refused("\n".join([_("Nothing was imported. Fix these cells:"), *map(str, errors)]), field="file")
