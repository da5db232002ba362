"""Broken recordings in the service; `./dev soak` takes three hundred."""

from broken_media import assert_all_end_well
from children import children_of
from service import Service


def test_broken_recordings_end_as_failed_jobs(tmp_path):
    (tmp_path / "service").mkdir()
    with Service(tmp_path / "service" / "storage", WORKER_CONCURRENCY=2) as service:
        codes = assert_all_end_well(service, tmp_path, 14)
        assert set(codes) - {"completed"}, codes
        assert not children_of(service.process.pid), "a child outlives its job"
