"""A minute of callers of all kinds before an upstream of all moods."""

import random
import sys
from pathlib import Path

import pytest

from tests.bench.soak import soak

MIB = 1024 * 1024


@pytest.mark.long
def test_a_minute_of_faults_leaves_nothing_behind(tmp_path: Path) -> None:
    """Every answer is whole or told as failed, each request has one end, and nothing grows."""
    seed = random.SystemRandom().randrange(10**6)
    seen = soak(tmp_path, 60.0, 16, seed)
    sys.stdout.write(f"seed {seed}")
    counted = seen.counted

    assert seen.lies == []
    assert counted.in_flight == 0
    assert counted.accepted == counted.ok + counted.error + counted.caller_gone
    assert seen.after.tasks == seen.before.tasks
    assert seen.after.files <= seen.before.files + 8
    assert seen.after.memory <= seen.before.memory + 16 * MIB
    assert (seen.drained, seen.drained_whole) == ((0, ""), 8)
