"""Progress and cancel, asked by the clock: asking for each object freezes the interface of QGIS."""

from __future__ import annotations

import time
from typing import Callable, Optional

#: seconds between two questions to the outside
PERIOD = 0.04


class Cancelled(Exception):
    """The user cancelled; nothing of the run is kept."""


class Progress:
    """Carries progress out and cancel in.

    `report(fraction, text)`: fraction in [0, 1] of the whole run, text is one French line or "" for no change.
    `cancelled()`: asked at most every `PERIOD` seconds.
    """

    def __init__(
        self,
        report: Optional[Callable[[float, str], None]] = None,
        cancelled: Optional[Callable[[], bool]] = None,
    ) -> None:
        self._report, self._cancelled = report, cancelled
        self._start, self._end = 0.0, 1.0
        # both shared by the spans
        self._asked = [0.0]  # when the outside was last asked
        self._reached = [0.0]  # the highest fraction reported: a bar never goes back

    def step(self, fraction: float, text: str = "") -> None:
        """Say that `fraction` of the current span is done. Raises `Cancelled`.

        A text is always reported; a bare fraction only when `PERIOD` has passed.
        """
        now = time.monotonic()
        if not text and now - self._asked[0] < PERIOD:
            return
        self._asked[0] = now
        if self._cancelled is not None and self._cancelled():
            raise Cancelled()
        if self._report is not None:
            done = self._start + (self._end - self._start) * min(max(fraction, 0.0), 1.0)
            self._reached[0] = max(self._reached[0], done)
            self._report(self._reached[0], text)

    def span(self, start: float, end: float) -> "Progress":
        """A view of this progress whose 0..1 is start..end of the current span."""
        inner = Progress(self._report, self._cancelled)
        width = self._end - self._start
        inner._asked, inner._reached = self._asked, self._reached
        inner._start, inner._end = self._start + width * start, self._start + width * end
        return inner
