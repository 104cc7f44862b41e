"""What the dock says of each state, and what to do next: in the dock for as long as it holds, in the message bar for
those who look elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Sequence

from qgis.core import Qgis
from qgis.PyQt.QtWidgets import QPushButton

from ..checks.wording import names
from ..gis.choices import Choices
from ..gis.dossier_results import DossierGone, DossierRemade
from ..gis.failures import sentence
from ..gis.results import ControlRow, Results
from . import standing
from .messages import Messages
from .notices import Action, Notices, Topic
from .opening import Order

if TYPE_CHECKING:
    from .dock import ScotDock

#: seconds that the message bar shows what the dock goes on saying
_BRIEF = 10
_AGAIN, _NEW, _FIND = "Réessayer", "Nouveau contrôle…", "Le retrouver…"


class Sentences:
    """One method for each state; the actions are those of the dock."""

    def __init__(self, dock: ScotDock, notices: Notices, messages: Messages) -> None:
        self._dock, self._notices, self._messages = dock, notices, messages

    # -- a control --------------------------------------------------------------------------------

    def run_stopped(self, text: str, failed: bool, choices: Choices) -> None:
        """Cancelled, failed, or refused before it began."""
        again = (_AGAIN if failed else "Recommencer", lambda: self._dock.run.start(choices))
        self._say(Topic.RUN, text, [again, self._new(choices)], failed)

    def done_elsewhere(self, dossier: Path) -> None:
        """The project that asked for it is closed."""
        text = f"Le projet a été fermé pendant le contrôle ; le dossier est écrit : {dossier}"
        button = QPushButton("Ouvrir")
        button.clicked.connect(lambda: self._dock.open_dossier(dossier))
        self._messages.say(text, Qgis.MessageLevel.Success, 0, button)
        self._notices.tell(Topic.RUN, text, [("Ouvrir", lambda: self._dock.open_dossier(dossier))])

    def demo_failed(self, error: OSError) -> None:
        text = f"La démonstration n'a pas pu être copiée : {error}."
        self._say(Topic.RUN, text, [(_AGAIN, self._dock.open_demo)])

    def cannot_relaunch(self, missing: Sequence[str], choices: Choices) -> None:
        """Files that the former control had read are no more."""
        files = names([f"« {Path(one).name} »" for one in missing], 4)
        text = (
            f"Ce contrôle ne peut pas être relancé, il manque : {files}. "
            "Le dossier et ses appréciations restent tels quels."
        )
        again = (_AGAIN, self._dock.again)
        self._notices.tell(Topic.RUN, text, [again, self._new(choices)], warning=True, tip="\n".join(missing))

    def cannot_replace(self, refusal: str, choices: Choices) -> None:
        """Someone else has the dossier, or it is read-only: the result may go elsewhere."""
        text = f"Ce contrôle ne peut pas être relancé sur place. {refusal}"
        self._notices.drop(Topic.LOCK)  # it is said here
        actions = [(_AGAIN, self._dock.claim), self._new(replace(choices, dossier=""))]
        self._notices.tell(Topic.RUN, text, actions, warning=True)

    def not_compared(self, why: str) -> None:
        another = ("Comparer…", lambda: self._dock.comparison.choose(self._dock.results))
        self._say(Topic.COMPARISON, why, [another])

    # -- a dossier --------------------------------------------------------------------------------

    def unread(self, order: Order, why: str) -> None:
        actions = [
            (_AGAIN, lambda: self._dock.opening.ask(order)),
            ("Ouvrir un autre…", self._dock.choose_dossier),
        ]
        self._say(Topic.DOSSIER, why, actions)

    def lost(self, path: Path) -> None:
        """The project keeps a dossier that is no longer there."""
        again = (_AGAIN, lambda: self._dock.open_dossier(path, put=False, go=False))
        self._say(Topic.DOSSIER, f"Le dossier du contrôle n'est plus là : {path}", [self._find(path), again])

    def another_one(self, order: Order, controle: ControlRow, expected: str) -> None:
        """What was found is not what was lost."""
        text = f"« {order.path.name} » est le dossier de « {controle.plu} », ce projet attend celui de « {expected} »."
        anyway = ("Ouvrir quand même", lambda: self._dock.open_dossier(order.path))
        self._notices.tell(Topic.DOSSIER, text, [self._find(order.instead or order.path), anyway], warning=True)

    def changed(self, path: Path, failure: BaseException) -> None:
        """The dossier in hand is no longer the file that was read."""
        actions = [(_AGAIN, self._dock.watch.check)]
        if isinstance(failure, DossierGone):
            actions.insert(0, self._find(path))
        elif isinstance(failure, DossierRemade):
            self._notices.drop(Topic.LOCK)  # it would say the same
            actions = [("Rouvrir", lambda: self._dock.open_dossier(path, go=False, whole=False))]
        self._say(Topic.FILE, sentence(failure), actions)

    def refusal(self, why: str) -> None:
        """Why nothing may be added to the dossier; "" when all is well."""
        self._notices.drop(Topic.LOCK)
        if why:
            self._notices.tell(Topic.LOCK, why, [(_AGAIN, self._dock.claim)], warning=True)

    def standing(self, results: Results) -> None:
        """A dossier with nothing to go through says so: an empty list could be a failure."""
        nothing = standing.without_object(results)
        calm = standing.without_departure(results)
        if nothing:
            choices = Choices.of_parametres(results.controle.parametres, results.path or Path())
            self._notices.tell(Topic.ANSWERS, nothing, [self._new(choices)], warning=True)
        elif calm:
            tabs = self._dock.tabs
            see = ("Voir la synthèse", lambda: tabs.setCurrentWidget(tabs.synthesis))
            self._notices.tell(Topic.ANSWERS, calm, [see])

    def not_on_map(self, why: str) -> None:
        self._say(Topic.MAP, why, [("Remettre sur la carte", self._dock.put_on_map)])

    # -- parts ------------------------------------------------------------------------------------

    def _say(self, topic: Topic, text: str, actions: Sequence[Action], failed: bool = True) -> None:
        level = Qgis.MessageLevel.Critical if failed else Qgis.MessageLevel.Info
        self._messages.say(text, level, _BRIEF)
        self._notices.tell(topic, text, actions, warning=failed)

    def _new(self, choices: Choices) -> Action:
        return _NEW, lambda: self._dock.new_control(choices=choices)

    def _find(self, path: Path) -> Action:
        return _FIND, lambda: self._dock.find_dossier(path)
