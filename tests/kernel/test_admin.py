import pytest
from django.contrib import admin

from lecen.kernel.models import AuditBatch, Delivery, Notice


@pytest.mark.parametrize(("model", "hidden"), [(AuditBatch, "anonymous_acts"), (Delivery, "payload"), (Notice, "body")])
def test_the_administration_shows_nothing_about_residents(rf, model, hidden):
    shown = admin.site.get_model_admin(model).get_fields(rf.get("/"))

    assert hidden not in shown
