"""What tests/e2e/test_engine_faults.py does once, done fifty times."""

import pytest
from engine_faults import kill_at_random
from talks import make_talk


@pytest.mark.parametrize(("victim", "kills", "jobs"), [("child", 50, 12), ("worker", 50, 8), ("service", 50, 8)])
def test_killed_fifty_times(tmp_path, victim, kills, jobs):
    talk = make_talk(tmp_path, seconds=16)
    done = 0
    while done < kills:
        place = tmp_path / f"{victim}-{done}"
        place.mkdir()
        more = kill_at_random(place, talk, victim, kills - done, jobs, seed=f"{victim} {done}")
        assert more > 0, "nothing was killed"
        done += more
