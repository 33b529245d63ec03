from __future__ import annotations

import importlib
import subprocess
import sys
import textwrap
import zipfile

import numpy as np
import pytest

from gaitcheck.errors import ModelError, PoseError
from gaitcheck.pose.estimator import PoseEstimator, _Visibility
from gaitcheck.pose.landmarks import INDEX

LEFT_FOOT = [INDEX[f"left_{part}"] for part in ("ankle", "heel", "foot_index")]
RIGHT_FOOT = [INDEX[f"right_{part}"] for part in ("ankle", "heel", "foot_index")]

needs_model = pytest.mark.model


@pytest.fixture(scope="module")
def single(model_path):
    """Give an estimator that takes every picture alone."""
    with PoseEstimator(model_path, following=False) as estimator:
        yield estimator


@pytest.fixture(scope="module")
def following(model_path):
    with PoseEstimator(model_path) as estimator:
        yield estimator


@pytest.fixture
def empty_room():
    return np.full((480, 480, 3), 128, np.uint8)


def _feet_px(body):
    """Give the middle of the left and of the right foot."""
    return body.points_px[LEFT_FOOT].mean(axis=0), body.points_px[RIGHT_FOOT].mean(axis=0)


@needs_model
@pytest.mark.parametrize("shift_px", [-80, 0, 80])
def test_a_body_is_found_where_it_stands_with_its_own_left_and_right(single, draw_person, shift_px):
    (body,) = single.estimate(draw_person(shift_px=shift_px), time_s=0.0)
    left, right = _feet_px(body)
    assert left == pytest.approx((286 + shift_px, 405), abs=12)
    assert right == pytest.approx((206 + shift_px, 405), abs=12)
    nose = body.points_px[INDEX["nose"]]
    assert nose == pytest.approx((240 + shift_px, 86), abs=12)


@needs_model
def test_coordinates_are_px_of_the_picture_given_also_where_it_is_not_square(single, draw_person):
    (square,) = single.estimate(draw_person(), time_s=0.0)
    wide = np.pad(draw_person(), ((0, 0), (160, 0), (0, 0)), mode="edge")
    (body,) = single.estimate(wide, time_s=0.0)
    assert body.points_px - [160, 0] == pytest.approx(square.points_px, abs=12)


@needs_model
def test_shapes_and_ranges(single, draw_person):
    (body,) = single.estimate(draw_person(), time_s=0.0)
    assert body.points_px.shape == (33, 2)
    assert body.world_m.shape == (33, 3)
    for values in (body.visibility, body.presence):
        assert values.shape == (33,)
        assert 0.0 <= values.min() <= values.max() <= 1.0
    height_m = np.ptp(body.world_m[:, 1])
    assert 1.0 < height_m < 2.2
    assert body.mask is None


@needs_model
def test_channels_are_taken_as_opencv_orders_them(single, draw_person):
    """Skin turned blue is still found, but not as the same pixels would be."""
    (body,) = single.estimate(draw_person(), time_s=0.0)
    swapped = np.ascontiguousarray(draw_person()[..., ::-1])
    other = single.estimate(swapped, time_s=0.0)
    assert not other or not np.allclose(other[0].points_px, body.points_px)


@needs_model
def test_a_view_of_a_larger_picture_is_taken_as_it_is(single, draw_person):
    framed = np.pad(draw_person(), ((7, 5), (11, 3), (0, 0)))
    (whole,) = single.estimate(draw_person(), time_s=0.0)
    (view,) = single.estimate(framed[7:-5, 11:-3], time_s=0.0)
    assert np.array_equal(view.points_px, whole.points_px)


@needs_model
@pytest.mark.parametrize("seed", [0, 1])
def test_nobody_is_nobody(single, following, empty_room, seed):
    noise = np.random.default_rng(seed).integers(0, 255, (300, 400, 3), dtype=np.uint8)
    for estimator in (single, following):
        assert estimator.estimate(empty_room, time_s=0.0) == ()
        assert estimator.estimate(noise, time_s=0.1) == ()


