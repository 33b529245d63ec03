"""What people wear, their skin and hair, drawn by seed.

The pose model needs a painted face and hair (front from back) and contrast between skin, shirt,
trousers and shoes (without it a leg error of 2% of height becomes 10%): every draw keeps shirt and
trousers, trousers and shoes, and sleeves and skin apart in brightness or hue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

Colour = tuple[float, float, float]

SKINS: tuple[Colour, ...] = (
    (0.80, 0.60, 0.49), (0.76, 0.53, 0.42), (0.70, 0.48, 0.35), (0.56, 0.36, 0.25),
    (0.42, 0.26, 0.17), (0.30, 0.18, 0.12),
)  # fmt: skip
HAIRS: tuple[Colour, ...] = (
    (0.05, 0.035, 0.025), (0.09, 0.06, 0.04), (0.16, 0.09, 0.04), (0.28, 0.16, 0.07),
    (0.45, 0.33, 0.16), (0.22, 0.07, 0.03),
)  # fmt: skip
GREY_HAIRS: tuple[Colour, ...] = ((0.62, 0.61, 0.60), (0.42, 0.41, 0.40), (0.78, 0.77, 0.75))
TOPS: tuple[Colour, ...] = (
    (0.62, 0.09, 0.07), (0.08, 0.35, 0.42), (0.80, 0.55, 0.06), (0.10, 0.22, 0.55),
    (0.13, 0.40, 0.16), (0.72, 0.72, 0.70), (0.45, 0.12, 0.36), (0.85, 0.36, 0.10),
    (0.75, 0.42, 0.50),
)  # fmt: skip
BOTTOMS: tuple[Colour, ...] = (
    (0.06, 0.08, 0.17), (0.05, 0.10, 0.25), (0.35, 0.33, 0.32), (0.05, 0.05, 0.055),
    (0.33, 0.26, 0.16), (0.14, 0.17, 0.10),
)  # fmt: skip
SHOES: tuple[Colour, ...] = (
    (0.62, 0.62, 0.64), (0.55, 0.06, 0.06), (0.12, 0.12, 0.16), (0.10, 0.20, 0.48),
    (0.80, 0.78, 0.72), (0.10, 0.05, 0.03),
)  # fmt: skip

BOTTOM_KINDS = {
    "small": ("trousers", "trousers", "trousers", "shorts", "shorts", "dress"),
    "adult": ("trousers", "trousers", "trousers", "shorts", "dress"),
    "elderly": ("trousers", "trousers", "trousers", "dress"),
    # A wide skirt hides the legs from the pose model; scenes may still ask for one.
    "heavy": ("trousers", "trousers", "shorts"),
}
"""What each build may wear, by how often."""


@dataclass(frozen=True)
class Look:
    """Clothes and colours; colours are linear RGB, 0 to 1.

    Parameters
    ----------
    stripe_m : float
        Width of the shirt's stripes, m; 0.0 for a plain shirt.
    sleeve : float
        How far the sleeves reach in segments of the arm: 0.5 half the upper arm, 1.6 a long sleeve.
    bottom : {'trousers', 'shorts', 'dress'}
        What covers the legs; a dress has a skirt in the colour of `legs` over bare knees.
    long_hair, barefoot : bool
        Hair to the shoulders; no shoes and no socks.
    """

    skin: Colour = SKINS[1]
    hair: Colour = HAIRS[1]
    top: Colour = TOPS[0]
    top_second: Colour = (0.9, 0.9, 0.9)
    stripe_m: float = 0.0
    sleeve: float = 0.55
    legs: Colour = BOTTOMS[0]
    bottom: str = "trousers"
    shoe: Colour = SHOES[0]
    sole: Colour = (0.2, 0.2, 0.2)
    sock: Colour = (0.85, 0.85, 0.85)
    long_hair: bool = False
    barefoot: bool = False


def _apart(one: Colour, other: Colour) -> float:
    """How different two colours look (distance after gamma)."""
    return float(np.linalg.norm(np.power(one, 1 / 2.2) - np.power(other, 1 / 2.2)))


def _pick(
    rng: np.random.Generator, choices: tuple[Colour, ...], *, unlike: tuple[Colour, ...]
) -> Colour:
    """Draw a colour that stands out against the others; the most different where none does."""
    order = [choices[i] for i in rng.permutation(len(choices))]
    return next(
        (c for c in order if all(_apart(c, u) > 0.30 for u in unlike)),
        max(order, key=lambda c: min(_apart(c, u) for u in unlike)),
    )


def draw_look(kind: str, *, seed: int = 0, overrides: Mapping[str, Any] | None = None) -> Look:
    """Draw a look for a build; the same seed gives the same look.

    Parameters
    ----------
    kind : str
        Build (see `builds`): the elderly are grey, small children go barefoot more often.
    overrides : mapping or None
        Fields of `Look` that a scene fixes.

    Raises
    ------
    KeyError
        An override is no field of `Look`.
    """
    overrides = dict(overrides or {})
    unknown = set(overrides) - {f.name for f in fields(Look)}
    if unknown:
        known = ", ".join(f.name for f in fields(Look))
        raise KeyError(f"a look has no {sorted(unknown)}; it has {known}")
    rng = np.random.default_rng([seed, 12, *kind.encode()])
    skin = SKINS[rng.integers(len(SKINS))]
    hairs = GREY_HAIRS if kind == "elderly" else HAIRS
    top = _pick(rng, TOPS, unlike=(skin,))
    legs = _pick(rng, BOTTOMS, unlike=(top, skin))
    small = kind in ("toddler", "child5", "child9")
    look = Look(
        skin=skin,
        hair=hairs[rng.integers(len(hairs))],
        top=top,
        top_second=_pick(rng, (*TOPS, (0.9, 0.9, 0.9)), unlike=(top,)),
        stripe_m=float(rng.choice([0.0, 0.0, 0.045 if small else 0.06])),
        sleeve=float(rng.choice([0.55, 0.7, 1.6, 1.85])),
        legs=legs,
        bottom=str(rng.choice(BOTTOM_KINDS["small" if small else kind])),
        shoe=_pick(rng, SHOES, unlike=(legs, skin)),
        sock=(0.85, 0.85, 0.85) if rng.random() < 0.6 else (0.2, 0.2, 0.25),
        long_hair=bool(rng.random() < 0.4),
        barefoot=bool(rng.random() < (0.3 if small else 0.08)),
    )  # fmt: skip
    fixed: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in overrides.items()
    }
    return replace(look, **fixed)
