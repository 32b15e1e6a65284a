"""Topics -> a sheet that a scholar labels them in; and which labels no longer fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.topic_models.models import TOP

if TYPE_CHECKING:
    import os

    import pandas as pd

    from govtext.topic_models.models import Topics

LABEL_COLUMNS = ("topic", "label_en", "label_zh", "top_words", "note")


def label_sheet(topics: Topics) -> pd.DataFrame:
    """Sheet for a scholar to label the topics in: topic, label_en, label_zh, top_words, note."""
    import pandas as pd

    rows = [(topic, "", "", " ".join(words), "") for topic, words in _top_lists(topics).items()]
    return pd.DataFrame(rows, columns=list(LABEL_COLUMNS))


def read_labels(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Labels that a scholar wrote into a sheet (CSV, UTF-8): columns as in `label_sheet`.

    Raises
    ------
    ValueError
        If a column is missing, a topic is no whole number, or one is labelled twice.
    """
    import pandas as pd

    labels = pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    missing = [name for name in LABEL_COLUMNS if name not in labels]
    if missing:
        raise ValueError(f"the labels have no column {', '.join(missing)}")
    for number in labels["topic"]:
        if not number.isdecimal():
            raise ValueError(f"the labels name a topic {number!r}, which is no whole number")
    twice = labels["topic"][labels["topic"].duplicated()]
    if len(twice):
        raise ValueError(f"the labels name topic {', '.join(twice)} more than once")
    return labels.astype({"topic": int})


def stale_labels(labels: pd.DataFrame, topics: Topics, *, least: int = 7) -> list[str]:
    """One sentence for each label that no longer fits its topic, and each topic without a label.

    A label fits while at least `least` of the top words recorded with it are among the ten top
    words of the topic with its number.

    Parameters
    ----------
    labels : DataFrame
        As `read_labels` gives; the words in `top_words` are apart by spaces.
    topics : Topics
        The model that the labels are to be shown with.
    least : int, default 7
        Words that have to be left. Fewer recorded words have all to be left.
    """
    now = _top_lists(topics)
    faults = []
    for number, label, recorded in zip(
        labels["topic"], labels["label_en"], labels["top_words"].str.split(), strict=True
    ):
        name, current = f"label {number} ({label})", now.pop(number, None)
        if current is None:
            faults.append(f"{name} has no topic: the model has {topics.k} topics.")
            continue
        left = len(set(recorded) & set(current))
        if left < min(least, len(recorded)) or not recorded:
            faults.append(
                f"{name} was given to {' '.join(recorded) or 'no words'}, of which {left} are "
                f"left: the topic is now {' '.join(current)}."
            )
    faults += [f"topic {topic} has no label: {' '.join(words)}." for topic, words in now.items()]
    return faults


def _top_lists(topics: Topics) -> dict[int, list[str]]:
    best = topics.words[topics.words["rank"] <= TOP]
    lists: dict[int, list[str]] = {}
    for topic, word in zip(best["topic"], best["word"], strict=True):
        lists.setdefault(topic, []).append(word)
    return lists