@needs_model
def test_following_keeps_up_without_delay(following, draw_person):
    """Eight frames still, then a leap of 40 px: the landmarks leap at once, as in single pictures.

    MediaPipe's own smoothing would lag behind by a third of the leap and more.
    """
    following.reset()
    for i in range(8):
        following.estimate(draw_person(), time_s=i / 30)
    (before,) = following.estimate(draw_person(), time_s=8 / 30)
    (after,) = following.estimate(draw_person(shift_px=40), time_s=9 / 30)
    for was, now in zip(_feet_px(before), _feet_px(after), strict=True):
        assert now - was == pytest.approx((40, 0), abs=6)


@needs_model
def test_following_gives_the_visibility_of_the_one_picture(following, single, draw_person):
    """Feet that leave the picture are hidden in that frame, not a third of a second later."""
    cut = draw_person()
    cut[330:] = cut[329]
    following.reset()
    for i in range(8):
        following.estimate(draw_person(), time_s=i / 30)
    (hidden,) = following.estimate(cut, time_s=8 / 30)
    (alone,) = single.estimate(cut, time_s=0.0)
    assert hidden.visibility[LEFT_FOOT] == pytest.approx(alone.visibility[LEFT_FOOT], abs=0.25)
    (back,) = following.estimate(draw_person(), time_s=9 / 30)
    assert back.visibility[LEFT_FOOT].min() > hidden.visibility[LEFT_FOOT].max() + 0.3


@needs_model
def test_times_may_stand_still_run_back_or_be_missing(following, draw_person):
    for time_s in (5.0, 5.0, 5.0001, 1.0, 3600.0, 0.0, float("nan")):
        assert len(following.estimate(draw_person(), time_s=time_s)) == 1


@needs_model
def test_reset_forgets_the_person_followed(following, draw_person, empty_room):
    """After it the next picture is searched whole, so the answer is that of a first picture."""
    following.reset()
    (first,) = following.estimate(draw_person(shift_px=80), time_s=0.0)
    for i in range(5):
        following.estimate(draw_person(shift_px=-80), time_s=i / 30)
    following.reset()
    (again,) = following.estimate(draw_person(shift_px=80), time_s=1.0)
    assert again.points_px == pytest.approx(first.points_px, abs=1e-3)
    assert again.visibility == pytest.approx(first.visibility, abs=1e-5)
    following.reset()
    following.reset()
    assert following.estimate(empty_room, time_s=2.0) == ()


@needs_model
def test_people_in_turn_share_an_estimator(following, draw_person):
    """Two people in crops that hold them alike, one brighter: each gets their own landmarks."""
    other = np.clip(draw_person(shift_px=12).astype(int) + 30, 0, 255).astype(np.uint8)
    following.reset()
    for i in range(6):
        (a,) = following.estimate(draw_person(), time_s=i / 30)
        (b,) = following.estimate(other, time_s=i / 30)
    for of_a, of_b in zip(_feet_px(a), _feet_px(b), strict=True):
        assert of_b - of_a == pytest.approx((12, 0), abs=6)


@needs_model
def test_several_bodies(model_path, draw_person):
    two = np.concatenate([draw_person()[:, 60:-60], draw_person()[:, 60:-60]], axis=1)
    with PoseEstimator(model_path, max_bodies=3, following=False) as estimator:
        bodies = estimator.estimate(two, time_s=0.0)
    middles = sorted(body.points_px[:, 0].mean() for body in bodies)
    assert middles == pytest.approx([180, 540], abs=20)


@needs_model
def test_a_mask_covers_the_body_and_not_the_wall(model_path, draw_person):
    with PoseEstimator(model_path, following=False, with_mask=True) as estimator:
        (body,) = estimator.estimate(draw_person(), time_s=0.0)
    assert body.mask.shape == (480, 480)
    assert body.mask.dtype == np.float32
    assert body.mask[150:230, 220:260].mean() > 0.9
    assert body.mask[:, :80].mean() < 0.05


