"""What every test shares: repeatable random cases, drawings off the screen and closed again."""

import os
import sys
import warnings

import pytest
from hypothesis import settings

from govtext.show import style

os.environ.setdefault("MPLBACKEND", "Agg")
# The same cases on every machine and every run: a failure seen once is seen again.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.fixture
def settings_back():
    """Settings of the drawings as they were, for a test that chooses others."""
    import matplotlib as mpl  # half a second that most tests need not wait for

    with warnings.catch_warnings(), mpl.rc_context():
        yield
    style._CHOSEN.language = "en"


@pytest.fixture
def figure_folder(tmp_path, monkeypatch):
    """Folder that figures are saved in, in place of the project's."""
    monkeypatch.setenv("GOVTEXT_STUDY", str(tmp_path))
    return tmp_path / "figures"
