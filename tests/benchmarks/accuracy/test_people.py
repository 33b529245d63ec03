from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.accuracy.people import as_text, id_true_positives, score_people
from benchmarks.studio.joints import HIDDEN, SEEN, Joints
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX
from gaitcheck.scoring.truth import Span, TrueClip, TruePerson

N = 20
TIMES = np.arange(N) / 10
NAMES = list(INDEX)


def _points(x: float) -> np.ndarray:
    """All landmarks in a column 100 px high."""
    return np.stack([np.full(33, x), np.linspace(100, 200, 33)], axis=1)


def _boxes(x: float) -> np.ndarray:
    return np.array([[t, x - 20, 100, x + 20, 200] for t in TIMES])


def _clip(*xs: float) -> TrueClip:
    people = tuple(
        TruePerson(f"p{k}", _boxes(x), Span("labelled", 0, 2), (), (), ()) for k, x in enumerate(xs)
    )
    return TrueClip(Path("nowhere.mp4"), 2.0, people, True, "tune")


def _joints(*xs: float, seen: np.ndarray | None = None) -> Joints:
    xy = np.tile(np.stack([_points(x) for x in xs]), (N, 1, 1, 1))
    sight = np.full((N, len(xs), 33), SEEN, np.uint8) if seen is None else seen
    people = [f"p{k}" for k in range(len(xs))]
    return Joints(TIMES, people, NAMES, xy, sight, np.full((N, len(xs), 4), np.nan))


def _track(person: int, x: float, rows: range, *, off_px: float = 0.0) -> Track:
    n = len(rows)
    return Track(
        person=person, time_s=TIMES[rows], frame_index=np.array(rows),
        points_px=np.tile(_points(x + off_px), (n, 1, 1)), visibility=np.ones((n, 33)),
        world_m=np.zeros((n, 33, 3)), boxes_px=_boxes(x)[rows, 1:],
        to_room=np.tile(np.eye(3), (n, 1, 1)), picture_size=(640, 480),
    )  # fmt: skip


def test_all_covered_is_perfect():
    tracks = (_track(1, 100, range(N)), _track(2, 300, range(N)))
    score = score_people(_clip(100, 300), tracks, _joints(100, 300))
    assert score.idf1 == 1.0
    assert (score.together, score.apart) == (N, N)
    assert [(p.by_one, p.n_tracks, p.late_s) for p in score.people] == [(N, 1, 0.0)] * 2
    assert np.allclose(score.people[0].joints.errors_pct, 0)


def test_a_broken_track_covers_by_one_less_than_by_any():
    tracks = (_track(1, 100, range(3, 12)), _track(2, 100, range(12, N)))
    score = score_people(_clip(100), tracks, _joints(100))
    (person,) = score.people
    assert (person.by_one, person.by_any, person.n_tracks) == (9, 17, 2)
    assert person.late_s == pytest.approx(0.3)
    assert score.idf1 == pytest.approx(2 * 9 / (N + 17))


def test_one_track_on_two_people_parts_nobody():
    score = score_people(_clip(100, 105), (_track(1, 100, range(N)),), _joints(100, 105))
    assert (score.together, score.apart) == (N, 0)
    assert score.idf1 == pytest.approx(2 * N / (3 * N))


def test_who_is_hidden_does_not_count_and_a_track_there_is_not_false():
    seen = np.full((N, 1, 33), SEEN, np.uint8)
    seen[10:, :, :30] = HIDDEN
    score = score_people(_clip(100), (_track(1, 100, range(N)),), _joints(100, seen=seen))
    assert score.people[0].frames == 10
    assert score.idf1 == 1.0


def test_false_tracks_and_nobody_found():
    score = score_people(_clip(100), (_track(1, 400, range(N)),), _joints(100))
    assert score.idf1 == 0.0
    assert np.isnan(score.people[0].late_s)
    assert score_people(_clip(100), (), _joints(100)).people[0].by_any == 0


def test_errors_are_in_percent_of_the_height_whatever_the_side():
    score = score_people(_clip(100), (_track(1, 100, range(N), off_px=5.0),), _joints(100))
    assert np.allclose(score.people[0].joints.errors_pct, 5.0)
    joints = _joints(100)
    other = [n.replace("left", "X").replace("right", "left").replace("X", "right") for n in NAMES]
    crossed = Joints(joints.time_s, joints.people, other, joints.xy, joints.seen, joints.boxes)
    score = score_people(_clip(100), (_track(1, 100, range(N)),), crossed)
    assert np.allclose(score.people[0].joints.errors_pct, 0.0)


def test_sides_are_counted_where_both_legs_are_seen_and_apart():
    def legs(way_px: float, track: Track) -> Track:
        points = track.points_px.copy()
        for name, k in INDEX.items():
            points[:, k, 0] += way_px if name.startswith("left") else -way_px
        return replace(track, points_px=points)

    joints = _joints(100)
    for name, k in INDEX.items():
        joints.xy[:, :, k, 0] += 10 if name.startswith("left") else -10
    joints.seen[5:] = HIDDEN
    for way_px, right in ((10, 5), (-10, 0)):
        found = legs(way_px, _track(1, 100, range(5)))
        scored = score_people(_clip(100), (found,), joints).people[0].joints
        assert (scored.sided, scored.right_before) == (5, right)
    together = _joints(100)
    scored = score_people(_clip(100), (_track(1, 100, range(N)),), together).people[0].joints
    assert scored.sided == 0


def test_small_people_are_summed_up_on_their_own():
    found = _track(1, 100, range(N), off_px=5.0)
    scored = score_people(_clip(100), (found,), _joints(100)).people[0].joints
    assert len(scored.small_errors_pct) == N
    large = replace(scored, heights_px=np.full(N, 200.0))
    assert len(large.small_errors_pct) == 0


def test_without_joints_only_labelled_times_count():
    clip = TrueClip(
        Path("nowhere.mp4"), 2.0,
        (TruePerson("p0", _boxes(100)[::5], Span("labelled", 0, 2), (), (), ()),), False, "real",
    )  # fmt: skip
    score = score_people(clip, (_track(1, 100, range(N)),), None)
    assert (score.people[0].frames, score.people[0].by_one) == (4, 4)
    assert "p0" in as_text([score])


def test_identities_are_given_one_to_one():
    hits = np.zeros((10, 2, 2), bool)
    hits[:6, 0, 0] = hits[6:, 0, 1] = hits[:6, 1, 1] = hits[6:, 1, 0] = True
    assert id_true_positives(hits) == 12
