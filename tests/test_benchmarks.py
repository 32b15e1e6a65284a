"""The benchmarks call what the verbs are called today."""

from benchmarks import hostile
from tests.cases import every


@every("name", sorted(hostile.VERBS))
def test_every_verb_that_is_timed_runs(name):
    hostile.VERBS[name]("收到申请12件。")
