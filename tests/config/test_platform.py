from lecen.config.platform import offered_commands


def test_no_two_commands_have_one_path():
    paths = [command.path for command in offered_commands()]

    assert len(paths) == len({*paths, "analyze"}) - 1
