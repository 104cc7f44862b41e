"""Write the generated part of docs/regles.md from the classes and their templates (make docs)."""

from pathlib import Path

from scot_compat.checks.registry import KINDS
from scot_compat.rules.reference import page

root = Path(__file__).resolve().parent.parent
target = root / "docs" / "regles.md"
target.write_text(page(target.read_text(encoding="utf-8"), KINDS, root / "rules"), encoding="utf-8")
print(f"Référence écrite : {target}")
