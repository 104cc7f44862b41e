"""Raw PLU tables -> a `Plu`: normalised columns and codes, whatever the CNIG version. Pure, no QGIS.

Code lists are in `resources/cnig/` (facts of the CNIG standards, Licence Ouverte).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely

from ..layers import Array, Layer, Source, dimension
from ..wording import plural
from . import codes as cnig_codes
from . import communes as plu_communes
from . import document as plu_document
from . import prescriptions as plu_objets
from . import version as plu_version
from . import zones as plu_zones
from .colonnes import distinct, few, filled, texts
from .document import Document


@dataclass(frozen=True)
class Plu:
    """A PLU(i) ready to be checked, every layer in the projection `crs`.

    `zones.codes` holds, as (n,) object arrays: `libelle`, `libelong`, `typezone` (U AUc AUs A N),
    `typezone_brut`, `stecal` (bool), `vocation` (vocations.csv, None unknown), `destoui`, `destcdt`, `destnon`
    (frozenset of two-digit codes, None unknown), `insee`, `nomfic`, `urlfic`; a code the PLU has no field for is
    absent from `codes` and named in `zones.manques`.
    `prescriptions` and `informations` have the keys SURF, LIN, PCT of the layers that exist; their codes are `libelle`,
    `typepsc`, `stypepsc` (for informations too, read from TYPEINF, STYPEINF), `insee`.
    """

    nom: str
    zones: Layer
    prescriptions: Mapping[str, Layer] = field(default_factory=dict)
    informations: Mapping[str, Layer] = field(default_factory=dict)
    idurba: str = ""
    etat: str = ""  # EtatDocumentType in words ("opposable"), "" unknown
    version: str = ""  # of the CNIG standard, as `plu_version` can tell it ("2014", "2022 ou plus"); "" unknown
    crs: str = "EPSG:2154"
    communes: tuple[str, ...] = ()  # INSEE of DOC_URBA_COM, else of IDURBA when it holds one
    complet: bool = False  # the user confirmed that layers absent from the archive do not exist in this PLU
    sources: tuple[Source, ...] = ()  # of every PLU table read, with the data limits found


class PluError(ValueError):
    """What was given is not a PLU that can be checked; the message says what it is, in French."""


_TABLES = ("ZONE_URBA",) + cnig_codes.PRESCRIPTIONS + cnig_codes.INFORMATIONS + ("DOC_URBA", "DOC_URBA_COM")
_IDS = {"ZONE": ("LIB_IDZONE", "IDZONE"), "PRES": ("LIB_IDPSC", "IDPSC"), "INFO": ("LIB_IDINFO", "IDINFO")}


def normalise(
    tables: Mapping[str, Layer], *, nom: str, crs: str, complet: bool = False, mapping: Mapping[str, str] | None = None
) -> Plu:
    """The PLU that these raw tables describe, its codes normalised and its data limits written in `sources`.

    `tables`: CNIG name of the table (ZONE_URBA, PRESCRIPTION_SURF|LIN|PCT, INFO_SURF|LIN|PCT, DOC_URBA, DOC_URBA_COM)
    -> its raw layer, columns in any case. `nom`: name of the archive or layer. `crs`: projection of the geometries.
    `complet`: the user confirmed that the tables absent here do not exist in this PLU. `mapping`: CNIG field -> the
    field that stands for it in these data ("TYPEZONE": "ZONE_TYPE"). Raises PluError on what is not a PLU.
    """
    named, chosen = _mapped(tables, mapping or {})
    _refuse_what_is_not_a_plu(named)
    zones, drawn_thin = _without_thin(named["ZONE_URBA"])
    named["ZONE_URBA"], tables = zones, {**tables, "ZONE_URBA": replace(tables["ZONE_URBA"], geometrie=zones.geometrie)}
    document = plu_document.describe(named, nom)
    _refuse_another_document(document)
    area = plu_communes.area_km2(named["ZONE_URBA"])
    listed = plu_communes.listed(document, area)
    zone_insee = plu_communes.read(named["ZONE_URBA"], document, listed, area, crs)
    communes = plu_communes.of_document(document, listed, zone_insee)
    version = plu_version.detect(named)

    layers: dict[str, Layer] = {}
    for table in _TABLES:
        if table not in named:
            continue
        limits = chosen.get(table, []) + document.limites.get(table, [])
        if table.startswith("DOC_URBA"):
            layers[table] = _finished(tables[table], table, limits)
            continue
        view = named[table]
        if table == "ZONE_URBA":
            read, insee = plu_zones.read(view), zone_insee
            limits += drawn_thin
        else:
            champ = "TYPEPSC" if table.startswith("PRESCRIPTION") else "TYPEINF"
            read = plu_objets.read(view, champ, ancien=version.startswith(("2013", "2014")))
            insee = plu_communes.read(view, document, communes, area, crs)
        ids, ids_limits = plu_zones.own_ids(view, _IDS[table[:4]])
        codes, manques = dict(read.codes), dict(read.manques)
        if insee.codes is None:
            manques["insee"] = insee.manque
        else:
            codes["insee"] = insee.codes
        limits += [*read.limites, *insee.limites, *ids_limits]
        layers[table] = replace(_finished(tables[table], table, limits), codes=codes, manques=manques, ids=ids)

    return Plu(
        nom=nom,
        zones=layers["ZONE_URBA"],
        prescriptions={t.rsplit("_", 1)[1]: layers[t] for t in cnig_codes.PRESCRIPTIONS if t in layers},
        informations={t.rsplit("_", 1)[1]: layers[t] for t in cnig_codes.INFORMATIONS if t in layers},
        idurba=document.idurba,
        etat=document.etat,
        version=version,
        crs=crs,
        communes=communes,
        complet=complet,
        sources=tuple(layer.source for layer in layers.values()) + _confirmed_absent(layers, complet),
    )


def _mapped(tables: Mapping[str, Layer], mapping: Mapping[str, str]) -> tuple[dict[str, Layer], dict[str, list[str]]]:
    """The tables with the user's fields under their CNIG name, and what to say of it in their sources."""
    named: dict[str, Layer] = dict(tables)
    said: dict[str, list[str]] = {table: [] for table in tables}
    for field_name, actual in mapping.items():
        holders = [table for table, layer in tables.items() if layer.colonne(actual) is not None]
        if not holders:
            raise PluError(
                f"Le champ « {actual} », indiqué pour {field_name.upper()}, n'existe dans aucune couche du PLU."
            )
        for table in holders:
            others = {k: v for k, v in named[table].colonnes.items() if k.upper() != field_name.upper()}
            others[field_name.upper()] = tables[table].colonne(actual)
            named[table] = replace(named[table], colonnes=others)
            said[table].append(f"{field_name.upper()} lu dans le champ « {actual} », choisi par l'utilisateur.")
    return named, said


