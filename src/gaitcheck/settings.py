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
        Smaller people are not looked for, px (measured: crops work from 47 px; in pictures of
        more than 2,560 px, which are halved, from 90).
    lost_after_s : float
        A track ends when its person was not seen for so long, s (arbitrary). It goes on when they
        come back later and their clothes make it clear.
    pose_rate_hz : float
        About so many pictures a second are looked at, Hz, all where there are fewer: of a clip of
        60 Hz every second one (measured: with half of 25 to 30 Hz, contacts are less exact).
    """

    max_people: int = 10
    min_height_px: float = 45.0
    lost_after_s: float = 1.0
    pose_rate_hz: float = 30.0

    def __post_init__(self) -> None:
        _positive(self, "max_people", "min_height_px", "lost_after_s", "pose_rate_hz")


@dataclass(frozen=True)
class SupportSettings:
    """How sure the judge of support must be.

    Lengths are in the person's own trunk lengths (shoulders to hips), scores 0 to 1. All values
    are arbitrary first choices, seen to separate rendered scenes; learned ones may replace them.

    Parameters
    ----------
    onset, offset : float
        A cue begins to speak at ``onset`` and is silent again below ``offset``.
    min_duration_s : float
        A cue that speaks, or pauses, for less than this is ignored, s.
    min_share : float
        Share of a step's time in which a cue of holding must speak to decide the step.
    min_doubt_share : float
        Share of a step's time in which a cue of possible holding takes `none` away.
    min_free : float
        Mean evidence of freedom, 0 to 1, that each hand needs for `none`.
    arms_alone : bool
        Whether hands that swing, move about or hang are free also where nobody looked for things at
        them in pictures: in tracks from elsewhere, and where pictures have too little contrast.
        False: such steps are `unknown`, for a stick swings too. (Of rendered held steps 3.4 % are
        called free so, most of them at sticks and rails.)
    """

    onset: float = 0.6
    offset: float = 0.4
    min_duration_s: float = 0.2
    min_share: float = 0.5
    min_doubt_share: float = 0.3
    min_free: float = 0.5
    arms_alone: bool = False

    def __post_init__(self) -> None:
        _positive(self, "onset", "offset", "min_duration_s", "min_share", "min_doubt_share")
        _positive(self, "min_free")
        if self.offset > self.onset:
            raise SettingsError("offset must not be above onset")


@dataclass(frozen=True)
class MilestoneSettings:
    """Numbers of the published criteria that milestones quote.

    Parameters
    ----------
    who_steps : int
        Steps of WHO walking alone and walking with assistance (WHO MGRS 2006: 5).
    who_standing_s : float
        Standing alone and standing with assistance, s (WHO MGRS 2006: 10).
    gmfm_steps : int
        Steps of GMFM items 67, 68 and 69 (GMFM-88: 10).
    """

    who_steps: int = 5
    who_standing_s: float = 10.0
    gmfm_steps: int = 10

    def __post_init__(self) -> None:
        _positive(self, "who_steps", "who_standing_s", "gmfm_steps")


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
    support : SupportSettings
        The judge of support.
    milestones : MilestoneSettings
        The numbers of the published criteria.
    """

    min_step_time_s: float = 0.20
    max_step_time_s: float = 1.7
    pause_s: float = 1.0
    min_independent_steps: int = 2
    support: SupportSettings = field(default_factory=SupportSettings)
    milestones: MilestoneSettings = field(default_factory=MilestoneSettings)

    def __post_init__(self) -> None:
        _positive(self, "min_step_time_s", "pause_s", "min_independent_steps")
        if not self.max_step_time_s > self.min_step_time_s:
            raise SettingsError("max_step_time_s must be above min_step_time_s")


@dataclass(frozen=True)
class Settings:
    """All settings of one analysis."""

    people: PeopleSettings = field(default_factory=PeopleSettings)
    gait: GaitSettings = field(default_factory=GaitSettings)
