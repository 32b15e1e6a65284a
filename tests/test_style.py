"""govtext.style: the look, the labels and the saved figures."""

import subprocess
import sys
from types import MappingProxyType

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure

from govtext.core import rules
from govtext.show import figures, style

pytestmark = pytest.mark.usefixtures("settings_back")


@pytest.fixture
def labels(monkeypatch):
    row = {"key": "applications", "en": "Applications", "zh": "申请", "source": "", "note": ""}
    monkeypatch.setattr(rules, "load", lambda name: (MappingProxyType(row),))
    style.labels.cache_clear()
    yield
    style.labels.cache_clear()


def bars(title="Applications received", numbers=(3, 5)):
    """A figure as a plot function makes it: drawn, titled, its frame attached."""
    frame = pd.DataFrame({"place": ["甲市", "乙市"], "n": list(numbers)})
    ax = Figure().add_subplot()
    ax.bar(frame["place"], frame["n"])
    ax.set_title(title)
    return figures.attach(ax, frame)


def test_the_font_of_the_lock_file_draws_chinese(figure_folder):
    style.use_style()
    ax = bars(title="政府信息公开 −5 ≥ é")
    figures.save_figure(ax, "01-bars")
    assert "Noto Sans SC" in ax.title.get_fontname()


def test_a_character_without_glyph_is_an_error_on_drawing_and_leaves_no_file(figure_folder):
    style.use_style()
    ax = bars(title="\U0001f600")
    with pytest.raises(UserWarning, match="missing from"):
        ax.figure.draw_without_rendering()
    with pytest.raises(UserWarning, match="missing from"):
        figures.save_figure(ax, "01-bars")
    assert not list(figure_folder.glob("*.svg"))


def test_zhplot_is_found_but_never_imported():
    code = (
        "import sys; from govtext.show import style; style.use_style(); "
        "print('zhplot' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert answer.stdout.strip() == b"False"


def test_a_reader_s_own_settings_do_not_reach_the_figures():
    mpl.rcParams["axes.facecolor"] = "pink"
    style.use_style()
    assert mpl.rcParams["axes.facecolor"] == "white"
    assert not mpl.rcParams["axes.spines.top"]


def test_an_unknown_language_is_refused_with_the_ones_there_are():
    with pytest.raises(ValueError, match=r"'fr'.*'en'.*'zh'"):
        style.use_style(language="fr")


@pytest.mark.parametrize(("language", "text"), [("en", "Applications"), ("zh", "申请")])
def test_labels_follow_the_language(labels, language, text):
    style.use_style(language=language)
    assert style.translate("applications") == text


def test_a_missing_label_is_named(labels):
    with pytest.raises(KeyError, match="'fees'"):
        style.translate("fees")


def test_a_dollar_sign_is_drawn_as_itself(figure_folder):
    style.use_style()
    figures.save_figure(bars(title=style.escape("$5 and $x_1^")), "01-bars")
    assert (figure_folder / "01-bars.svg").is_file()


def test_grid_is_on_the_axis_of_the_values_only():
    style.use_style()
    ax = style.value_axis(bars(), "x")
    assert ax.xaxis.get_gridlines()[0].get_visible()
    assert not ax.yaxis.get_gridlines()[0].get_visible()


def test_a_name_that_the_font_does_not_hold_is_drawn_by_its_numbers():
    assert style.escape("甲\n\U0001f600") == "甲U+000AU+1F600"
    style.use_style()
    Figure().add_subplot(title=style.escape("ཀ\n\U0001f600")).figure.draw_without_rendering()
