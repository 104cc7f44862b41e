"""ZONE_URBA -> the codes of zones: type, vocation, destinations, label."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from ..layers import Array, Layer, objects
from ..wording import names, plural
from . import codes as cnig_codes
from . import destinations, typezone
from .colonnes import code, distinct, few, filled, recode, text, texts

#: fields of the standards whose emptiness is worth saying
_FIELDS = ("LIBELLE", "LIBELONG", "NOMFIC", "URLFIC", "IDURBA", "DATVALID")
_REMEDE = "à défaut, choisir les zones par leur libellé (« libelle »), ou indiquer le champ qui en tient lieu"


class Codes(NamedTuple):
    codes: Mapping[str, Array]
    manques: Mapping[str, str]  # code -> French words for the field that is missing
    limites: tuple[str, ...]


def read(zones: Layer) -> Codes:
    """Codes of the zones of any version; what no field gives is absent from `codes` and named in `manques`."""
    codes: dict[str, Array] = {}
    manques: dict[str, str] = {}
    limites = list(_field_limits(zones))
    for name in ("libelle", "libelong", "nomfic", "urlfic"):
        values = texts(zones, name)
        if values is None:
            manques[name] = f"champ {name.upper()}"
        else:
            codes[name] = values
    for part in (_typezone(zones, codes.get("libelle")), _vocation(zones), _destinations(zones)):
        codes.update(part.codes)
        manques.update(part.manques)
        limites += part.limites
    return Codes(codes, manques, tuple(limites))


def _typezone(zones: Layer, libelle: Array | None) -> Codes:
    brut = texts(zones, "TYPEZONE")
    if brut is None or not filled(brut):
        state = "absent" if brut is None else "présent mais vide"
        words = f"champ TYPEZONE ({state} ; {_REMEDE})"
        return Codes(
            {}, {"typezone": words, "stecal": words}, (f"Champ TYPEZONE {state} : le type des zones est inconnu.",)
        )
    labels = np.full(len(zones), None, dtype=object) if libelle is None else libelle
    reading = typezone.read(brut, labels)
    return Codes({"typezone": reading.typezone, "typezone_brut": brut, "stecal": reading.stecal}, {}, reading.limites)


def _vocation(zones: Layer) -> Codes:
    """FORMDOMI, then DESTDOMI, then LIB_ATTRn = DESTDOMI with its LIB_VALn: the first that is known, zone by zone."""
    sources = [(champ, values) for champ in ("FORMDOMI", "DESTDOMI") if filled(values := texts(zones, champ))]
    attribute = _attribute(zones, "DESTDOMI")
    if filled(attribute):
        sources.append(("DESTDOMI", attribute))
    if not sources:
        empty = [champ for champ in ("FORMDOMI", "DESTDOMI") if zones.colonne(champ) is not None]
        detail = f" ({empty[0]} est présent mais vide)" if empty else ""
        return Codes({}, {"vocation": f"champ FORMDOMI ou DESTDOMI{detail}"}, ())
    vocation = np.full(len(zones), None, dtype=object)
    limits: list[str] = []
    for champ, values in sources:
        codes = recode(values, partial(_vocation_code, champ))
        listed = cnig_codes.vocations(champ)
        unlisted = np.array([c is not None and c not in listed for c in codes], dtype=bool)
        if unlisted.any():
            limits.append(
                f"{plural(int(unlisted.sum()), 'zone')} de {champ} hors liste "
                f"({few(sorted(set(codes[unlisted])))}) : la vocation est tenue pour inconnue."
            )
        found = recode(codes, listed.get)
        vocation = objects([old if old is not None else new for old, new in zip(vocation, found)])
    unknown = int(sum(value is None for value in vocation))
    if unknown:
        limits.append(
            f"{plural(unknown, 'zone')} sur {len(zones)} sans vocation connue "
            f"({sources[0][0]} vide, « non défini » ou hors liste)."
        )
    return Codes({"vocation": vocation}, {}, tuple(limits))


def _vocation_code(champ: str, value: Any) -> str | None:
    """Leading zeros given back; a FORMDOMI of one or two digits is a whole form (`01` is `0100`)."""
    if champ == "DESTDOMI":
        return code(value, 2)
    words = code(value, 0)
    if words is None or not words.isdigit():
        return words
    return words.zfill(2) + "00" if len(words) <= 2 else words.zfill(4)


def _attribute(layer: Layer, name: str) -> Array | None:
    """Values of the optional attribute `name` (LIB_ATTRn = name, LIB_VALn = value), None when no column holds it."""
    found = np.full(len(layer), None, dtype=object)
    holds = False
    for column in layer.colonnes:
        if not column.upper().startswith("LIB_ATTR"):
            continue
        attributes, values = texts(layer, column), texts(layer, "LIB_VAL" + column[len("LIB_ATTR") :])
        if attributes is None or values is None:
            continue
        rows = np.array([(a or "").upper() == name for a in attributes], dtype=bool)
        holds = holds or bool(rows.any())
        found[rows] = values[rows]
    return found if holds else None


def _destinations(zones: Layer) -> Codes:
    raw = {champ: zones.colonne(champ) for champ in ("DESTOUI", "DESTCDT", "DESTNON")}
    there = [champ for champ, values in raw.items() if values is not None]
    if not any(filled(texts(zones, champ)) for champ in there):
        state = "présents mais vides" if there else "absents avant le standard 2022"
        words = f"champs DESTOUI, DESTCDT et DESTNON ({state})"
        return Codes({}, dict.fromkeys(("destinations", "destoui", "destcdt", "destnon"), words), ())
    codes: dict[str, Array] = {}
    limits: list[str] = []
    missing = [champ for champ in raw if champ not in there]
    if missing:
        limits.append(
            f"Champ{'s' if len(missing) > 1 else ''} {names(missing)} absent{'s' if len(missing) > 1 else ''}"
            " : les destinations que les autres champs ne citent pas sont inconnues."
        )
    for champ, values in raw.items():
        blank = np.full(len(zones), None, dtype=object)
        parsed = recode(blank if values is None else recode(values, text), destinations.parse)
        codes[champ.lower()] = objects([pair[0] for pair in parsed])
        wrong = sorted({word for pair in set(parsed.tolist()) for word in pair[1]})
        if wrong:
            rows = int(sum(bool(pair[1]) for pair in parsed))
            limits.append(
                f"{plural(rows, 'zone')} avec, dans {champ}, un code de destination inconnu "
                f"({few(wrong)}), laissé de côté."
            )
    return Codes(codes, {}, tuple(limits))


def _field_limits(zones: Layer) -> list[str]:
    """Fields of the standard that are there and empty; blanks of LIBELLE and LIBELONG that were replaced."""
    limits = []
    empty = [name for name in _FIELDS if zones.colonne(name) is not None and not filled(texts(zones, name))]
    if empty:
        limits.append(
            f"Champ{'s' if len(empty) > 1 else ''} présent{'s' if len(empty) > 1 else ''} mais "
            f"vide{'s' if len(empty) > 1 else ''} sur toutes les zones : {names(empty, 9)}."
        )
    libelle, libelong = texts(zones, "LIBELLE"), texts(zones, "LIBELONG")
    if libelle is not None and filled(libelle):
        absent = int(sum(value is None for value in libelle))
        if absent:
            limits.append(f"{plural(absent, 'zone')} sans LIBELLE.")
        if libelong is not None and (libelle == libelong).all():
            limits.append("LIBELONG répète LIBELLE sur toutes les zones.")
    return limits + blank_limits(zones, ("LIBELLE", "LIBELONG"))


def blank_limits(layer: Layer, fields: tuple[str, ...]) -> list[str]:
    """Line breaks and no-break spaces in labels: read as one space, so that patterns match."""
    limits = []
    for name in fields:
        values = layer.colonne(name)
        raw = [value for value in ([] if values is None else values.tolist()) if isinstance(value, str)]
        for what, marks in (("un retour à la ligne", "\r\n"), ("une espace insécable", "\u00a0\u202f")):
            count = sum(any(mark in value for mark in marks) for value in raw)
            if count:
                limits.append(
                    f"{plural(count, 'objet')} avec {what} dans {name}, lu{'e' if 'espace' in what else ''} "
                    "comme une espace simple."
                )
    return limits


def own_ids(layer: Layer, fields: tuple[str, ...]) -> tuple[Array, tuple[str, ...]]:
    """Identifiers of the producer when they are filled and unique, else those of the source."""
    values = texts(layer, *fields)
    if values is None or not filled(values):
        return layer.ids, ()
    if len(distinct(values)) == len(layer):
        return values, ()
    name = next(f for f in fields if layer.colonne(f) is not None)
    return layer.ids, (
        f"{name} n'est pas rempli et unique pour chaque objet : l'identifiant de la source en tient lieu.",
    )
