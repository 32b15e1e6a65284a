"""Many cases in one test: none is passed over, and each that fails is told."""

import pytest

from tests.cases import every


def test_every_case_is_tried_and_all_that_fail_are_named():
    tried = []

    @every(("number", "word"), [(1, "一"), (2, "二"), (3, "三")])
    def check(number, word, tried):
        tried.append(word)
        assert number == 2, "no two"

    with pytest.raises(AssertionError, match="2 of 3 cases failed") as caught:
        check(tried=tried)
    assert tried == ["一", "二", "三"]
    said = str(caught.value)
    assert "case 0 (1, '一'): AssertionError: no two" in said
    assert "case 2 (3, '三')" in said
    assert "case 1" not in said


def test_an_error_and_a_missing_error_are_failures_too():
    @every("number", [0, 1])
    def check(number):
        with pytest.raises(ZeroDivisionError):
            _ = 1 / number
        raise KeyError(number)

    with pytest.raises(AssertionError) as caught:
        check()
    assert "case 0 (0): KeyError: 0" in str(caught.value)
    assert "case 1 (1): Failed: DID NOT RAISE" in str(caught.value)


def test_no_case_at_all_is_a_failure():
    @every("number", [])
    def check(number):
        pass

    with pytest.raises(AssertionError, match="no case of number"):
        check()


@every(("one", "other"), [("a", "a"), ("b", "b")])
def test_fixtures_are_given_beside_the_cases(tmp_path, one, other):
    assert tmp_path.is_dir()
    assert one == other
