import pytest

from lecen.domains.library import demo
from lecen.domains.library.models import Playbook
from tests.factories import NOON


@pytest.mark.django_db
def test_the_demonstration_loads_the_same_playbooks_once():
    demo.load(at=NOON)
    before = list(Playbook.objects.order_by("pk").values_list("pk", flat=True))
    demo.load(at=NOON)

    assert list(Playbook.objects.order_by("pk").values_list("pk", flat=True)) == before
    assert len(before) == 6
