"""Kinds of gait as parameters.

Orders of magnitude come from the usual descriptions (adult step 0.36 of height at 110 steps a
minute; new walkers: short, wide, flat-footed, 150 to 190 a minute, arms in high guard; Adolph 2012,
Ivanenko 2005; Perry 1992 for heel and toe-off pitch). The exact values are chosen by eye: they make
pictures, they are not norms.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class LegStyle:
    """How one leg steps.

    Parameters
    ----------
    contact_pitch, mid_pitch, off_pitch : float
        Pitch of the foot at contact, in mid stance and at lift-off, rad; toes up is positive.
    lift : float
        Height of the foot in swing, share of height.
    lift_peak : float
        Share of the swing at which it is highest.
    circumduction, reach : float
        Sideways and forward arc of the swing, shares of height.
    length : float
        Times the gait's step length.
    swing_share : float
        Times the gait's swing time.
    """

    contact_pitch: float = 0.32
    mid_pitch: float = 0.0
    off_pitch: float = -0.75
    lift: float = 0.05
    lift_peak: float = 0.5
    circumduction: float = 0.0
    reach: float = 0.0
    length: float = 1.0
    swing_share: float = 1.0


@dataclass(frozen=True)
class Gait:
    """One kind of gait.

    Parameters
    ----------
    step : float
        Step length, share of height.
    cadence_spm : float
        Steps a minute.
    double_support : float
        Share of a step's time with both feet down.
    width : float
        Between the feet, times the distance of the hips.
    left, right : LegStyle
    width_spread, length_spread : float
        Irregularity: standard deviation, shares of hip distance and of step length.
    time_spread : float
        Irregularity of step times, share.
    stop_chance, stop_s : float
        Chance of a halt after a step and about how long it lasts, s.
    toe_out : float
        Rad.
    extension : float
        Longest leg, share of thigh and shank: 0.985 upright, 0.86 a crouch.
    lean, sway, roll, twist : float
        Trunk forward, rad; pelvis to the standing leg, share of height; pelvis and trunk tilt, rad;
        turn of shoulders with the legs, times the usual.
    arms : str
        Word of an arm style.
    swing : float
        Arm swing, rad for a step of 0.36 of height.
    """

    step: float = 0.36
    cadence_spm: float = 108.0
    double_support: float = 0.22
    width: float = 0.95
    left: LegStyle = LegStyle()
    right: LegStyle = LegStyle()
    width_spread: float = 0.06
    length_spread: float = 0.03
    time_spread: float = 0.02
    stop_chance: float = 0.0
    stop_s: float = 0.8
    toe_out: float = 0.08
    extension: float = 0.985
    lean: float = 0.04
    sway: float = 0.03
    roll: float = 0.03
    twist: float = 1.0
    arms: str = "swing"
    swing: float = 0.45


def _both(style: LegStyle, gait: Gait) -> Gait:
    return replace(gait, left=style, right=style)


_HEEL = LegStyle()
_FLAT = LegStyle(contact_pitch=0.06, off_pitch=-0.45, lift=0.06)

GAITS: dict[str, Gait] = {
    "typical": Gait(),
    "child": Gait(step=0.38, cadence_spm=124.0, width_spread=0.10, length_spread=0.05,
                  time_spread=0.03, swing=0.5),
    "toddler": _both(
        replace(_FLAT, lift=0.09),
        Gait(step=0.24, cadence_spm=160.0, double_support=0.26, width=1.35, width_spread=0.18,
             length_spread=0.14, time_spread=0.08, extension=0.955, sway=0.055, roll=0.07,
             twist=0.4, toe_out=0.2, arms="high_guard", swing=0.15),
    ),
    "ataxic": _both(
        replace(_FLAT, contact_pitch=0.02, lift=0.10),
        Gait(step=0.24, cadence_spm=84.0, double_support=0.36, width=2.1, width_spread=0.45,
             length_spread=0.28, time_spread=0.22, stop_chance=0.22, stop_s=0.7, extension=0.965,
             sway=0.06, roll=0.08, toe_out=0.22, twist=0.5, arms="balance", swing=0.25),
    ),
    "crouch": _both(
        LegStyle(contact_pitch=0.0, off_pitch=-0.4, lift=0.05),
        Gait(step=0.25, cadence_spm=105.0, double_support=0.30, width=0.8, extension=0.87,
             lean=0.16, roll=0.06, arms="half_guard", swing=0.3, width_spread=0.12,
             length_spread=0.07, time_spread=0.05),
    ),
    "toe_walking": _both(
        LegStyle(contact_pitch=-0.42, mid_pitch=-0.50, off_pitch=-0.85, lift=0.045),
        Gait(step=0.30, cadence_spm=132.0, lean=0.07, sway=0.02, swing=0.35, width=0.8),
    ),
    "scissoring": _both(
        LegStyle(contact_pitch=-0.25, mid_pitch=-0.18, off_pitch=-0.6, lift=0.04,
                 circumduction=0.13),
        Gait(step=0.22, cadence_spm=88.0, double_support=0.34, width=0.0, width_spread=0.12,
             length_spread=0.07, time_spread=0.08, toe_out=-0.10, extension=0.92, lean=0.12,
             sway=0.05, roll=0.10, arms="half_guard", swing=0.2),
    ),
    "hemiplegic_left": Gait(
        step=0.26, cadence_spm=82.0, double_support=0.30, width=1.25,
        left=LegStyle(contact_pitch=-0.16, mid_pitch=0.0, off_pitch=-0.25, lift=0.022,
                      circumduction=0.09, length=0.85, swing_share=1.25),
        right=LegStyle(lift=0.045, length=0.8, swing_share=0.85), length_spread=0.05,
        time_spread=0.04, roll=0.07, sway=0.04, twist=0.6, arms="hemiplegic_left", swing=0.35),
    "hemiplegic_right": Gait(
        step=0.26, cadence_spm=82.0, double_support=0.30, width=1.25,
        right=LegStyle(contact_pitch=-0.16, mid_pitch=0.0, off_pitch=-0.25, lift=0.022,
                       circumduction=0.09, length=0.85, swing_share=1.25),
        left=LegStyle(lift=0.045, length=0.8, swing_share=0.85), length_spread=0.05,
        time_spread=0.04, roll=0.07, sway=0.04, twist=0.6, arms="hemiplegic_right", swing=0.35),
    "shuffle": _both(
        LegStyle(contact_pitch=0.0, off_pitch=-0.12, lift=0.008),
        Gait(step=0.12, cadence_spm=92.0, double_support=0.40, width=1.0, lean=0.22,
             extension=0.955, sway=0.015, roll=0.015, twist=0.3, arms="bent", swing=0.08,
             time_spread=0.06, length_spread=0.10),
    ),
    "limp_left": Gait(
        step=0.28, cadence_spm=88.0, width=1.1,
        left=replace(_HEEL, length=1.15), right=replace(_HEEL, length=0.7, swing_share=0.7),
        sway=0.05, roll=0.07, swing=0.3),
    "limp_right": Gait(
        step=0.28, cadence_spm=88.0, width=1.1,
        right=replace(_HEEL, length=1.15), left=replace(_HEEL, length=0.7, swing_share=0.7),
        sway=0.05, roll=0.07, swing=0.3),
    "elderly": _both(
        LegStyle(contact_pitch=0.15, off_pitch=-0.5, lift=0.03),
        Gait(step=0.26, cadence_spm=94.0, double_support=0.30, width=1.1, lean=0.10,
             extension=0.965, sway=0.03, roll=0.03, twist=0.6, swing=0.25, time_spread=0.04,
             length_spread=0.06, width_spread=0.12),
    ),
    "cruise": _both(
        LegStyle(contact_pitch=0.02, off_pitch=-0.25, lift=0.05),
        Gait(step=0.17, cadence_spm=78.0, double_support=0.30, width=1.1, extension=0.96,
             sway=0.04, roll=0.05, lean=0.10, toe_out=0.12, time_spread=0.12, length_spread=0.18),
    ),
    "careful": _both(
        LegStyle(contact_pitch=0.10, off_pitch=-0.4, lift=0.04),
        Gait(step=0.22, cadence_spm=90.0, double_support=0.30, width=1.3, extension=0.965,
             swing=0.2),
    ),
}  # fmt: skip
"""Kinds of gait by word."""

USUAL = {
    "toddler": "toddler", "child5": "child", "child9": "child", "adult": "typical",
    "heavy": "typical", "elderly": "elderly",
}  # fmt: skip
"""The gait of a build where a script names none."""


def gait_named(word: str, *, build_kind: str) -> Gait:
    """Give a gait by its word; "usual" and "typical" are the build's own.

    Raises
    ------
    KeyError
        No gait has that word.
    """
    if word in ("usual", "typical"):
        word = USUAL.get(build_kind, "typical")
    if word not in GAITS:
        raise KeyError(f"no gait '{word}'; there are {', '.join(GAITS)}")
    return GAITS[word]
