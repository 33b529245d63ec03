"""What the learned signal of the feet is taught by: tracks of rendered clips, and when feet moved.

Each track is shown as it is, at a lower rate of frames, with its ankles alone, faster and slower
than it was, backward in time, with hops of the whole body, badly seen, and with its true joints;
each also in the mirror. A foot moves from its true lift-off to its true contact, where it lands,
also where the pose has the legs exchanged or far off: what the other foot does, and the rhythm,
tell. Not taught: frames in which the foot moves and makes no contact (marching), unless it is
carried along with the hips.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.accuracy.tracks import followed
from benchmarks.accuracy.true_tracks import true_tracks
from benchmarks.studio.joints import load_joints
from gaitcheck.analysis import people_of
from gaitcheck.gait.around import EVERY, numbers_of
from gaitcheck.gait.legs import repair_sides
from gaitcheck.gait.signals import WalkSignals, body_scale_px, velocity, walk_signals
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX
from gaitcheck.scoring.matching import match_people
from gaitcheck.scoring.truth import TrueClip, read_folder

RATES_HZ = (10.0, 15.0)
"""The lower rates, as near as whole frames left out come to them."""
PACES = (0.55, 1.7)
"""Factors of time: rendered people take 0.33 to 0.9 s a step, new walkers 0.2, patients 1.5."""
HOP_EACH_S, HOP_S, HOP_LEGS = 1.6, (0.25, 0.5), (0.0, 0.2, 0.5)
"""One hop in so long, each of such a duration, so high."""
UNSEEN_SWING_S = 0.4
"""A foot whose lift-off is not labelled left so long before its contact, s."""
MOVES_LEGS_S = 0.4
"""A foot faster than this moves, step or not, leg lengths/s."""
WORSE_TIMES = 2
SQUASHED, WORSE_HZ, LOST = (0.75, 1.3), (7.0, 30.0), 0.05
LOST_EACH_S, LOST_S, TREMBLE_LEGS = 2.5, (0.0, 0.25), 0.03
"""Tracks made worse: heights times so much, frames a second, the part of frames lost, also so many
seconds once in so long, and the spread of a joint."""
CARRIED_LEGS_S = 0.3
"""Feet that both move slower than this against the hips are carried along, leg lengths/s."""
OFTEN = 2.0
"""How often scenes are drawn in which legs hide behind a thing or another's legs."""
LOW_WEIGHT = 0.3
"""Weight of frames in which the person sits, lies, crawls or falls: nobody asks for contacts there,
but the feet must not seem to step."""
LANDS_S = 0.03
"""Spread of the bell around a contact that landing is taught as, s: a frame or so."""
UPRIGHT = ("standing", "walking", "rising", "other")


@dataclass(frozen=True)
class Lesson:
    """Numbers of both feet of one track, shape (n, 2, n_numbers), and what is true of them.

    The others have shape (n, 2): whether the foot moves and lands, and how much that counts.
    """

    clip: str
    numbers: np.ndarray
    moves: np.ndarray
    weight: np.ndarray
    lands: np.ndarray
    lands_weight: np.ndarray
    often: float = 1.0
    """How often it is drawn beside others of its length."""


@dataclass(frozen=True)
class Telling:
    """A track as it is shown, its truth, and how its times follow from those of the labels."""

    shown: Track
    true: Track
    pace: float = 1.0
    from_s: float = 0.0
    hops: tuple[tuple[float, float], ...] = ()

    def within(self, time_s: np.ndarray, start_s: float, end_s: float) -> np.ndarray:
        """Which times lie in an interval of the labels."""
        start_s, end_s = sorted(self.from_s + self.pace * t for t in (start_s, end_s))
        return (time_s >= start_s) & (time_s < end_s)


def lessons(folders: Iterable[Path], model: Path) -> Iterator[Lesson]:
    """Give the lessons of all clips of the split `tune` that have true joints."""
    for folder in folders:
        for clip in read_folder(folder):
            if clip.split == "tune" and clip.path.with_suffix(".joints.npz").exists():
                yield from lessons_of(clip, followed(clip.path, model))


