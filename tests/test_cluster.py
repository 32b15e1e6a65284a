"""A cluster of two workers on the loopback address: the same tables, the same limits."""

import threading
import time

import pytest

from govtext.pipeline import cluster, making, shard_files, shards
from govtext.pipeline.build import build
from govtext.pipeline.plan import plan
from govtext.pipeline.tables import load
from govtext.pipeline.written import Written
from tests.test_build import n_read
from tests.test_shards import N, folder, run, small, tree  # noqa: F401 -- fixtures
from tools.cluster_demo import cluster as started


@pytest.fixture(scope="module")
def two():
    """Address of a scheduler with two workers, and these."""
    with started(2) as found:
        yield found


def test_the_same_bytes(folder, tmp_path, two):  # noqa: F811
    run(folder, tmp_path / "one")
    assert run(folder, tmp_path / "two", cluster=two[0]) == N + 1
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_limits_hold_there_too(tmp_path, two):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.txt").write_text("某县2012年政府信息公开工作年度报告\n", encoding="utf-8")
    run(source, tmp_path / "out", cluster=two[0], seconds=0.001)
    assert list(load(tmp_path / "out").rejects["cause"]) == ["too_slow"]


@pytest.mark.parametrize("folder", ["files"], indirect=True)
def test_a_worker_that_dies_costs_its_shard_an_attempt(folder, tmp_path):  # noqa: F811
    run(folder, tmp_path / "one")
    with started(2) as (address, workers):

        def kill():
            while not list((tmp_path / "two" / shards.FOLDER).glob(f"*{shard_files.SPOOL}")):
                time.sleep(0.01)
            workers[0].kill()

        killing = threading.Thread(target=kill)
        (tmp_path / "two" / shards.FOLDER).mkdir(parents=True)
        killing.start()
        run(folder, tmp_path / "two", cluster=address)
        killing.join()
        assert workers[0].wait() != 0
        assert workers[1].poll() is None
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


@pytest.mark.parametrize("folder", ["files"], indirect=True)
def test_what_a_first_attempt_has_read_is_taken_over(folder, tmp_path, monkeypatch):  # noqa: F811
    study = plan(folder, tmp_path / "out", Written.of(folder), 12)
    way = making.Way(shards.opened(tmp_path / "out"), study.version, study.reader, None, 12)
    shard, append = study.shards[0], shard_files.append

    def die(spool, record):
        if shard_files.told(record)[0]["key"] == shard.keys[2]:
            raise OSError("the worker died")
        append(spool, record)

    with monkeypatch.context() as patch:
        patch.setattr(shard_files, "append", die)
        with pytest.raises(OSError, match="died"):
            cluster._make_one(shard, {}, way)
    name, heard = cluster._make_one(shard, {}, way)
    assert name == shard.name
    assert [each["key"] for each in heard] == list(shard.keys[2:])
    run(folder, tmp_path / "fresh")
    made = tmp_path / "fresh" / shards.FOLDER / shard.name
    assert tree(way.folder / shard.name) == tree(made)


def test_a_worker_of_another_version_or_without_the_folders_is_named(tmp_path):
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    study = plan(tmp_path, tmp_path / "out", Written.of(tmp_path), 12)
    way = making.Way(tmp_path, study.version, study.reader, None, 12)
    cluster._check(study.shards[0], way)
    with pytest.raises(RuntimeError, match="another govtext, Python or version of a package"):
        cluster._check(study.shards[0], way._replace(reader="0"))
    with pytest.raises(FileNotFoundError, match="does not see"):
        cluster._check(study.shards[0], way._replace(folder=tmp_path / "elsewhere"))
    (tmp_path / "a.txt").unlink()
    with pytest.raises(FileNotFoundError, match=r"does not see .*a\.txt"):
        cluster._check(study.shards[0], way)


def test_only_loopback_goes_without_encryption(tmp_path, monkeypatch):
    for good in ("tcp://127.0.0.1:8786", "tcp://[::1]:8786", "tcp://localhost:1", "tls://a.b:2"):
        assert cluster.address(good) == good
    with pytest.raises(ValueError, match=r"tcp://10\.0\.0\.1:8786.*--cluster-without-tls"):
        cluster.address("tcp://10.0.0.1:8786")
    assert cluster.address("tcp://10.0.0.1:8786", without_tls=True)
    for bad in ("10.0.0.1:8786", "http://localhost:1", "tcp://localhost", "tcp://:1"):
        with pytest.raises(ValueError, match="must be tcp://HOST:PORT"):
            cluster.address(bad)
    assert cluster.address(None) == ""
    monkeypatch.setenv(cluster.VARIABLE, "tcp://10.0.0.1:8786")
    with pytest.raises(ValueError, match="without-tls"):
        build(tmp_path, tmp_path / "out")
    assert cluster.address("") == ""


@pytest.mark.parametrize("folder", ["files"], indirect=True)
def test_a_scheduler_that_is_not_there_is_an_error(folder, tmp_path, monkeypatch):  # noqa: F811
    import dask
    import distributed  # noqa: F401 -- it sets what is then changed

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(OSError, match=r"tcp://127\.0\.0\.1:1"),
    ):
        run(folder, tmp_path / "out", cluster="tcp://127.0.0.1:1")
    lines = []
    build(folder, tmp_path / "out", progress=lines.append)
    assert n_read(lines) == N + 1
