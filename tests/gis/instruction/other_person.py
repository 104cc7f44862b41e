"""Another QGIS with the dossier open: decides once, then does what it reads (`decide`, `leave`). Not a test."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
import conftest  # noqa: F401  (the checkout as `scot_compat`)
from scot_compat.gis.instruction.decisions import Decision, Subject, Verdict
from scot_compat.gis.instruction.notebook import Notebook

notebook = Notebook.of_dossier(Path(sys.argv[1]))
notebook.claim()
notebook.decide([Subject("theirs")], Verdict(Decision.RETENU, "Le premier était là."), "Zoé")
print(json.dumps({"refusal": notebook.refusal}), flush=True)
for order in sys.stdin:
    if order.strip() == "decide":
        notebook.decide([Subject("later")], Verdict(Decision.NUANCE, "Entre-temps."), "Zoé")
        print(json.dumps({"decided": "later"}), flush=True)
    else:
        break
notebook.close()
