"""The sentence of a control: the heart that its kind says, then what is common to all kinds."""

from __future__ import annotations

from typing import Any, List

from ..model import Chiffre, Controle, Portee, Prescription, Quantity, Sauf, Si
from ..reading.coherence import BOUNDS, is_share
from ..types.scalars import say_day
from ..values import is_yearly
from ..words import enumerate_words
from .condition import say_condition, say_state
from .sentences import Say

_IGNORED = (
    ("largeur_ignoree", "largeur ignorée"),
    ("surface_ignoree", "surface ignorée"),
    ("part_ignoree", "part ignorée"),
    ("tolerance", "tolérance"),
    ("ecart_marque_au_dela_de", "écart marqué au-delà de"),
)
#: bounds of their own names (`continuite_urbaine`)
_LENGTHS = ("distance", "contact_minimal")
#: beyond which a departure is marked when the rule says nothing: the convention of `checks.seuils`
MARKED = Quantity(20, "%")
_NATURES = {
    "orientation": "Orientation : un écart est à apprécier.",
    "recommandation": "Recommandation : mesurée, sans écart.",
}


def read_aloud(prescription: Prescription, controle: Controle, kind: Any, say: Say) -> str:
    """What the control asks, aloud, so that an encoder sees whether the file says what the DOO says."""
    heart = str(kind.sentence(controle, say)).strip().rstrip(".")
    values, params = controle.parametres, kind.params()
    if "echelle" in values or ("maximum" in params and "echelle" in params):
        heart += f", {say.echelle(values.get('echelle', params['echelle'].default))}"
    details = [f"{word} : {say.quantity(values[name])}" for name, word in _IGNORED if values.get(name) is not None]
    if prescription.nature in ("norme", "objectif") and _has_default_mark(controle, params):
        details.append(f"écart marqué au-delà de {_default_mark(controle, say)}, convention de l'outil")
    if values.get("part_du_plu") is not None:
        details.append(say.part_du_plu(values["part_du_plu"]))
    details += _in_time(prescription, controle, say)
    if details:
        heart += f" ({' ; '.join(details)})"
    if prescription.s_applique_a is not None:
        heart = _scope(prescription.s_applique_a, say) + heart
    if prescription.si is not None:
        heart = _condition(prescription.si) + heart
    sentences = [f"{controle.volet} : {heart}" if controle.volet else heart]
    sentences += [say.jalon(jalon) for jalon in values.get("jalons") or ()]
    if prescription.sauf:
        sentences.append("Sauf " + " ; ".join(_exception(sauf, say) for sauf in prescription.sauf))
    if prescription.force == "vise":
        sentences.append("Objectif visé : un écart marqué est dit faible")
    said = " ".join(_sentence(sentence) for sentence in sentences)
    if prescription.nature == "recommandation" and "questions" in params:  # nothing is measured
        return f"{said} Recommandation : jamais d'écart."
    return f"{said} {_NATURES[prescription.nature]}" if prescription.nature in _NATURES else said


def _in_time(prescription: Prescription, controle: Controle, say: Say) -> List[str]:
    """Period, past situation, what is already consumed, retention: what gives its meaning to a figure in time."""
    values, details = controle.parametres, []
    periode = values.get("periode") or prescription.periode
    if periode:
        details.append(f"période {periode[0]}-{periode[1]}")
    if is_yearly(values) and say.horizon():
        details.append(say.horizon())
    past, consumed = values.get("situation_passee"), values.get("deja_consomme")
    if past is not None:
        over = f" sur {past.periode[0]}-{past.periode[1]}" if past.periode else ""
        details.append(f"situation passée : {say.chiffre(past.chiffre)}{over}")
    if consumed is not None:
        details.append(f"{_done_before(controle, consumed)} : {say.chiffre(consumed)}")
    details += [f"« {name} » divisé par {say.number(by)}" for name, by in (values.get("retention") or {}).items()]
    return details


def _done_before(controle: Controle, consumed: Chiffre) -> str:
    """Whose it is: of the unit that the threshold is of, or of this PLU where it has a share of it."""
    values, scale = controle.parametres, controle.parametres.get("echelle", "plu")
    unit = consumed.unit if isinstance(consumed, Quantity) else consumed.unite
    done = "déjà produit" if unit == "logt" else "déjà consommé"
    part = values.get("part_du_plu") if scale not in ("objet", "commune") else None
    if isinstance(consumed, Quantity) and is_share(part):
        return f"{done} dans l'ensemble, compté en plus pour la part du PLU"
    if part is not None or scale == "plu":
        return f"{done} dans ce PLU, compté en plus"
    where = {"objet": "dans chaque objet", "commune": "dans chaque commune", "scot": "dans tout le SCoT"}
    return f"{done} {where.get(scale, 'dans chaque classe')}, compté en plus"


def _has_default_mark(controle: Controle, params: Any) -> bool:
    """Whether a departure can be found, and be marked by the tool's own limit."""
    values = controle.parametres
    if "ecart_marque_au_dela_de" not in params or values.get("ecart_marque_au_dela_de") is not None:
        return False
    bounds = [name for name in (*BOUNDS, *_LENGTHS) if name in params]
    return not bounds or bool(values.get("jalons")) or any(_is_marked_by_share(values.get(name)) for name in bounds)


def _is_marked_by_share(seuil: Any) -> bool:
    """A share of nothing is nothing: beyond 0, any departure is marked."""
    return seuil is not None and not (isinstance(seuil, Quantity) and not seuil.value)


def _default_mark(controle: Controle, say: Say) -> str:
    """A tolerance wider than the limit takes its place; in another unit, which is wider depends on the threshold."""
    tolerance = controle.parametres.get("tolerance")
    if tolerance is None or (tolerance.unit == "%" and tolerance.value <= MARKED.value):
        return say.quantity(MARKED)
    if tolerance.unit == "%":
        return say.quantity(tolerance)
    return f"{say.quantity(MARKED)}, ou de la tolérance si elle est plus grande"


def _scope(portee: Portee, say: Say) -> str:
    if portee.classement is None:
        return f"dans {_communes(list(portee.communes))}, "
    names = [f"« {say.classe(portee.classement, classe)} »" for classe in portee.classes]
    word = "les classes" if len(names) > 1 else "la classe"
    return f"dans {word} {enumerate_words(names)} de « {say.classement(portee.classement)} », "


def _condition(si: Si) -> str:
    return f"si {say_condition(si)} est remplie ({say_state(si)}), "


def _exception(sauf: Sauf, say: Say) -> str:
    spared: List[str] = []
    if sauf.selection:
        spared.append(say.objets(sauf.selection))
    if sauf.couches:
        spared.append(f"dans {say.couches(sauf.couches, liaison='ou')}")
    if sauf.communes:
        spared.append(f"dans {_communes(list(sauf.communes))}")
    until = f"jusqu'au {say_day(sauf.jusqu_au)}" if sauf.jusqu_au else ""
    what = " ".join(piece for piece in (*spared, until) if piece)
    source = f" ({sauf.reference})" if sauf.reference else ""
    return f"{what} : {sauf.motif.rstrip('.')}{source}"


def _communes(codes: List[str]) -> str:
    return f"les communes {enumerate_words(codes)}" if len(codes) > 1 else f"la commune {codes[0]}"


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith(("?", "!", "…", ".")) else ".")
