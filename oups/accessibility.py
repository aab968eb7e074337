"""The state of accessibility: one record, shown in the footer and on `/accessibilite/`.

Before an audit by RGAA 4.1.2, the only words that the decree of 24 July 2019 allows are « non conforme ».
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AccessibilityState:
    wording: str  # « totalement conforme », « partiellement conforme » or « non conforme »
    stated_on: date
    audited_on: date | None = None


STATE = AccessibilityState(wording="non conforme", stated_on=date(2026, 11, 22))
