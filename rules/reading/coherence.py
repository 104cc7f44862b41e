"""What no key says alone: thresholds against scale, tolerance and units; names declared and never used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Iterable, Mapping, Optional, Tuple

from ..model import (
    PASSEE,
    TOTALS,
    UNITS,
    Classement,
    Controle,
    Couche,
    Quantity,
    RefCouche,
    RefTable,
    SelonChamp,
    SelonClassement,
    SelonCommune,
)
from ..units import format_number
from ..values import is_yearly
from ..words import fold, suggestion
from .nesting import is_nested
from .nodes import Path

if TYPE_CHECKING:
    from .reader import Reader

BOUNDS = ("minimum", "maximum", "cible", "part_minimale", "largeur_minimale")
TERMS = ("numerateur", "denominateur")
#: the tolerance of a `cible` that declares none (section 4 of the language)
_CIBLE_TOLERANCE = Quantity(10, "%")
_PREVIOUS_PLU = "plu_anterieur"


def check_control(
    values: Mapping[str, Any], params: Mapping[str, Any], path: Path, reader: "Reader", selon_champ: str = ""
) -> None:
    """Errors and warnings inside one control, whose values are right one by one.

    `selon_champ`: scales at which a threshold may follow a field of the object ("objet", "tous").
    """
    seuils = {name: values[name] for name in BOUNDS if name in values}
    _check_bounds(seuils, path, reader)
    _check_value(values.get("valeur"), seuils, path, reader)
    _check_places(values, params, path, reader)
    _check_limits(values, seuils, path, reader)
    _check_some(values, path, reader)
    _check_terms(values, path, reader)
    _check_growth(values, seuils, params, path, reader)
    _check_inhabitants(values, seuils, params, path, reader)
    _check_past(values, seuils, path, reader)
    _check_part(values, seuils, path, reader)
    echelle = values.get("echelle", params["echelle"].default) if "echelle" in params else ""
    for place, own in _milestones(values, path):
        _check_bounds(own, place, reader)
        _check_limits(values, own, path, reader)
        _check_past(values, own, place, reader)
        _check_part(values, own, path, reader)
        if echelle:
            _check_scale(echelle, own, reader.territoires.classements, place, reader)
    _check_whose(values, echelle, path, reader)
    _check_retention(values, path, reader)
    places = [(path, values), *_milestones(values, path)]
    every = [((*place, name), seuil) for place, own in places for name, seuil in own.items()]
    _check_fields(values, selon_champ, echelle, every, reader)
    if echelle:
        _check_figures(values, echelle, path, reader)
        _check_scale(echelle, seuils, reader.territoires.classements, path, reader)
        if echelle in ("objet", "commune") and values.get("part_du_plu") is not None:
            reader.warn(f"part_du_plu ne sert à rien à l'échelle « {echelle} », plus petite que le PLU", path)
        if echelle == "scot" and "part_du_plu" in params and "part_du_plu" not in values:
            reader.warn("échelle du SCoT sans part_du_plu : l'état sera le plus souvent « à apprécier »", path)
        elif echelle == "scot" and "denominateur" in params:
            message = "la part d'un seul PLU ne dit pas celle du SCoT : l'état sera le plus souvent « à apprécier »"
            reader.warn(message, path)
    if values.get("seulement_nouveau"):
        reader.used.add(("couches", _PREVIOUS_PLU))
        if _PREVIOUS_PLU not in reader.couches:
            message = f"sans couche {_PREVIOUS_PLU} déclarée, seulement_nouveau rend le contrôle non évalué"
            reader.warn(message, (*path, "seulement_nouveau"))


def check_precision(
    controles: Iterable[Controle], couches: Mapping[str, Couche], kinds: Mapping[str, Any], reader: "Reader"
) -> None:
    """Warns of layers compared with the PLU although nothing says how precise they are."""
    for controle in controles:
        values = controle.parametres
        if "largeur_ignoree" not in kinds[controle.genre].params() or "largeur_ignoree" in values:
            continue
        for ref in (*(values.get("couches") or ()), *(values.get("hors") or ())):
            couche = couches.get(ref.nom) if isinstance(ref, RefCouche) else None
            if couche is not None and couche.precision is None:
                reader.warn("couche sans precision : le moindre recouvrement comptera", ("couches", ref.nom))


def check_widths(controles: Iterable[Controle], couches: Mapping[str, Couche], reader: "Reader") -> None:
    """Warns of corridors drawn narrower than the passage that is asked of them, or without any width."""
    for controle in controles:
        if controle.genre != "continuite_corridor":
            continue
        asked = [q.to("m") for q in quantities(controle.parametres.get("largeur_minimale")).values()]
        for ref in controle.parametres["couches"]:
            couche = couches.get(ref.nom)
            if couche is None or couche.geometrie == "surface":
                continue
            width = 2 * couche.tampon.to("m") if isinstance(couche.tampon, Quantity) else None
            if couche.tampon is None:
                reader.warn("corridor sans tampon : sans largeur, il ne sera pas évalué", ("couches", ref.nom))
            elif width is not None and asked and width < max(asked):
                message = (
                    f"corridor large de {format_number(width)} m, moins que la largeur_minimale qui lui est demandée"
                )
                reader.warn(f"{message} : il sera jugé par rapport à sa propre largeur", ("couches", ref.nom, "tampon"))


def check_horizon(controles: Iterable[Controle], reader: "Reader") -> None:
    """Warns of an horizon that no figure by year asks for."""
    if not any(is_yearly(controle.parametres) for controle in controles):
        reader.warn("horizon inutile : aucun contrôle n'a de chiffre par an", ("horizon",))


def check_unused(reader: "Reader") -> None:
    """Warns of what is declared and never used."""
    for section, known, thing in (
        ("couches", reader.couches, "couche"),
        ("tables", reader.tables, "table"),
        ("selections", set(reader.selections), "sélection"),
    ):
        for name in sorted(known):
            if (section, name) not in reader.used:
                reader.warn(f"{thing} « {name} » déclarée mais jamais utilisée", (section, name))


def _check_bounds(seuils: Dict[str, Any], path: Path, reader: "Reader") -> None:
    if "cible" in seuils and ("minimum" in seuils or "maximum" in seuils):
        reader.error("cible est à la fois un minimum et un maximum : garder l'une ou les autres", (*path, "cible"))
    dimensions = {UNITS[q.unit][0]: name for name, seuil in seuils.items() for q in quantities(seuil).values()}
    if len(dimensions) > 1:
        reader.error("les seuils d'un contrôle ont tous la même unité", (*path, list(dimensions.values())[-1]))
        return
    if any(q.value > 100 for q in quantities(seuils.get("part_minimale")).values()):
        reader.error("une part minimale ne dépasse pas 100 %", (*path, "part_minimale"))
    low, high = quantities(seuils.get("minimum")), quantities(seuils.get("maximum"))
    for name in low:
        if name in high and low[name].value > high[name].to(low[name].unit):
            reader.error(f"le minimum dépasse le maximum{f' ({name})' if name else ''}", (*path, "maximum"))


def _check_some(values: Mapping[str, Any], path: Path, reader: "Reader") -> None:
    """Where something is enough there is no share, hence nothing to compare with one."""
    if "pour_chaque" not in values or "part_minimale" in values:
        return
    for name in ("tolerance", "ecart_marque_au_dela_de", "part_ignoree"):
        if name in values:
            message = "sans part_minimale, un objet sur une partie suffit : il n'y a pas de part à comparer"
            reader.error(message, (*path, name))


def _check_value(valeur: Any, seuils: Dict[str, Any], path: Path, reader: "Reader") -> None:
    """What is read object by object is compared with thresholds of the same dimension."""
    if valeur is None:
        return
    for name, seuil in seuils.items():
        units = {q.unit for q in quantities(seuil).values()}
        if isinstance(seuil, RefTable) or (isinstance(seuil, SelonChamp) and seuil.unite is not None):
            units.add(seuil.unite or "")
        if any(UNITS[unit][0] != UNITS[valeur.unite][0] for unit in units):
            said = f"en {valeur.unite}" if valeur.unite else "sans unité (« unite » de « valeur »)"
            reader.error(f"la valeur comparée est {said} : le seuil doit l'être aussi", (*path, name))


def _check_places(values: Mapping[str, Any], params: Mapping[str, Any], path: Path, reader: "Reader") -> None:
    if "couches" not in params or "hors" not in params:
        return
    everywhere = params["couches"].default is None  # without layers, the whole of the objects is concerned
    if bool(values.get("couches")) == bool(values.get("hors")) and not (everywhere and not values.get("hors")):
        reader.error("couches (où se situer) ou hors (où ne pas être) est attendu, l'un des deux", path)


def _check_terms(values: Mapping[str, Any], path: Path, reader: "Reader") -> None:
    """Both terms of a share are measured in the same way, and dwellings are read somewhere."""
    terms = {name: values[name] for name in TERMS if name in values}
    if len({terme.mesure for terme in terms.values()}) > 1:
        reader.error("les deux termes d'une part se mesurent de la même façon", (*path, TERMS[-1], "mesure"))
        return
    for terme in terms.values():
        if terme.mesure == "logements" and terme.logements is None and values.get("logements") is None:
            reader.error("« logements » manque : où lire les logements des deux termes", (*path, "logements"))
        if terme.mesure != "logements" and (terme.logements or values.get("logements")) is not None:
            reader.warn(f"logements ne sert pas : les termes se mesurent en {terme.mesure}", path)


def _check_growth(
    values: Mapping[str, Any], seuils: Dict[str, Any], params: Mapping[str, Any], path: Path, reader: "Reader"
) -> None:
    """Both dates of a growth, populations that can be cut as the scale asks, values admitted above a ceiling."""
    first, last = values.get("annee_depart"), values.get("annee_projetee")
    if (first is None) != (last is None):
        reader.error("annee_depart et annee_projetee vont ensemble", path)
    elif first is not None and last is not None and first >= last:
        reader.error("annee_projetee n'est pas après annee_depart", (*path, "annee_projetee"))
    for name in ("population_depart", "population_projetee"):
        by_hand = name in values and isinstance(values[name].chiffre, Quantity)
        if by_hand and values.get("echelle", params["echelle"].default) != "plu":
            reader.error("une valeur saisie à la main est celle du PLU : lire une table par commune", (*path, name))
        elif by_hand and values.get("calcul") == "moyenne_simple":
            reader.error("une moyenne des communes demande une table par commune", (*path, name))
    admitted = quantities(values.get("valeurs_admises"))
    if not admitted:
        return
    if "maximum" not in seuils:
        reader.error(
            "valeurs_admises remplace le plafond d'une commune : « maximum » manque", (*path, "valeurs_admises")
        )
    elif any(q.unit != one.unit for q in quantities(seuils.get("maximum")).values() for one in admitted.values()):
        reader.error("valeurs_admises a l'unité du maximum", (*path, "valeurs_admises"))


def _check_inhabitants(
    values: Mapping[str, Any], seuils: Dict[str, Any], params: Mapping[str, Any], path: Path, reader: "Reader"
) -> None:
    """A figure by 1 000 inhabitants needs them; of a whole PLU, they are those of no commune."""
    asked = [
        *seuils.values(),
        *(seuil for jalon in values.get("jalons") or () for seuil in (jalon.minimum, jalon.maximum)),
    ]
    units = {q.unit for seuil in asked for q in quantities(seuil).values()}
    units |= {seuil.unite for seuil in asked if isinstance(seuil, RefTable) and seuil.unite}
    if "population" not in params or not any("1000hab" in unit for unit in units):
        return
    if "population" not in values:
        reader.error("« population » manque : par 1 000 habitants de quelle population ?", (*path, "population"))
    elif isinstance(values["population"].chiffre, Quantity) and values.get("echelle", "plu") not in ("plu", "scot"):
        reader.error("une seule valeur pour plusieurs territoires : lire une table par commune", (*path, "population"))


def _check_limits(values: Mapping[str, Any], seuils: Dict[str, Any], path: Path, reader: "Reader") -> None:
    """The marked limit is never below the tolerance, and both suit the unit of the threshold."""
    tolerance, marque = values.get("tolerance"), values.get("ecart_marque_au_dela_de")
    asked = [q for seuil in seuils.values() for q in quantities(seuil).values()]
    for name, limit in (("tolerance", tolerance), ("ecart_marque_au_dela_de", marque)):
        if limit is not None and any(_amount(limit, q) is None for q in asked):
            reader.error("unité sans rapport avec celle du seuil : un %, ou l'unité du seuil", (*path, name))
            return
    if tolerance is None and "cible" in seuils:
        tolerance = _CIBLE_TOLERANCE
    if tolerance is None or marque is None:
        return
    for q in [q for q in asked if q.unit != PASSEE] or [Quantity(1, marque.unit)]:
        low, high = _amount(marque, q), _amount(tolerance, q)
        if low is not None and high is not None and low < high * (1 - 1e-9):
            reader.error(
                "la limite de l'écart marqué est plus petite que la tolérance", (*path, "ecart_marque_au_dela_de")
            )
            return


def _milestones(values: Mapping[str, Any], path: Path) -> "Iterable[Tuple[Path, Dict[str, Any]]]":
    """(its place, its thresholds) for each milestone."""
    for rank, jalon in enumerate(values.get("jalons") or ()):
        own = {"minimum": jalon.minimum, "maximum": jalon.maximum}
        yield (*path, "jalons", rank), {name: seuil for name, seuil in own.items() if seuil is not None}


def _check_past(values: Mapping[str, Any], seuils: Dict[str, Any], path: Path, reader: "Reader") -> None:
    """A relative threshold needs a past; any other has the unit of the past, or its yearly or total twin."""
    past = values.get("situation_passee")
    for name, seuil in seuils.items():
        for q in quantities(seuil).values():
            if past is None and q.unit == PASSEE:
                reader.error("« situation_passee » manque : relatif à quoi ?", (*path, name))
                return
            if past is not None and q.unit != PASSEE and _nature(q.unit) != _nature(past.unite):
                reader.error("situation_passee et le seuil n'ont pas la même unité", (*path, name))
                return


def _check_part(values: Mapping[str, Any], seuils: Dict[str, Any], path: Path, reader: "Reader") -> None:
    """An amount for this PLU is in the unit of the threshold, or in its yearly or total twin."""
    part, past = values.get("part_du_plu"), values.get("situation_passee")
    if not isinstance(part, Quantity) or part.unit == "%":
        return
    for seuil in seuils.values():
        for q in quantities(seuil).values():
            unit = past.unite if q.unit == PASSEE and past is not None else q.unit
            if _nature(unit) != _nature(part.unit):
                reader.error(
                    "unité sans rapport avec celle du seuil : un %, ou l'unité du seuil", (*path, "part_du_plu")
                )
                return


def is_share(part: Any) -> bool:
    """Whether `part_du_plu` is a share of the whole (12 %, a prorata) rather than an amount of this PLU."""
    return part is not None and (not isinstance(part, Quantity) or part.unit == "%")


def _check_whose(values: Mapping[str, Any], echelle: str, path: Path, reader: "Reader") -> None:
    """One amount already consumed beside `part_du_plu` has two readings, which do not give the same measure."""
    consumed, part = values.get("deja_consomme"), values.get("part_du_plu")
    if not isinstance(consumed, Quantity) or not consumed.value or part is None or echelle in ("objet", "commune"):
        return
    if not is_share(part):
        read = (
            "celle de ce PLU, comme la quantité de part_du_plu ; si elle est celle de l'ensemble, donner une part en %"
        )
    elif isinstance(part, Quantity) and part.value == 100:
        return
    else:
        read = "celle de l'ensemble, ramenée à la part du PLU ; si elle est celle de ce PLU, la donner dans une table"
    reader.warn(f"deja_consomme avec part_du_plu : la valeur est lue comme {read}", (*path, "deja_consomme"))


def _nature(unit: str) -> str:
    """A total and what it is by year are of the same nature."""
    return UNITS[TOTALS.get(unit, unit)][0]


def _check_retention(values: Mapping[str, Any], path: Path, reader: "Reader") -> None:
    selections = [values.get("objets") or (), *(jalon.objets for jalon in values.get("jalons") or ())]
    known = [selecteur.nom for selection in selections for selecteur in selection if selecteur.nom]
    for name in values.get("retention") or ():
        if name not in known:
            found = suggestion(name, known) or " : donner un « nom » aux sélecteurs d'objets"
            reader.error(f"aucun sélecteur ne s'appelle « {name} »{found}", (*path, "retention", name))


def _check_figures(values: Mapping[str, Any], echelle: str, path: Path, reader: "Reader") -> None:
    """One amount given for all the units of a scale is each time the same: it is rarely what the DOO says."""
    past = values.get("situation_passee")
    for name, chiffre in (("situation_passee", past and past.chiffre), ("deja_consomme", values.get("deja_consomme"))):
        ratio = isinstance(chiffre, Quantity) and chiffre.unit == "%"
        if chiffre is None or isinstance(chiffre, RefTable) or ratio or echelle in ("plu", "scot"):
            continue
        where = "chaque objet" if echelle == "objet" else "chaque commune" if echelle == "commune" else "chaque classe"
        reader.warn(f"la même valeur vaudra pour {where} : une table donne celle de chacune", (*path, name))


def _check_scale(
    echelle: str, seuils: Dict[str, Any], classements: Mapping[str, Classement], path: Path, reader: "Reader"
) -> None:
    for name, seuil in seuils.items():
        by = seuil.classement if isinstance(seuil, SelonClassement) else "commune"
        if not isinstance(seuil, (SelonClassement, SelonCommune)) or echelle in ("objet", "commune", by):
            continue
        if echelle in classements and by in classements and is_nested(classements[echelle], classements[by]):
            continue
        allowed = "objet ou commune" if by == "commune" else f"objet, commune ou {by}"
        message = f"un seuil « selon: {by} » ne se juge pas à l'échelle « {echelle} » : écrire echelle: {allowed}"
        reader.error(message, (*path, name))


def _check_fields(
    values: Mapping[str, Any], selon_champ: str, echelle: str, seuils: "Iterable[Tuple[Path, Any]]", reader: "Reader"
) -> None:
    """A threshold by field is that of one object: refused where objects are judged together, or are several as one."""
    regrouper = values.get("regrouper")
    for place, seuil in seuils:
        if not isinstance(seuil, SelonChamp):
            continue
        if selon_champ == "objet" and echelle != "objet":
            reader.error(
                "un seuil selon un champ se juge objet par objet dans ce contrôle : écrire echelle: objet", place
            )
        if regrouper and seuil.couche is None and fold(seuil.champ) != fold(regrouper):
            message = f"avec « regrouper », les objets d'un même corridor peuvent avoir plusieurs {seuil.champ}"
            reader.error(f"{message} : un seuil selon le champ {regrouper}, ou selon une couche", place)


def quantities(seuil: Any) -> Dict[str, Quantity]:
    """The figures of a threshold by class, "" when there is only one; none for a table."""
    if isinstance(seuil, Quantity):
        return {"": seuil}
    if not isinstance(seuil, (SelonClassement, SelonCommune, SelonChamp)):
        return {}
    found = {name: value for name, value in seuil.valeurs.items() if value is not None}
    return {**found, "defaut": seuil.defaut} if seuil.defaut is not None else found


def _amount(limit: Quantity, seuil: Quantity) -> Optional[float]:
    """A tolerance or a marked limit in the unit of the threshold, None when they do not compare."""
    if limit.unit == "%":
        return abs(seuil.value) * limit.value / 100
    if seuil.unit == PASSEE:  # the amount is only known at the run
        return limit.value
    if limit.unit == "points":
        return limit.value if seuil.unit == "%" else None
    return limit.to(seuil.unit) if limit.dimension == seuil.dimension else None
