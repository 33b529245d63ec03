from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.people.scout import Scout

BLOB = np.array([300.0, 200.0, 330.0, 280.0])
PERSON = np.array([100.0, 100.0, 180.0, 400.0])


def _scout(width: int = 640, height: int = 480) -> Scout:
    return Scout(picture_size=(width, height), min_height_px=45.0)


def _watch(scout, *, until_s, blobs=(), people=None, fixed=True, fps=25.0):
    """Give (time, place) of everything looked at."""
    looked = []
    for i in range(round(until_s * fps)):
        places = scout.places(time_s=i / fps, blobs=list(blobs), people=people or {}, fixed=fixed)
        looked.extend((i / fps, place) for place in places)
    return looked


def test_the_whole_picture_comes_first():
    (first, *_) = _scout().places(time_s=0.0, blobs=[BLOB], people={}, fixed=True)
    assert first.kind == "whole"
    assert (first.crop.box[:2] <= 0).all()
    assert (first.crop.box[2:] >= (640, 480)).all()


def test_while_nobody_is_followed_the_whole_picture_is_searched_often():
    alone = [t for t, p in _watch(_scout(), until_s=10) if p.kind == "whole"]
    busy = [t for t, p in _watch(_scout(), until_s=10, people={1: PERSON}) if p.kind == "whole"]
    assert 15 <= len(alone) <= 25
    assert 4 <= len(busy) <= 6


@pytest.mark.parametrize("fps", [10.0, 25.0, 60.0])
def test_searching_is_rationed_by_time_not_by_frames(fps):
    blobs = [BLOB + 90 * k for k in range(3)]
    looked = _watch(_scout(), until_s=20, blobs=blobs, people={1: PERSON}, fixed=False, fps=fps)
    n_tiles = 15
    assert 40 <= len(looked) <= 12 + n_tiles + 4 * 20


def test_a_new_blob_is_looked_at_at_once_even_in_a_busy_moment():
    scout = _scout(1920, 1080)
    _watch(scout, until_s=2.0)
    places = scout.places(time_s=2.0, blobs=[BLOB], people={}, fixed=True)
    assert "blob" in [p.kind for p in places]


def test_a_blob_in_vain_is_tried_less_and_less():
    looked = _watch(_scout(), until_s=12, blobs=[BLOB], people={1: PERSON})
    times = [t for t, p in looked if p.kind == "blob"]
    pauses = np.diff(times)
    assert 5 <= len(times) <= 10
    assert pauses[0] < 0.5
    assert pauses[-1] > 2.0
    assert (np.diff(pauses) > -0.1).all()


def test_the_crop_of_a_blob_holds_it_and_is_no_smaller_than_a_person():
    scout = _scout()
    scout.places(time_s=0.0, blobs=[], people={}, fixed=True)
    tiny = np.array([300.0, 200.0, 306.0, 225.0])
    crops = {p.kind: p.crop for p in scout.places(time_s=0.04, blobs=[tiny], people={}, fixed=True)}
    assert crops["blob"].size_px >= 60
    assert (crops["blob"].box[:2] < tiny[:2]).all()


def test_beside_a_new_person_is_searched_soon_and_then_now_and_then():
    looked = _watch(_scout(), until_s=9.0, people={7: PERSON})
    times = [t for t, p in looked if p.kind == "beside"]
    assert times[0] < 0.3
    assert 8 <= len(times) <= 13


@pytest.mark.parametrize(("width", "height"), [(640, 480), (1920, 1080), (1080, 1920), (320, 240)])
def test_tiles_cover_the_whole_picture(width, height):
    looked = _watch(_scout(width, height), until_s=30.0, fixed=False)
    covered = np.zeros((height, width), bool)
    for _, place in looked:
        if place.kind == "tile":
            x0, y0, x1, y1 = np.round(place.crop.box).astype(int)
            covered[max(y0, 0) : y1, max(x0, 0) : x1] = True
    assert covered.all()
