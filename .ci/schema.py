"""Write the JSON Schema of the rule language from the code (make schema)."""

import json
from pathlib import Path

from scot_compat.checks.registry import KINDS
from scot_compat.rules.schema import build

target = Path(__file__).resolve().parent.parent / "resources" / "schema" / "regles-1.schema.json"
target.parent.mkdir(parents=True, exist_ok=True)
target.write_text(json.dumps(build(KINDS), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
print(f"Schéma écrit : {target}")
