"""Intervals hold the truth as often as they promise: few draws here, 100 with GOVTEXT_FUZZ=1."""

import numpy as np
import pandas as pd
import pytest

import govtext as gt
from govtext.analyse import contrasts, groups
from tests import intervals
from tests.cases import WHOLE
from tests.intervals import Coverage

DRAWS = 100
QUICK = {
    "single_rates": lambda: intervals.single_rates(20),
    "grouped_rates": lambda: intervals.grouped_rates(12, (12,)),
    "rate_trends": lambda: intervals.rate_trends(12, (12,)),
    "steps": lambda: intervals.steps(12, (20,)),
}


def likely(found: Coverage) -> bool:
    """Whether a coverage of 93 to 97 in 100 can be, by the draws that were made."""
    low, high = intervals.wilson(found.held, found.draws)
    return low <= 0.97 and high >= 0.93


@pytest.mark.parametrize("name", QUICK)
def test_intervals_of_few_draws_hold_the_truth(name):
    for found in QUICK[name]():
        assert likely(found), str(found)


@pytest.mark.skipif(not WHOLE, reason="100 draws of every estimator take minutes: GOVTEXT_FUZZ=1")
@pytest.mark.parametrize("measure", intervals.EVERY, ids=lambda each: each.__name__)
def test_intervals_hold_the_truth_as_often_as_they_promise(measure):
    for found in measure(DRAWS):
        assert likely(found), str(found)


@pytest.mark.parametrize("module", [groups, contrasts])
def test_an_interval_that_is_too_narrow_would_be_seen(monkeypatch, module):
    """Half of its width: fewer than three of four hold the truth."""
    whole = module._bounds

    def halved(*given):
        low, high = whole(*given)
        middle = (low + high) / 2
        return (low + middle) / 2, (middle + high) / 2

    monkeypatch.setattr(module, "_bounds", halved)
    pooled, apart = intervals.grouped_rates(20, (12,))
    assert not likely(pooled if module is groups else apart)


def frame(shares, level, per_body=2):
    rows = [
        {"report_id": f"{level}{body}-{year}", "body": f"{level}{body}", "admin_level": level,
         "year": 2019 + year, "theme": "plans", "share": share}
        for body, share in enumerate(shares) for year in range(per_body)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_a_contrast_is_the_difference_and_knows_its_bodies():
    both = pd.concat([frame([0.1, 0.2, 0.3, 0.4, 0.5], "county"),
                      frame([0.5, 0.6, 0.7, 0.8, 0.9], "township")])  # fmt: skip
    (row,) = gt.contrast(both, "county", "township").itertuples()
    assert row.difference == pytest.approx(-0.4)
    assert (row.n_bodies_a, row.n_reports_a) == (5, 10)
    assert row.low < -0.4 < row.high < 0
    (same,) = gt.contrast(both, 2019, 2020, by="year").itertuples()
    assert (same.difference, same.low, same.high) == (0, 0, 0), "a body's years stay together"
    few = gt.contrast(both[~both["body"].eq("county4")], "county", "township").iloc[0]
    assert np.isnan(few["low"])
    assert few["reason"] == "fewer than 5 bodies in a group"
    with pytest.raises(ValueError, match=r"a is 'conty' \(did you mean 'county'\?\)"):
        gt.contrast(both, "conty", "township")


def test_a_contrast_of_rates_pools_their_cases():
    rows = frame([0.1] * 5, "county").assign(rate="granted", numerator=1.0, denominator=10.0)
    rows.loc[rows["body"] == "county0", ["numerator", "denominator"]] = 90.0, 100.0
    both = pd.concat([rows, frame([0.5] * 5, "township").assign(
        rate="granted", numerator=5.0, denominator=10.0)])  # fmt: skip
    (row,) = gt.contrast(both.drop(columns="theme"), "county", "township").itertuples()
    assert row.value_a == pytest.approx(188 / 280)
    assert row.value_b == 0.5