@needs_model
@pytest.mark.parametrize(
    ("picture", "says"),
    [
        (np.zeros((10, 10), np.uint8), "COLOR_GRAY2BGR"),
        (np.zeros((10, 10, 1), np.uint8), "shape"),
        (np.zeros((10, 10, 4), np.uint8), "shape"),
        (np.zeros((10, 10, 3), np.float32), "uint8"),
        (np.zeros((0, 10, 3), np.uint8), "empty"),
        ([[1, 2, 3]], "numpy array"),
        (None, "numpy array"),
    ],
    ids=["grey", "one channel", "alpha", "float", "empty", "list", "none"],
)
def test_what_is_no_colour_picture_is_refused(single, picture, says):
    with pytest.raises(PoseError, match=says):
        single.estimate(picture, time_s=0.0)


@needs_model
def test_a_closed_estimator_says_so(model_path, draw_person):
    estimator = PoseEstimator(model_path)
    estimator.close()
    estimator.close()
    with pytest.raises(PoseError, match="closed"):
        estimator.estimate(draw_person(), time_s=0.0)


def test_a_missing_model_is_told(tmp_path):
    with pytest.raises(ModelError, match=r"cannot read the pose model .*none\.task"):
        PoseEstimator(tmp_path / "none.task")


def test_what_is_no_model_is_told(tmp_path):
    path = tmp_path / "notes.task"
    path.write_bytes(b"groceries: milk, bread")
    with pytest.raises(ModelError, match=r"notes\.task is no usable pose landmarker bundle"):
        PoseEstimator(path)


def test_a_missing_system_library_is_no_fault_of_the_model(tmp_path, monkeypatch):
    path = tmp_path / "any.task"
    path.write_bytes(b"")

    def create(*_):
        raise OSError("libEGL.so.1: cannot open shared object file: No such file or directory")

    mediapipe = importlib.import_module("mediapipe")
    monkeypatch.setattr(mediapipe.tasks.vision.PoseLandmarker, "create_from_options", create)
    with pytest.raises(PoseError, match=r"libEGL\.so\.1.*gaitcheck doctor"):
        PoseEstimator(path)


@needs_model
def test_a_bundle_of_networks_in_the_wrong_places_breaks_off_in_one_line(
    tmp_path, model_path, draw_person
):
    path = tmp_path / "crossed.task"
    with zipfile.ZipFile(model_path) as whole, zipfile.ZipFile(path, "w") as crossed:
        a, b = whole.namelist()
        crossed.writestr(a, whole.read(b))
        crossed.writestr(b, whole.read(a))
    with (
        pytest.raises((PoseError, ModelError), match=r"480 x 480 px at 2\.500 s") as caught,
        PoseEstimator(path) as estimator,
    ):
        estimator.estimate(draw_person(), time_s=2.5)
    assert "\n" not in str(caught.value)


def test_at_least_one_body_must_be_allowed(tmp_path):
    with pytest.raises(PoseError, match="at least 1"):
        PoseEstimator(tmp_path, max_bodies=0)


def test_undoing_the_smoothing_gives_back_the_values():
    rng = np.random.default_rng(1)
    true = rng.uniform(size=(20, 33))
    undo = _Visibility()
    smoothed = true[0]
    for i, row in enumerate(true):
        smoothed = row if i == 0 else 0.1 * row + 0.9 * smoothed
        assert undo.undo(smoothed) == pytest.approx(row)


@needs_model
@pytest.mark.parametrize("closed", [True, False], ids=["closed", "left open"])
def test_a_process_leaves_nothing_on_standard_error(tmp_path, model_path, draw_person, closed):
    """Neither MediaPipe's warnings nor tracebacks at the end, also where close is forgotten."""
    picture = tmp_path / "person.npy"
    np.save(picture, draw_person())
    script = textwrap.dedent(
        """
        import sys
        import numpy as np
        from gaitcheck.pose.estimator import PoseEstimator
        picture = np.load(sys.argv[1])
        for kind in ({}, {"following": False}, {"max_bodies": 2, "with_mask": True}):
            estimator = PoseEstimator(sys.argv[2], **kind)
            assert estimator.estimate(picture * 0, time_s=0) == ()
            for i in range(3):
                assert len(estimator.estimate(picture, time_s=i)) == 1
            estimator.reset()
            if sys.argv[3] == "True":
                estimator.close()
        print("done")
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(picture), str(model_path), str(closed)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
