from gaitcheck.video.losses import Losses


def read(pictures, *, hz=30.0):
    losses = Losses(nominal_hz=hz)
    for damaged, time_s in pictures:
        losses.count(damaged, time_s=time_s)
    return losses.warnings()


def test_an_even_video_loses_nothing():
    assert read([(0, i / 30) for i in range(100)]) == ()


def test_damaged_pictures_are_counted_with_their_place():
    (warning,) = read([(0, 0.0), (0, 0.03), (2, 0.13), (0, 0.17), (1, 0.23)])
    assert warning.startswith("3 damaged pictures, the first met near 0.13 s")


def test_a_hole_that_can_hide_a_step_is_told():
    (warning,) = read([(0, 0.0), (0, 0.03), (0, 0.43), (0, 0.46)])
    assert "1 gap without a picture, 0.40 s in all, the longest from 0.03 s to 0.43 s" in warning


def test_a_dropped_picture_is_no_hole():
    assert read([(0, 0.0), (0, 0.033), (0, 0.1), (0, 0.133)]) == ()


def test_a_slow_camera_has_no_holes():
    assert read([(0, i / 4) for i in range(20)], hz=4.0) == ()


def test_a_recording_that_mostly_waits_has_no_holes():
    """Cameras that write a picture only when something moves: gaps are their way."""
    assert read([(0, float(i)) for i in range(20)]) == ()


def test_many_holes_are_told_where_pictures_are_damaged():
    pictures = [(3, i * 0.4) for i in range(20)]
    assert any("19 gaps without a picture" in warning for warning in read(pictures))
