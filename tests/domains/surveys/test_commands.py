from lecen.config.command import main
from lecen.domains.surveys.models import Questionnaire


def test_instruments_load_by_command_and_may_be_loaded_again(db, capsys):
    assert [main(["instruments", "load"]), main(["instruments", "load"])] == [0, 0]
    assert Questionnaire.objects.filter(instrument="pulse").count() == 1


def test_a_folder_with_a_broken_file_is_refused_without_a_traceback(db, tmp_path, capsys):
    (tmp_path / "broken.yaml").write_text("id: broken")

    assert main(["instruments", "load", "--folder", str(tmp_path)]) == 2
    assert "broken.yaml" in capsys.readouterr().err
