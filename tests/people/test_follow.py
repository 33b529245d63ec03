from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gaitcheck.people.follow import track_people
from gaitcheck.people.geometry import body_centre, overlap
from gaitcheck.settings import PeopleSettings
from gaitcheck.video.reader import open_video
from tests.people.scene import Factory, frames, room, standing

NO_MODEL = Path("no model is needed")


def _run(paths, *, n, hops=(), workers=2, settings=None, shown=None, **kwargs):
    factory = Factory(hops)
    result = track_people(
        frames(paths, n=n, **kwargs) if shown is None else shown,
        model_path=NO_MODEL,
        settings=settings or PeopleSettings(),
        estimator_factory=factory,
        workers=workers,
    )
    assert factory.made
    assert all(e.closed for e in factory.made)
    return result


def _walk(*, x=100.0, speed=60.0, height=200.0, feet_y=420.0, start=0.0, end=1e9):
    def path(t):
        if not start <= t < end:
            return None
        return standing(x=x + speed * t, feet_y=feet_y, height=height)

    return path


def _whose(track, path, *, within=0.12):
    """Share of the track's seen frames that lie on the person of `path`."""
    hits = []
    for t, points in zip(track.time_s[track.seen], track.points_px[track.seen], strict=True):
        true = path(float(t))
        if true is None:
            hits.append(False)
            continue
        away = np.linalg.norm(body_centre(points) - body_centre(true))
        hits.append(away < within * np.ptp(true[:, 1]))
    return float(np.mean(hits))


def test_one_walker_is_one_track_from_first_frame_to_last():
    path = _walk()
    result = _run([path], n=75)
    (track,) = result.tracks
    assert track.person == 1
    assert len(track) == 75
    assert track.seen.all()
    assert _whose(track, path, within=0.03) == 1.0
    assert result.warnings == ()
    np.testing.assert_array_equal(track.to_room, np.tile(np.eye(3), (75, 1, 1)))
    assert track.picture_size == (640, 480)


def test_small_people_are_found_by_their_motion():
    path = _walk(height=60.0, speed=25.0, start=0.4)
    (track,) = _run([path], n=75).tracks
    assert track.time_s[0] < 1.0
    assert _whose(track, path) == 1.0


def test_adult_and_child_side_by_side_are_two():
    adult = _walk(height=260.0, x=120.0)
    child = _walk(height=130.0, x=175.0)
    result = _run([adult, child], n=75)
    assert len(result.tracks) == 2
    assert _whose(result.tracks[0], adult) == 1.0
    assert _whose(result.tracks[1], child) > 0.97
    assert result.tracks[1].time_s[0] < 0.3


def test_two_who_cross_keep_their_numbers():
    a = _walk(x=80.0, speed=90.0, feet_y=380.0)
    b = _walk(x=540.0, speed=-90.0, feet_y=430.0, height=230.0)
    result = _run([a, b], n=125)
    assert len(result.tracks) == 2
    shares = sorted((_whose(t, a), _whose(t, b)) for t in result.tracks)
    assert shares[0][1] > 0.9
    assert shares[1][0] > 0.9
    for track in result.tracks:
        assert track.seen.mean() > 0.8


def test_five_share_four_estimators():
    paths = [_walk(x=70.0 + 120 * k, speed=5.0, height=100 + 8 * k) for k in range(5)]
    result = _run(paths, n=75)
    assert len(result.tracks) == 5
    for path in paths:
        assert max(_whose(track, path) for track in result.tracks) > 0.97
    assert all(track.seen.mean() > 0.93 for track in result.tracks)


def test_whoever_comes_out_of_long_hiding_and_was_found_late_is_the_same():
    """Lost for 0.8 s beyond all continuity, found by a search, and traced back to the old track."""
    path = _walk(speed=150.0, x=60.0)
    blind = [k / 25 for k in range(30, 62)]
    result = _run([path], n=75, hops=blind)
    assert all(_whose(track, path) == 1.0 for track in result.tracks)
    assert result.tracks[0].time_s[0] == 0.0


