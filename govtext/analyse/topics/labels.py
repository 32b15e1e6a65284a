"""Topics -> a sheet that a scholar labels them in, and the numbers of those labelled before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govtext.analyse.topics.models import TOP

if TYPE_CHECKING:
    import os

    import pandas as pd

    from govtext.analyse.topics.models import Topics

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


def identify(
    topics: Topics, labels: pd.DataFrame, *, least: int = 7
) -> tuple[Topics, pd.DataFrame, list[str]]:
    """Topics under the numbers of their labels, so that a topic keeps its number in every rebuild.

    A label fits a topic where at least `least` of the top words recorded with it are among the ten
    top words of the topic. A topic that no label fits gets the next number after all labels, in
    the order of the shares, and its first three words for a label.

    Parameters
    ----------
    topics : Topics
        As `fit` gives.
    labels : DataFrame
        As `read_labels` gives; the words in `top_words` are apart by spaces.
    least : int, default 7
        Words that have to be left. Fewer recorded words have all to be left.

    Returns
    -------
    Topics
        The same topics under their numbers.
    DataFrame
        As `label_sheet` gives, a row a topic in the order of the numbers, with the words as they
        are now.
    list of str
        A sentence for each label that fits no topic, and for each topic that no label fits.
    """
    sheet = label_sheet(topics).set_index("topic")
    known = labels.set_index("topic")
    numbers, faults = _fitting(_top_lists(topics), known, least)
    for topic in sheet.index.difference(list(numbers)):
        numbers[topic] = 1 + max([0, *known.index, *numbers.values()])
        words = sheet.loc[topic, "top_words"]
        label = " ".join(str(words).split()[:3])
        sheet.loc[topic, ["label_en", "label_zh"]] = label
        faults.append(f"topic {numbers[topic]} has no label: {words}.")
    for topic, number in numbers.items():
        if number in known.index:
            names = ["label_en", "label_zh", "note"]
            sheet.loc[topic, names] = known.loc[number, names].to_numpy()
    named = sheet.rename(index=numbers).sort_index().reset_index()
    return _renumbered(topics, numbers), named, faults


def _fitting(
    now: dict[int, list[str]], known: pd.DataFrame, least: int
) -> tuple[dict[int, int], list[str]]:
    """Number of the label that fits each topic, and a sentence for each label that fits none."""
    from scipy.optimize import linear_sum_assignment

    recorded = {number: words.split() for number, words in known["top_words"].items()}
    left = [[len(set(own) & set(words)) for words in now.values()] for own in recorded.values()]
    numbers: dict[int, int] = {}
    if left:
        topics, given = list(now), list(recorded)
        for label, topic in zip(*linear_sum_assignment(left, maximize=True), strict=True):
            own = recorded[given[label]]
            if own and left[label][topic] >= min(least, len(own)):
                numbers[topics[topic]] = given[label]
    names = dict(known["label_en"])
    faults = [
        f"label {number} ({names[number]}) was given to "
        f"{' '.join(own) or 'no words'}, of which no topic has more than {max(most)}."
        for (number, own), most in zip(recorded.items(), left, strict=True)
        if number not in numbers.values()
    ]
    return numbers, faults


def _renumbered(topics: Topics, numbers: dict[int, int]) -> Topics:
    """The same topics under other numbers, in their order."""
    words, loadings = (
        frame.assign(topic=frame["topic"].map(numbers)).astype({"topic": int})
        for frame in (topics.words, topics.loadings)
    )
    return replace(
        topics,
        numbers=tuple(numbers[topic] for topic in topics.numbers),
        words=words.sort_values(["topic", "rank"], kind="stable", ignore_index=True),
        loadings=loadings.sort_values(
            ["report_id", "start", "end", "topic"], kind="stable", ignore_index=True
        ),
    )


def _top_lists(topics: Topics) -> dict[int, list[str]]:
    best = topics.words[topics.words["rank"] <= TOP]
    lists: dict[int, list[str]] = {}
    for topic, word in zip(best["topic"], best["word"], strict=True):
        lists.setdefault(topic, []).append(word)
    return lists