def _refuse_what_is_not_a_plu(tables: Mapping[str, Layer]) -> None:
    zones = tables.get("ZONE_URBA")
    if "SECTEUR_CC" in tables if zones is None else zones.colonne("TYPESECT") is not None:
        raise PluError(
            "Ces données sont celles d'une carte communale (secteurs SECTEUR_CC, champ TYPESECT) : elle n'a "
            "pas de zones U, AU, A ou N. Donnez un PLU ou un PLUi."
        )
    if "PERIMETRE_SCOT" in tables and zones is None:
        raise PluError(_SCOT)
    if zones is None:
        found = ", ".join(sorted(tables)) or "aucune couche reconnue"
        raise PluError(
            f"Aucune couche ZONE_URBA : ce n'est pas un PLU complet ({found}). Donnez le dossier ou "
            "l'archive du PLU, ou sa couche de zonage."
        )
    if not len(zones):
        raise PluError(
            "La couche ZONE_URBA est vide : c'est un gabarit ou une archive incomplète, il n'y a rien à contrôler."
        )
    libelle, typezone = texts(zones, "LIBELLE"), texts(zones, "TYPEZONE")
    if libelle is None and typezone is None:
        if any("_SCOT_" in str(value).upper() for value in distinct(texts(zones, "IDURBA"))):
            raise PluError(_SCOT)
        raise PluError(
            f"La couche de zonage n'a ni champ LIBELLE ni champ TYPEZONE ({_columns(zones)}) : ce n'est pas "
            "un zonage de PLU. Indiquez les champs qui en tiennent lieu, ou une autre couche."
        )
    if not filled(libelle) and not filled(typezone):
        raise PluError(f"LIBELLE et TYPEZONE sont vides sur les {len(zones)} zones : le zonage ne peut pas être lu.")
    _refuse_without_surface(zones.geometrie)


def _refuse_without_surface(geometrie: Array) -> None:
    highest = dimension(geometrie[~shapely.is_empty(geometrie)])
    if highest < 2:
        what = ("n'a aucune géométrie", "est faite de points", "est faite de lignes")[highest + 1]
        raise PluError(f"La couche ZONE_URBA {what} : un zonage est fait de surfaces.")


def _without_thin(zones: Layer) -> tuple[Layer, list[str]]:
    """The zones; the ground of those drawn as a line or a point is not known: their geometry is missing, and said."""
    geometrie = zones.geometrie
    thin = np.isin(shapely.get_dimensions(geometrie), (0, 1)) & ~shapely.is_empty(geometrie)
    if not thin.any():
        return zones, []
    labels = texts(zones, "LIBELLE")
    which = f" ({few(labels[thin])})" if labels is not None else ""
    count = int(thin.sum())
    drawn = f"dessinée{'s' if count > 1 else ''} par une ligne ou un point"
    said = f"{plural(count, 'zone')} {drawn}{which} : {'leur' if count > 1 else 'son'} terrain n'est pas connu."
    known = geometrie.copy()
    known[thin] = None
    return replace(zones, geometrie=known), [said]


def _refuse_another_document(document: Document) -> None:
    typedoc = document.typedoc or (document.parts.typedoc if document.parts else "")
    if typedoc == "CC":
        raise PluError(f"Le document {document.idurba} est une carte communale (TYPEDOC CC), non un PLU.")
    if typedoc == "SCOT":
        raise PluError(_SCOT)


_SCOT = (
    "Ces données sont celles d'un SCoT (périmètre PERIMETRE_SCOT) : elles n'ont pas de zonage. Donnez le PLU ou "
    "le PLUi à contrôler."
)


def _columns(layer: Layer) -> str:
    return "champs : " + ", ".join(layer.colonnes) if layer.colonnes else "aucun champ"


def _finished(layer: Layer, table: str, limits: Sequence[str]) -> Layer:
    return replace(layer, nom=table, source=replace(layer.source, couche=table).with_limits(*limits))


def _confirmed_absent(layers: Mapping[str, Layer], complet: bool) -> tuple[Source, ...]:
    absent = [t for t in cnig_codes.PRESCRIPTIONS + cnig_codes.INFORMATIONS if t not in layers] if complet else []
    return tuple(
        Source(table, limites=("Couche absente ; l'utilisateur a confirmé que ce PLU n'en comporte pas.",))
        for table in absent
    )