def test_short_hiding_is_a_gap_in_one_track():
    shown, hidden = _walk(), (1.0, 1.6)

    def path(t):
        return None if hidden[0] <= t < hidden[1] else shown(t)

    (track,) = _run([path], n=75).tracks
    gap = ~track.seen
    assert gap.any()
    assert np.isnan(track.points_px[gap]).all()
    assert np.isnan(track.boxes_px[gap]).all()
    assert (track.visibility[gap] == 0).all()
    assert track.time_s[gap].min() >= 1.0 - 1e-9
    assert track.time_s[gap].max() < 1.75
    assert _whose(track, shown) == 1.0


def test_whoever_is_found_again_soon_by_a_search_keeps_the_number():
    """The estimator that followed is blind for a while; the whole-picture search is not."""
    path = _walk(speed=10.0)
    result = _run([path], n=75, hops=[k / 25 for k in range(30, 45)])
    (track,) = result.tracks
    assert _whose(track, path) == 1.0
    assert track.frame_index[-1] == 74


def test_a_glimpse_between_gaps_is_not_believed():
    shown = _walk(speed=20.0)

    def path(t):
        return shown(t) if t < 1.5 or 1.99 < t < 2.03 else None

    (track,) = _run([path], n=75).tracks
    assert track.time_s[-1] < 1.5


def test_long_absence_ends_the_track_and_the_end_is_trimmed():
    path = _walk(end=1.0)
    (track,) = _run([path], n=100).tracks
    assert track.time_s[-1] < 1.0
    assert track.seen[-1]


def test_whoever_was_seen_too_briefly_to_know_the_clothes_is_a_new_number_after_long_absence():
    shown = _walk(speed=30)

    def path(t):
        return None if 1.0 <= t < 3.0 else shown(t)

    result = _run([path], n=110)
    assert [t.person for t in result.tracks] == [1, 2]
    assert result.tracks[1].time_s[0] >= 3.0


def test_whoever_comes_back_late_is_told_by_the_clothes():
    shown = _walk(speed=10.0)

    def path(t):
        return None if 2.5 <= t < 5.5 else shown(t)

    (track,) = _run([path], n=190).tracks
    assert track.time_s[0] == 0.0
    assert track.frame_index[-1] == 189
    assert not track.seen[(track.time_s > 2.6) & (track.time_s < 5.4)].any()
    assert _whose(track, shown) == 1.0


def test_a_hop_onto_something_else_is_thrown_out_and_the_person_found_again():
    adult, child = _walk(height=240.0, speed=20), _walk(x=330.0, height=130.0, speed=20)
    result = _run([adult, child], n=75, hops=[k / 25 for k in range(40, 44)])
    assert len(result.tracks) == 2
    for track, path in zip(result.tracks, (adult, child), strict=True):
        assert _whose(track, path) == 1.0
        assert track.frame_index[~track.seen].tolist() == [40, 41, 42, 43]


def test_nobody_in_an_empty_room():
    result = _run([], n=40)
    assert result.tracks == ()


def test_nothing_read_is_no_track():
    result = track_people([], model_path=NO_MODEL, estimator_factory=Factory())
    assert result.tracks == ()


def test_someone_seen_for_a_moment_is_no_track():
    assert _run([_walk(end=0.2)], n=50).tracks == ()


def test_partly_outside_keeps_what_is_seen_and_doubts_the_rest():
    (track,) = _run([_walk(x=300.0, speed=0.0, feet_y=470.0, height=200.0)], n=20).tracks
    inside = (track.points_px[..., 1] < 480) & (track.points_px[..., 1] >= 0)
    assert inside.all()
    leaving = _walk(x=560.0, speed=60.0)
    (track,) = _run([leaving], n=60).tracks
    outside = track.points_px[track.seen][..., 0] >= 640
    assert (track.visibility[track.seen][outside] <= 0.051).all()
    assert (track.boxes_px[track.seen][:, 2] <= 640).all()


def test_a_cut_ends_everybody():
    other = np.ascontiguousarray(room()[::-1, ::-1])
    path = _walk(speed=20)
    shown = frames([path], n=30)
    later = frames([path], n=70, background=other)[30:]
    result = _run([], n=0, shown=shown + later)
    assert len(result.tracks) == 2
    assert result.tracks[0].time_s[-1] < 30 / 25
    assert result.tracks[1].time_s[0] >= 30 / 25
    assert "1.20 s" in result.warnings[0]


