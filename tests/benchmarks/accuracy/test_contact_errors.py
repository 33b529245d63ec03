"""What the table of contact errors calls what: one clip made by hand, with true joints."""

from pathlib import Path

import numpy as np

from benchmarks.accuracy.contact_errors import faults_of, table
from benchmarks.studio.joints import Joints
from gaitcheck.pose.landmarks import INDEX
from gaitcheck.scoring.truth import Contact, Span, TrueClip, TruePerson
from tests.gait.walker import contacts, exchanged, make_track, straight


def walk():
    falls = straight(n_steps=8, step_s=0.55, step_m=0.5)
    track = make_track(falls)
    boxes = np.concatenate([track.time_s[:, None], track.boxes_px], axis=1)
    return falls, track, boxes


def clip_of(true, boxes, end_s):
    person = TruePerson("she", boxes, Span("labelled", 0.0, end_s), tuple(true), (), ())
    return TrueClip(Path("walk.mp4"), end_s, (person,), True, "tune")


def joints_of(track):
    names = list(INDEX)
    xy = track.points_px[:, None]
    return Joints(
        track.time_s,
        ["she"],
        names,
        xy,
        np.full(xy.shape[:3], 2, np.uint8),
        track.boxes_px[:, None],
    )


def test_a_walk_as_told_has_no_faults():
    falls, track, boxes = walk()
    true = [Contact(t, side) for t, side in contacts(falls)]
    faults, matched = faults_of(
        clip_of(true, boxes, track.time_s[-1] + 1), (track,), joints_of(track)
    )
    assert faults == []
    assert len(matched) == len(true)


def test_late_missed_and_invented_contacts_are_told_apart():
    falls, track, boxes = walk()
    told = contacts(falls)
    true = [Contact(t, side) for t, side in told]
    true[2] = Contact(told[2][0] + 0.15, told[2][1])  # found 150 ms early
    del true[5]  # found, not true
    true.append(Contact(told[-1][0] + 0.8, "left"))  # true, not found
    faults, _ = faults_of(clip_of(true, boxes, track.time_s[-1] + 1), (track,), joints_of(track))
    kinds = sorted(f.kind for f in faults)
    assert kinds == [
        "100 to 200 ms early",
        "invented: between true steps",
        "missed: no movement found",
    ]
    assert {f.pose for f in faults} == {"good"}
    assert "| 100 to 200 ms early | 1 | 1 |" in table(faults, "kind", lambda f: f.kind)


def test_the_pose_is_told_to_be_exchanged():
    falls, track, boxes = walk()
    true = [Contact(t, side) for t, side in contacts(falls)] + [Contact(1.75, "left")]
    whole = exchanged(track, [(0.0, 100.0)])
    faults, _ = faults_of(clip_of(true, boxes, track.time_s[-1] + 1), (whole,), joints_of(track))
    assert [f.pose for f in faults] == ["exchanged"]
