"""A process killed in the middle of 200 decisions, fifty times: none that was confirmed is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROUNDS, DECISIONS, SEED = 50, 200, 20261126


def test_no_confirmed_decision_is_lost_by_a_kill(control, path, tmp_path):
    control.write(path)
    folder = tmp_path / "copies"
    folder.mkdir()
    script = Path(__file__).with_name("killed.py")
    done = subprocess.run(
        [sys.executable, str(script), str(path), str(folder), str(ROUNDS), str(DECISIONS), str(SEED)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=600,
    )
    rounds = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(rounds) == ROUNDS
    for one in rounds:
        # the one that was being written may be there whole, never in part, never in place of another
        assert one["confirmed"] == one["kept"][: len(one["confirmed"])]
        assert len(one["kept"]) - len(one["confirmed"]) <= 1
        assert (one["sound"], one["refusal"]) == ("ok", "")
    cut_short = [one for one in rounds if len(one["confirmed"]) < DECISIONS]
    assert len(cut_short) > ROUNDS // 2, "the kill must come in the middle"