def test_more_people_than_allowed_is_said():
    paths = [_walk(x=100.0 + 130 * k, speed=5) for k in range(4)]
    result = _run(paths, n=100, settings=PeopleSettings(max_people=2))
    assert len(result.tracks) == 2
    assert any("max_people" in w for w in result.warnings)


@pytest.mark.parametrize("workers", [1, 4])
def test_the_number_of_threads_changes_nothing(workers):
    paths = [_walk(), _walk(x=175, height=120), _walk(x=500, speed=-60)]
    paths += [_walk(x=330, speed=5), _walk(x=590, speed=-10, height=150)]
    expected = _run(paths, n=60, workers=2).tracks
    found = _run(paths, n=60, workers=workers).tracks
    assert len(found) == len(expected)
    for a, b in zip(found, expected, strict=True):
        np.testing.assert_array_equal(a.points_px, b.points_px)
        np.testing.assert_array_equal(a.boxes_px, b.boxes_px)


def test_frames_are_told_of_in_order_and_a_refusal_ends_the_run():
    told = []

    def on_frame(frame):
        told.append(frame.index)
        if frame.index == 5:
            raise KeyboardInterrupt

    factory = Factory()
    with pytest.raises(KeyboardInterrupt):
        track_people(
            frames([_walk()], n=20),
            model_path=NO_MODEL,
            estimator_factory=factory,
            on_frame=on_frame,
        )
    assert told == [0, 1, 2, 3, 4, 5]
    assert all(e.closed for e in factory.made)


def test_skipped_frames_keep_their_numbers():
    shown = [f for f in frames([_walk()], n=40) if f.index not in (10, 11)]
    (track,) = _run([], n=0, shown=shown).tracks
    assert track.frame_index.tolist() == [i for i in range(40) if i not in (10, 11)]


def test_someone_followed_is_not_searched_for_every_frame():
    factory = Factory()
    track_people(frames([_walk(speed=20)], n=150), model_path=NO_MODEL, estimator_factory=factory)
    searches = sum(e.n_calls for e in factory.made if not e.following)
    follows = sum(e.n_calls for e in factory.made if e.following)
    assert follows >= 149
    assert searches < 45


SAMPLES = Path(__file__).parents[2] / "sample_videos"


@pytest.mark.model
def test_adult_and_child_hand_in_hand_are_two_with_the_real_model(model_path):
    with open_video(SAMPLES / "hand_held.mp4") as video:
        result = track_people((frame for frame in video if frame.index < 60), model_path=model_path)
    assert len(result.tracks) == 2
    heights = sorted(
        float(np.nanmedian(t.boxes_px[:, 3] - t.boxes_px[:, 1])) for t in result.tracks
    )
    assert heights[0] < 0.8 * heights[1]
    for track in result.tracks:
        assert track.seen.mean() > 0.9
        assert len(track) > 50
    true_girl = np.array([157.8, 185.1, 195.7, 316.4])  # frame 0 of the clip's labels
    child = min(
        result.tracks, key=lambda t: float(np.nanmedian(t.boxes_px[:, 3] - t.boxes_px[:, 1]))
    )
    assert overlap(child.boxes_px[0].astype(float), true_girl) > 0.5


@pytest.mark.model
def test_noise_and_an_empty_room_hold_nobody_with_the_real_model(model_path):
    from gaitcheck.video.frame import Frame

    rng = np.random.default_rng(2)
    noise = [
        Frame(i, i / 25, rng.integers(0, 255, (240, 320, 3), dtype=np.uint8)) for i in range(15)
    ]
    assert track_people(noise, model_path=model_path).tracks == ()
    empty = [Frame(i, i / 25, room()) for i in range(15)]
    assert track_people(empty, model_path=model_path).tracks == ()


def test_of_a_fast_clip_every_second_picture_is_looked_at():
    path = _walk(speed=60.0)
    (track,) = _run([path], n=90, fps=60.0).tracks
    assert track.frame_index.tolist() == list(range(0, 90, 2))
    assert _whose(track, path) == 1.0
    (whole,) = _run([path], n=90, fps=60.0, settings=PeopleSettings(pose_rate_hz=60)).tracks
    assert whole.frame_index.tolist() == list(range(90))