def lessons_of(clip: TrueClip, tracks: tuple[Track, ...]) -> Iterator[Lesson]:
    """Give the lessons of one clip."""
    joints = load_joints(clip.path.with_suffix(".joints.npz"))
    told = json.loads(clip.path.with_suffix(".labels.json").read_text(encoding="utf-8"))
    boxes = {p.id: np.array(p.boxes, float).reshape(-1, 5) for p in people_of(tracks)}
    owner = match_people(boxes, clip.people)
    pushes = clip.categories.get("support") == "object_moving"
    often = OFTEN if pushes or len(clip.people) > 1 else 1.0
    for track in tracks:
        index = owner.get(track.person)
        true = true_tracks(clip, joints, (track,)) if index is not None else ()
        if index is None or not true:
            continue
        for lesson in _told_otherwise(repair_sides(track), true[0]):
            signals, truth = walk_signals(lesson.shown), walk_signals(lesson.true)
            if signals is None or truth is None:
                continue
            moves, weight = _taught(signals, truth, told["people"][index], lesson)
            for span in clip.people[index].postures:
                if span.what not in UPRIGHT:
                    low = lesson.within(signals.time_s, span.start_s, span.end_s)
                    weight[low] = np.minimum(weight[low], LOW_WEIGHT)
            moves, weight = moves[::EVERY], weight[::EVERY]
            lands = _lands(signals.time_s[::EVERY], told["people"][index], lesson)
            # Backward in time a foot lands where it was lifted, which looks otherwise.
            lands_weight = np.where(moves.all(axis=1, keepdims=True), 0.0, weight)
            if lesson.pace < 0:
                lands_weight[:] = 0.0
            numbers = numbers_of(signals)
            yield Lesson(clip.name, numbers, moves, weight, lands, lands_weight, often)


