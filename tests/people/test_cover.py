from __future__ import annotations

import pytest

from gaitcheck.people.cover import body_mask, covered_head, covered_share
from tests.people.scene import standing


def test_mask_covers_the_body_and_not_the_room():
    points = standing(x=100, feet_y=190, height=180)
    mask = body_mask(points, shape=(200, 200))
    at = points.astype(int)
    assert (mask[at[:, 1], at[:, 0]] == 255).all()
    assert 0.05 < (mask > 0).mean() < 0.3
    assert not mask[:, :50].any()


def test_mask_at_reduced_size_covers_the_same_share():
    points = standing(x=100, feet_y=190, height=180)
    full = (body_mask(points, shape=(200, 200)) > 0).mean()
    half = (body_mask(points, shape=(100, 100), scale=0.5) > 0).mean()
    assert half == pytest.approx(full, rel=0.1)


def test_covered_share_tells_legs_of_another_from_a_child_beside():
    adult = standing(x=300, feet_y=400, height=300)
    legs = standing(x=300, feet_y=395, height=110)
    assert covered_share(legs, [adult]) > 0.8
    assert covered_share(standing(x=365, feet_y=400, height=140), [adult]) < 0.5
    assert covered_share(standing(x=420, feet_y=400, height=140), [adult]) == 0.0
    assert covered_share(legs, []) == 0.0


def test_covered_head_tells_a_head_on_anothers_legs_from_one_beside_them():
    adult = standing(x=300, feet_y=400, height=300)
    assert covered_head(standing(x=310, feet_y=395, height=130), adult) > 0.8
    assert covered_head(standing(x=360, feet_y=400, height=140), adult) < 0.3
