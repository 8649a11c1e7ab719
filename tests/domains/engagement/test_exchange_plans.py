import csv
import io
from datetime import UTC, datetime

from lecen.domains.engagement.exchange.plans import tasks_csv
from tests.factories import PlanTaskFactory


def test_a_task_was_done_on_the_day_of_the_agency(db):
    task = PlanTaskFactory(state="done", done_at=datetime(2026, 6, 2, 2, 30, tzinfo=UTC))

    [_header, row] = csv.reader(io.StringIO(tasks_csv([task], zone="America/Chicago").removeprefix("\ufeff")))

    assert row[-1] == "2026-06-01"
