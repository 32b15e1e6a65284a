"""What every test shares: repeatable random cases, one study and its readers, drawings closed."""

import os
import sys
import time
import warnings
from types import SimpleNamespace

import pytest
from hypothesis import settings

from govtext.pipeline import places, sandbox, tables
from govtext.pipeline.build import build
from govtext.show import style
from tests.cases import examples

os.environ.setdefault("MPLBACKEND", "Agg")
# The same cases on every machine and every run: a failure seen once is seen again.
settings.register_profile(
    "repeatable", derandomize=True, database=None, deadline=None, max_examples=examples(100, 30)
)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


class _Kept(sandbox.Workers):
    """Processes of this one's own, which stay for the next build: to start one takes a second."""

    def __init__(self, number=1):
        super().__init__(number)
        kept = sandbox._own_workers(os.getpid())
        self._all, self._idle = kept._all, kept._idle

    def stop(self):
        self._threads.shutdown(cancel_futures=True) if self._threads else None


@pytest.fixture(scope="session", autouse=True)
def _keep_processes():
    with pytest.MonkeyPatch.context() as patch:
        # The package has a function of this name.
        module = sys.modules["govtext.pipeline.build"]
        workers = SimpleNamespace(SECONDS=sandbox.SECONDS, Workers=_Kept)
        patch.setattr(module, "sandbox", workers)
        yield


@pytest.fixture(scope="session")
def study_folder(tmp_path_factory):
    """Tables of the five shipped reports, built once for all processes that run tests."""
    common = tmp_path_factory.getbasetemp()
    out = (common.parent if "PYTEST_XDIST_WORKER" in os.environ else common) / "five"
    while True:
        try:
            build(places.project() / "data" / "raw", out, progress=lambda line: None)
        except BlockingIOError:  # another process builds it
            time.sleep(0.2)
        else:
            return out


@pytest.fixture(scope="session")
def study(study_folder):
    """The study of the five shipped reports; no test may change its frames."""
    return tables.load(study_folder)


@pytest.fixture
def settings_back():
    """Settings of the drawings as they were, for a test that chooses others."""
    import matplotlib as mpl  # half a second that most tests need not wait for

    with warnings.catch_warnings(), mpl.rc_context():
        yield
    style._CHOSEN.__init__()


@pytest.fixture
def figure_folder(tmp_path, monkeypatch):
    """Folder that figures are saved in, in place of the project's."""
    monkeypatch.setenv("GOVTEXT_STUDY", str(tmp_path))
    return tmp_path / "figures"
