from lecen.kernel.ids import uuid7


def test_uuid7_sorts_by_the_time_it_was_made():
    made = [uuid7() for _ in range(100)]

    assert sorted(made) == made
    assert {identifier.version for identifier in made} == {7}
