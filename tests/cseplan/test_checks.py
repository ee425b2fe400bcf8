"""The system checks: a missing piece is said, with what to do about it."""

from cseplan.checks import BUILT, styles_are_built


def test_missing_styles_are_said_with_what_to_do(settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path]
    (warning,) = styles_are_built(None)
    assert warning.id == "cseplan.W001"
    assert warning.hint == "Run `make setup`."


def test_built_styles_are_not_worth_a_word(settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path]
    for name in BUILT:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert styles_are_built(None) == []
