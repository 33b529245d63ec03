"""Every number a user may turn, one frozen dataclass a stage, each with its unit and source."""

from __future__ import annotations

from dataclasses import dataclass, field

from gaitcheck.errors import SettingsError


def _positive(settings: object, *names: str) -> None:
    for name in names:
        if not getattr(settings, name) > 0:
            raise SettingsError(f"{name} must be above 0, not {getattr(settings, name)}")


@dataclass(frozen=True)
class PeopleSettings:
    """Finding and following people.

    Parameters
    ----------
    max_people : int
        At most so many are followed at once (arbitrary; ten by the design).
    min_height_px : float
        Smaller people are not looked for, px (measured: crops work from 47 px).
    lost_after_s : float
        A track ends when its person was not seen for so long, s (arbitrary).
    """

    max_people: int = 10
    min_height_px: float = 45.0
    lost_after_s: float = 1.0

    def __post_init__(self) -> None:
        _positive(self, "max_people", "min_height_px", "lost_after_s")


@dataclass(frozen=True)
class GaitSettings:
    """Contacts, steps, support and sequences.

    Parameters
    ----------
    min_step_time_s : float
        Two contacts of different feet are not nearer than this, s (FIELD: toddlers 0.20).
    max_step_time_s : float
        A step that takes longer is two separate movements, s (FIELD: slow patients 1.7).
    pause_s : float
        A pause that ends a sequence, s (design: 1.0).
    min_independent_steps : int
        Fewest steps of an independent sequence (design: 2).
    """

    min_step_time_s: float = 0.20
    max_step_time_s: float = 1.7
    pause_s: float = 1.0
    min_independent_steps: int = 2

    def __post_init__(self) -> None:
        _positive(self, "min_step_time_s", "pause_s", "min_independent_steps")
        if not self.max_step_time_s > self.min_step_time_s:
            raise SettingsError("max_step_time_s must be above min_step_time_s")


@dataclass(frozen=True)
class Settings:
    """All settings of one analysis."""

    people: PeopleSettings = field(default_factory=PeopleSettings)
    gait: GaitSettings = field(default_factory=GaitSettings)
