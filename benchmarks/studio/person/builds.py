"""Bodies by age and build: lengths as shares of height.

The adult's shares follow the segment lengths of Drillis and Contini (1966) as Winter (2009,
Biomechanics and Motor Control of Human Movement, figure 4.1) prints them: hip 0.530, shoulder
0.818, knee 0.285, ankle 0.039, upper arm 0.186, forearm 0.146, hand 0.108, head and neck 0.182,
foot 0.152; hip and leg are set a little lower, for the joint's centre and a shod foot. Children's
are approximations by eye from the usual growth drawings (the head is a quarter of the height at 1
year, a sixth at 5, a seventh at 9), with legs shortened to match. They are not anthropometric data.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np


@dataclass(frozen=True)
class Build:
    """One body.

    Every length is in m once made by `make_build`, and a share of the height in `SHARES`.

    Parameters
    ----------
    kind : str
        Word of the build.
    height : float
        Standing height, m.
    head, chin, shoulder, hip : float
        Height of the head (chin to crown); heights over the floor of chin, shoulders, hips.
    thigh, shank, upper_arm, forearm, hand, foot, ankle : float
        Lengths; `ankle` is the height of the ankle over the sole.
    shoulder_width, hip_width : float
        Between the joints' centres.
    girth, arm_girth : float
        Thickness of trunk and arms, 1 for a slim adult. No length.
    childish : float
        0 an adult's face and belly, 1 a toddler's. No length.
    stoop : float
        Habitual bend of the trunk, rad.
    """

    kind: str
    height: float
    head: float
    chin: float
    shoulder: float
    hip: float
    thigh: float
    shank: float
    upper_arm: float
    forearm: float
    hand: float
    foot: float
    ankle: float
    shoulder_width: float
    hip_width: float
    girth: float = 1.0
    arm_girth: float = 1.0
    childish: float = 0.0
    stoop: float = 0.0

    @property
    def leg(self) -> float:
        """Length of the straight leg from hip to ankle, m."""
        return self.thigh + self.shank

    @property
    def arm(self) -> float:
        """Length of the straight arm from shoulder to the middle of the palm, m."""
        return self.upper_arm + self.forearm_to_palm

    @property
    def forearm_to_palm(self) -> float:
        """From the elbow to the middle of the palm, m."""
        return self.forearm + 0.5 * self.hand

    @property
    def trunk(self) -> float:
        """From hips to shoulders, m."""
        return self.shoulder - self.hip

    @property
    def heel_back(self) -> float:
        """From under the ankle back to the heel's point of contact, m."""
        return 0.26 * self.foot

    @property
    def ball_ahead(self) -> float:
        """From under the ankle forward to the ball, where the toes bend, m."""
        return 0.46 * self.foot

    @property
    def toe_ahead(self) -> float:
        """From under the ankle forward to the tip of the toes, m."""
        return 0.74 * self.foot

    @property
    def knee_radius(self) -> float:
        """Thickness at the knee, m."""
        return float(0.033 * self.height * self.girth**0.4)


NOT_LENGTHS = {"kind", "height", "girth", "arm_girth", "childish", "stoop"}

_ADULT = Build(
    kind="adult", height=1.70, head=0.130, chin=0.868, shoulder=0.815, hip=0.520,
    thigh=0.242, shank=0.240, upper_arm=0.176, forearm=0.146, hand=0.100, foot=0.155, ankle=0.045,
    shoulder_width=0.200, hip_width=0.100,
)  # fmt: skip
_CHILD5 = Build(
    kind="child5", height=1.10, head=0.178, chin=0.822, shoulder=0.770, hip=0.485,
    thigh=0.220, shank=0.216, upper_arm=0.165, forearm=0.135, hand=0.095, foot=0.155, ankle=0.052,
    shoulder_width=0.205, hip_width=0.105, arm_girth=0.95, childish=0.7,
)  # fmt: skip

SHARES: dict[str, Build] = {
    "toddler": Build(
        kind="toddler", height=0.78, head=0.235, chin=0.765, shoulder=0.715, hip=0.415,
        thigh=0.185, shank=0.175, upper_arm=0.145, forearm=0.115, hand=0.085, foot=0.155,
        ankle=0.060, shoulder_width=0.215, hip_width=0.125, girth=1.25, arm_girth=1.15,
        childish=1.0,
    ),
    "child5": _CHILD5,
    "child9": replace(
        _CHILD5, kind="child9", height=1.33, head=0.152, chin=0.848, shoulder=0.794, hip=0.505,
        thigh=0.233, shank=0.230, upper_arm=0.170, forearm=0.140, ankle=0.048,
        shoulder_width=0.198, hip_width=0.100, childish=0.4, arm_girth=0.92,
    ),
    "adult": _ADULT,
    "heavy": replace(
        _ADULT, kind="heavy", height=1.72, girth=1.55, arm_girth=1.35, shoulder_width=0.215,
        hip_width=0.112,
    ),
    "elderly": replace(
        _ADULT, kind="elderly", height=1.62, shoulder=0.808, chin=0.855, girth=1.12,
        arm_girth=0.92, stoop=0.22,
    ),
}  # fmt: skip
"""The builds by word, lengths as shares of height."""


def make_build(kind: str, *, seed: int = 0, height_m: float | None = None) -> Build:
    """Make a body of a kind; height and girth vary a little by seed.

    Raises
    ------
    KeyError
        The kind is none of `SHARES`.
    """
    if kind not in SHARES:
        raise KeyError(f"no build '{kind}'; there are {', '.join(SHARES)}")
    share = SHARES[kind]
    rng = np.random.default_rng([seed, 11])
    height = height_m or share.height * (1 + rng.uniform(-0.04, 0.04))
    lengths = {
        f.name: getattr(share, f.name) * height for f in fields(Build) if f.name not in NOT_LENGTHS
    }
    girth = share.girth * (1 + rng.uniform(-0.05, 0.07))
    return replace(share, height=height, girth=girth, **lengths)