def _told_otherwise(track: Track, true: Track) -> Iterator[Telling]:
    """The same walk as it is and otherwise."""
    yield Telling(track, true)
    for pace in PACES:
        paced, truly = (replace(t, time_s=pace * t.time_s) for t in (track, true))
        yield Telling(paced, truly, pace=pace)
        yield Telling(truly, truly, pace=pace)
    rate_hz = 1 / float(np.median(np.diff(track.time_s)))
    for wanted_hz in RATES_HZ:
        every = round(rate_hz / wanted_hz)
        if every > 1:
            yield Telling(_rows(track, slice(every // 2, None, every)), true)
    points = track.points_px.copy()
    for side in ("left", "right"):
        for part in ("heel", "foot_index"):
            points[:, INDEX[f"{side}_{part}"]] = np.nan
    yield Telling(replace(track, points_px=points), true)
    yield Telling(true, true)
    end_s = float(true.time_s[-1])
    backward = _backward(true, end_s)
    yield Telling(_backward(track, end_s), backward, pace=-1.0, from_s=end_s)
    yield Telling(backward, backward, pace=-1.0, from_s=end_s)
    yield _hopping(track, true)
    for seed in range(WORSE_TIMES):
        yield _worse(track, true, np.random.default_rng(len(track) + seed))


def _worse(track: Track, true: Track, rng: np.random.Generator) -> Telling:
    """Badly seen: from higher or lower, of fewer frames, some lost, with joints that tremble."""
    squashed = np.exp(rng.uniform(*np.log(SQUASHED)))
    shown, truly = (replace(t, points_px=t.points_px * (1.0, squashed)) for t in (track, true))
    n, wanted_hz = len(track), rng.uniform(*WORSE_HZ)
    rate_hz = 1 / float(np.median(np.diff(track.time_s)))
    kept = np.diff(np.floor(np.arange(n + 1) * min(1.0, wanted_hz / rate_hz))) > 0
    kept &= rng.random(n) >= LOST
    for at_s in np.arange(track.time_s[0], track.time_s[-1], LOST_EACH_S):
        start_s = at_s + rng.uniform(0, LOST_EACH_S)
        kept &= ~((track.time_s >= start_s) & (track.time_s < start_s + rng.uniform(*LOST_S)))
    leg = float(np.nanmedian(body_scale_px(track, points_px=track.points_px)))
    noise = rng.normal(0, leg * rng.uniform(0, TREMBLE_LEGS), shown.points_px.shape)
    noise[1:] += noise[:-1]
    shown = replace(shown, points_px=shown.points_px + noise)
    return Telling(_rows(shown, np.flatnonzero(kept)), truly)


def _backward(track: Track, end_s: float) -> Track:
    rows = slice(None, None, -1)
    return _rows(track, rows, time_s=end_s - track.time_s[rows])


def _hopping(track: Track, true: Track) -> Telling:
    """Both feet move at once now and then: the whole body hops, or the picture jerks."""
    rng = np.random.default_rng(len(track))
    leg = float(np.nanmedian(body_scale_px(track, points_px=track.points_px)))
    hops = []
    for middle_s in np.arange(track.time_s[0] + 0.5, track.time_s[-1] - 0.5, HOP_EACH_S):
        half_s = rng.uniform(*HOP_S) / 2
        way = leg * rng.uniform(-0.7, 0.7, 2) * (1.0, 0.3)
        hops.append((middle_s - half_s, middle_s + half_s, way, leg * rng.choice(HOP_LEGS)))

    def hopped(one: Track) -> Track:
        points = one.points_px.copy()
        for start_s, end_s, way, height in hops:
            part = np.clip((one.time_s - start_s) / (end_s - start_s), 0.0, 1.0)[:, None]
            moved = part**2 * (3 - 2 * part) * way
            moved -= np.sin(np.pi * part) ** 2 * (0.0, height)
            points += moved[:, None]
        return replace(one, points_px=points)

    return Telling(hopped(track), hopped(true), hops=tuple((a, b) for a, b, _, _ in hops))


def _rows(track: Track, rows: slice | np.ndarray, *, time_s: np.ndarray | None = None) -> Track:
    names = ("frame_index", "points_px", "visibility", "world_m", "boxes_px", "to_room")
    return replace(
        track,
        time_s=track.time_s[rows] if time_s is None else time_s,
        **{name: getattr(track, name)[rows] for name in names},
        **dict.fromkeys(track.at_hands),
    )


def _taught(
    signals: WalkSignals, truth: WalkSignals, told: dict, lesson: Telling
) -> tuple[np.ndarray, np.ndarray]:
    """Whether each foot moves, and how much that counts, both shape (n, 2)."""
    time_s = signals.time_s
    moves = np.zeros((len(time_s), 2))
    weight = np.ones_like(moves)
    for side, lift_s, contact_s in _swings(told):
        moves[lesson.within(time_s, lift_s, contact_s), ("left", "right").index(side)] = 1.0
    for hop in lesson.hops:
        moves[lesson.within(time_s, *hop)] = 1.0

    def then(values: np.ndarray) -> np.ndarray:
        flat = np.nan_to_num(values.reshape(len(values), -1))
        columns = [np.interp(time_s, truth.time_s, column) for column in flat.T]
        return np.stack(columns, axis=1).reshape(len(time_s), *values.shape[1:])

    weight[(moves == 0) & (then(truth.speed) > MOVES_LEGS_S / abs(lesson.pace))] = 0.0
    weight[_carried(truth, then)] = 1.0
    weight[~signals.valid] = 0.0
    return moves, weight


def _carried(truth: WalkSignals, then: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """When nothing moves but all together, shape (n,): on wheels, or in somebody's arms."""
    hips = truth.up_px[:, :, 1].mean(axis=1)
    about = (truth.feet_px - hips[:, None]) / truth.leg_px[:, None, None]
    fast = [np.linalg.norm(velocity(about[:, foot], truth.valid), axis=1) for foot in (0, 1)]
    return np.asarray(then(np.maximum(*fast)) < CARRIED_LEGS_S)


def _lands(time_s: np.ndarray, told: dict, lesson: Telling) -> np.ndarray:
    """A bell around each landing, shape (n, 2)."""
    lands = np.zeros((len(time_s), 2))
    for side, _, contact_s in _swings(told):
        foot = ("left", "right").index(side)
        off = (time_s - lesson.from_s - lesson.pace * contact_s) / LANDS_S
        lands[:, foot] = np.maximum(lands[:, foot], np.exp(-(off**2) / 2))
    return lands


def _swings(told: dict) -> Iterator[tuple[str, float, float]]:
    lifted: dict[str, float] = {}
    events = [
        (c["time_s"], c["side"], what) for what in ("lift_offs", "contacts") for c in told[what]
    ]
    for time_s, side, what in sorted(events):
        if what == "lift_offs":
            lifted[side] = time_s
        else:
            yield side, lifted.pop(side, max(0.0, time_s - UNSEEN_SWING_S)), time_s
