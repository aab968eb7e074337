"""Small charts drawn as SVG by a template: no script, no style of their own, and the same numbers as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

STEP = 10  # from one bar to the next, in units of the drawing
BAR = 8
HEIGHT = 60


class Point(NamedTuple):
    """What was counted; nothing when there was nothing to count."""

    label: str
    value: int | None


class Bar(NamedTuple):
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class BarChart:
    """One number over time, the oldest first. `top` is the value of the highest possible bar, if there is one."""

    name: str  # unique in its page
    title: str
    points: Sequence[Point]
    unit: str = ""
    top: int | None = None

    width_of_bars = BAR
    height = HEIGHT

    @property
    def width(self) -> int:
        return STEP * len(self.points)

    @property
    def highest(self) -> int:
        return max((point.value or 0 for point in self.points), default=0)

    @property
    def latest(self) -> int | None:
        return self.points[-1].value if self.points else None

    @property
    def bars(self) -> list[Bar]:
        """Whole numbers: a template writes « 1,5 » in French, which no drawing understands."""
        top = self.top or self.highest or 1
        heights = [round(HEIGHT * (point.value or 0) / top) for point in self.points]
        # What is not nothing is seen.
        seen = [max(height, 1) if point.value else 0 for height, point in zip(heights, self.points, strict=True)]
        return [Bar(STEP * place, HEIGHT - height, height) for place, height in enumerate(seen)]
