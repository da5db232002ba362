"""Three hundred broken recordings, one after the other through one service."""

from broken_media import assert_all_end_well
from children import children_of
from service import Service


def test_three_hundred_broken_recordings(tmp_path):
    (tmp_path / "service").mkdir()
    with Service(tmp_path / "service" / "storage", WORKER_CONCURRENCY=2) as service:
        codes = assert_all_end_well(service, tmp_path, 300)
        print({code: len(names) for code, names in codes.items()})
        assert not children_of(service.process.pid), "a child outlives its job"
