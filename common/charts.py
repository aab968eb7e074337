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


@dataclass(frozen=True)
class BarChart:
    """One number over time, the oldest first. `top` is the value of the highest possible bar, if there is one."""

    name: str  # unique in its page
    title: str
    points: Sequence[Point]
    unit: str = ""
    top: int | None = None

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
    def bars(self) -> str:
        """One SVG path for all the bars. What is not nothing is seen: a bar is one unit high at least."""
        top = self.top or self.highest or 1
        heights = [max(1, round(HEIGHT * point.value / top)) if point.value else 0 for point in self.points]
        return "".join(
            f"M{STEP * place} {HEIGHT}v-{height}h{BAR}v{height}z" for place, height in enumerate(heights) if height
        )
