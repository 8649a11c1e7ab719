from datetime import timedelta

import pytest
import yaml
from django.conf import settings

from lecen.domains.site import queries
from lecen.kernel import audit
from lecen.kernel.models import DueRun
from tests.factories import NOON


@pytest.mark.django_db
def test_operations_name_jobs_that_do_not_end_and_the_newest_seal(agency, organizer):
    DueRun.objects.create(name="slow", enqueued_at=NOON - timedelta(hours=1))
    DueRun.objects.create(name="quick", enqueued_at=NOON - timedelta(minutes=1))
    audit.record(by=organizer, act="agency.changed", on=agency)
    audit.seal(at=NOON)

    found = queries.operations(at=NOON)

    assert (found.overdue_jobs, found.audit_head) == (("slow",), audit.verify().head)


@pytest.mark.parametrize("language", ["en", "es"])
def test_front_page_has_every_sentence_in_each_language(language):
    def leaves(value):
        if isinstance(value, dict):
            return [leaf for inner in value.values() for leaf in leaves(inner)]
        return [leaf for inner in value for leaf in leaves(inner)] if isinstance(value, list) else [value]

    assert all(isinstance(leaf, str | int) for leaf in leaves(queries.front_page(language=language)))


def test_front_page_follows_the_loop():
    keys = [step["key"] for step in queries.front_page(language="en")["loop"]]

    assert keys == ["listen", "plan", "act", "measure", "answer", "share"]


@pytest.mark.parametrize("name", queries.PAGE_NAMES)
def test_written_page_is_read_without_its_front_matter(name):
    page = queries.written_page(name=name, language="es")
    text = (settings.CONTENT_DIR / "pages" / f"{name}.es.md").read_text(encoding="utf-8")

    assert page.title == yaml.safe_load(text.split("---")[1])["title"]
    assert "title:" not in page.body
