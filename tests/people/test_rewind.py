from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.people.estimators import Follower
from gaitcheck.people.geometry import body_centre
from gaitcheck.people.person import Person
from gaitcheck.people.rewind import Past, rewind
from tests.people.scene import Estimator, body, frames, standing


def _path(t: float) -> np.ndarray | None:
    return None if t < 0.4 else standing(x=120 + 60 * t, feet_y=420, height=200)


def _begun(shown, *, at: int, n: int) -> tuple[Person, Past]:
    """Somebody found in frame `at` and followed for `n` frames."""
    past = Past()
    person = None
    for frame in shown[: at + n]:
        if frame.index >= at:
            seen = body(_path(frame.time_s))
            if person is None:
                person = Person(
                    0, seen, row=at, time_s=frame.time_s, picture_size=(640, 480),
                    estimator=Follower(Estimator(1, following=True)),
                )  # fmt: skip
            else:
                person.see(seen, row=frame.index, time_s=frame.time_s)
        past.keep(frame.image_bgr, row=frame.index, time_s=frame.time_s)
    return person, past


def _rewind(person, past, shown, others=None):
    times = [frame.time_s for frame in shown]
    return rewind(person, past, times_s=times, others=others or {}, min_size_px=27)


def test_goes_back_to_where_they_came_in_sight():
    shown = frames([_path], n=45)
    person, past = _begun(shown, at=35, n=5)
    found = _rewind(person, past, shown)
    assert [row for row, _ in found.bodies] == list(range(35, 11, -1))
    assert found.met is None
    for row, seen in found.bodies:
        away = body_centre(seen.points_px) - body_centre(_path(row / 25))
        assert np.linalg.norm(away) < 4


def test_nothing_is_known_before_the_first_picture_of_a_scene():
    shown = frames([_path], n=45)
    person, past = _begun(shown, at=35, n=5)
    past.clear()
    assert _rewind(person, past, shown).bodies == []


def test_stops_at_somebody_elses_body_and_says_where():
    shown = frames([_path], n=45)
    person, past = _begun(shown, at=35, n=5)
    others = {row: [_path(row / 25)] for row in range(10, 28)}
    found = _rewind(person, past, shown, others)
    assert [row for row, _ in found.bodies] == list(range(35, 27, -1))
    assert found.met is not None
    assert found.met[0] == 27


def test_two_found_in_one_pose_lie_on_each_other_and_are_two():
    shown = frames([_path], n=45)
    person, past = _begun(shown, at=35, n=5)
    person.in_pair = True
    others = {row: [_path(row / 25) + np.array([20.0, 0.0])] for row in range(10, 36)}
    assert len(_rewind(person, past, shown, others).bodies) > 10
    person.in_pair = False
    assert _rewind(person, past, shown, others).met is not None


@pytest.mark.parametrize(("width", "height"), [(640, 480), (1920, 1080), (961, 541)])
def test_past_is_bounded_in_time_and_memory(width, height):
    past = Past()
    rng = np.random.default_rng(0)
    picture = rng.integers(0, 255, (height, width, 3), dtype=np.uint8)
    for row in range(120):
        past.keep(picture, row=row, time_s=row / 25)
    kept = past.before(120)
    assert [f.row for f in kept] == list(range(119, 119 - len(kept), -1))
    assert kept[0].time_s - kept[-1].time_s <= 2.5
    assert sum(f.planes.nbytes for f in kept) <= 32e6
    assert len(kept) >= 30
    assert kept[0].image.shape[2] == 3
    assert abs(kept[0].image.shape[1] - width * kept[0].scale) <= 2
