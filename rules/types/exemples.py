"""`exemples`: their shape is checked here; they stay text trees, which `checks.exemples` turns into data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, List, Mapping, Tuple

from ..reading.nodes import Path
from ..words import suggestion
from .scalars import Bool, Choice, Day, Horizon, ListOf, Name, Text
from .structures import Field, MapOf, Struct

if TYPE_CHECKING:
    from ..reading.reader import Reader

#: the states of `checks.base.Etat`, which this package does not import
ETATS = (
    "sens_contraire",
    "ecart_marque",
    "ecart_faible",
    "erreur",
    "non_evalue",
    "a_apprecier",
    "sans_ecart",
    "sans_objet",
)
_ROWS = ListOf(MapOf(Text(), 'une ligne, comme {LIBELLE: 1AU, TYPEZONE: AUc, wkt: "POLYGON(…)"}'), at_least=0)

EXEMPLE = Struct(
    "un exemple",
    {
        "nom": Field(Name(), "Ce que montre l'exemple.", required=True),
        "zones": Field(_ROWS, "Lignes de ZONE_URBA ; la géométrie est dans wkt."),
        "prescriptions_plu": Field(_ROWS, "Prescriptions du PLU (TYPEPSC, STYPEPSC, wkt)."),
        "informations_plu": Field(_ROWS, "Informations du PLU."),
        "communes": Field(_ROWS, "Communes (INSEE, NOM, wkt)."),
        "couches": Field(MapOf(_ROWS, "des couches et leurs lignes"), "Couches présentes ; [] est présente et vide."),
        "tables": Field(MapOf(_ROWS, "des tables et leurs lignes"), "Tables présentes."),
        "horizon": Field(Horizon(), "Horizon du PLU, comme 2024-2034."),
        "date": Field(Day(), "Date du contrôle."),
        "plu_complet": Field(Bool(), "oui : ce qui manque au PLU n'existe pas."),
        "attendu": Field(
            MapOf(Choice(*ETATS), "des prescriptions et leur état"), "L'état attendu, par prescription.", required=True
        ),
    },
)
EXEMPLES = ListOf(EXEMPLE, at_least=0)


def read_exemples(root: Any, reader: "Reader") -> Tuple[Mapping[str, Any], ...]:
    """The text trees, once names and states are known to be right."""
    value = root.get("exemples", [])
    items = value if isinstance(value, list) else [value]
    EXEMPLES.read(value, ("exemples",), reader)
    ids = _prescription_ids(root)
    has_communes = reader.territoires.couche is not None
    for rank, item in enumerate(items):
        if isinstance(item, dict) and "communes" in item and not has_communes:
            message = "communes remplit la couche nommée sous territoires.communes, qui manque"
            reader.error(message, ("exemples", rank, "communes"), item["communes"])
        path: Path = ("exemples", rank) if isinstance(value, list) else ("exemples",)
        for key, known, what in (
            ("couches", reader.couches, "couche non déclarée"),
            ("tables", reader.tables, "table non déclarée"),
            ("attendu", ids, "prescription inconnue"),
        ):
            named = item.get(key) if isinstance(item, dict) else None
            for name in named if isinstance(named, dict) else ():
                if name not in known:
                    reader.error(f"« {name} » : {what}{suggestion(name, known)}", (*path, key, name))
    return tuple(item for item in items if isinstance(item, dict))


def _prescription_ids(root: Any) -> List[str]:
    declared = root.get("prescriptions")
    items = declared if isinstance(declared, list) else []
    ids = [item.get("id") for item in items if isinstance(item, dict)]
    return list(dict.fromkeys(str(one) for one in ids if isinstance(one, str)))
