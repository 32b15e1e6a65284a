"""What a long analysis gave is kept by all that went in, and never taken where it is damaged."""

from dataclasses import dataclass

import pandas as pd
import pytest

import govtext as gt
from govtext.analyse import kept
from govtext.analyse.topics import study as analyse_topics
from govtext.core import rules


@dataclass(frozen=True, slots=True)
class Result:
    shares: pd.DataFrame
    empty: pd.DataFrame
    k: int
    said: list[str]


def result():
    shares = pd.DataFrame(
        {"report_id": ["一", "b"], "share": [0.1 + 0.2, None], "n": [1, 2], "why": ["few", None]}
    ).astype({"why": object})
    shares.attrs["study"] = "/somewhere"
    return Result(shares, shares.head(0), 3, ["a sentence"])


def same(one, other):
    for name in ("shares", "empty"):
        first, second = getattr(one, name), getattr(other, name)
        pd.testing.assert_frame_equal(first.fillna({"why": ""}), second.fillna({"why": ""}))
    assert (one.k, one.said) == (other.k, other.said)


@pytest.fixture
def made(tmp_path):
    """Makes a result, or takes it from where it is kept; `made.often` counts how often it did."""

    def call(name="topics-1"):
        def make():
            call.often += 1
            return result()

        return kept.kept(tmp_path, name, make, Result)

    call.often = 0
    return call


def test_a_result_is_made_once_and_is_the_same_when_it_was_kept(made):
    same(made(), made())
    assert made.often == 1
    made("topics-2")
    assert made.often == 2


def test_nothing_of_the_machine_is_kept(made, tmp_path):
    made()
    assert made().shares.attrs == {}
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".parquet", ".json"}
    assert not any(b"somewhere" in path.read_bytes() for path in files)


@pytest.mark.parametrize("name", ["shares.parquet", "told.json"])
@pytest.mark.parametrize("damage", ["cut", "gone", "turned", "other"])
def test_what_is_damaged_is_made_anew(made, tmp_path, name, damage):
    made()
    path = tmp_path / kept.FOLDER / "topics-1" / name
    whole = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        turned = bytes([*whole[:60], whole[60] ^ 1, *whole[61:]])
        path.write_bytes({"cut": whole[:-9], "turned": turned, "other": b"{}"}[damage])
    same(made(), result())
    assert made.often == 2
    made()
    assert made.often == 2, "it is kept again"


def test_a_folder_that_takes_nothing_keeps_nothing(made, tmp_path):
    (tmp_path / kept.FOLDER).write_text("a file in the way")
    same(made(), made())
    assert made.often == 2


def test_what_cannot_be_written_is_a_result_all_the_same(tmp_path):
    mixed = Result(pd.DataFrame({"why": ["few", 1]}, dtype=object), pd.DataFrame(), 3, [])
    for _ in range(2):
        found = kept.kept(tmp_path, "topics-1", lambda: mixed, Result)
        assert found is mixed


def test_the_oldest_go(made, tmp_path):
    for number in range(kept._MOST + 3):
        made(f"topics-{number}")
    assert len(list((tmp_path / kept.FOLDER).iterdir())) == kept._MOST


def test_a_key_changes_with_all_that_goes_in():
    frame = pd.DataFrame({"report_id": ["a", "b"], "text": ["一", None]})
    others = [
        frame.iloc[::-1], frame.rename(columns={"text": "body"}), frame.head(1),
        frame.assign(text=["一", "二"]),
    ]  # fmt: skip
    names = [kept.key("topics", [3], [each]) for each in (frame, *others)]
    names += [kept.key("topics", [4], [frame]), kept.key("themes", [3], [frame])]
    names.append(kept.key("topics", [3], [frame, frame]))
    with rules.using(rules.Own("mine", {})):
        names.append(kept.key("topics", [3], [frame]))
    assert len(set(names)) == len(names)
    assert kept.key("topics", [3], [frame.copy()]) == names[0]


def test_topics_are_kept_until_the_reports_are_others(study, monkeypatch):
    def refuse(*_):
        raise AssertionError

    few = {"k": 3, "ks": [3], "n_boot": 2, "n_seeds": 1}
    first = gt.topics(study, **few)
    monkeypatch.setattr(analyse_topics, "_at_once", refuse)
    again = gt.topics(study.folder, **few)
    assert again.k == first.k
    for name in ("words", "group_shares", "association", "passages"):
        one, other = getattr(first, name), getattr(again, name)
        assert one.to_csv() == other.to_csv()
        assert list(one.dtypes) == list(other.dtypes)
        assert one.attrs == other.attrs
    with pytest.raises(AssertionError):
        gt.topics(study.only(study.reports["report_id"].iloc[1:]), **few)
    with pytest.raises(AssertionError):
        gt.topics(study, **few | {"n_boot": 3})
