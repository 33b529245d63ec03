"""People for the studio: from a build, a look and a script to joints, shapes and exact steps.

Metres, seconds, radians; y up, the floor at y = 0. Heading 0 looks along +z; forward is
``(sin, 0, cos)`` of the heading and the person's own left ``(cos, 0, -sin)``.

::

    actor = make_actor(build="child5", look={}, script=[
        {"do": "sit", "seconds": 1.2, "seat_m": 0.36},
        {"do": "rise", "seconds": 1.5},
        {"do": "walk", "steps": 7, "gait": "ataxic"},
        {"do": "turn", "deg": 180, "steps": 5},
        {"do": "sit_down", "seconds": 1.4, "seat_m": 0.36, "back_m": 0.22},
        {"do": "sit", "seconds": 2.0},
    ], start=(-1.5, 0.3), heading_deg=90, seed=4)
    actor.end_s, actor.steps, actor.postures      # the truth
    pose = actor.pose(2.5)                        # joints at 2.5 s
    shapes, groups, capsules = actor.primitives(pose, material_base)
    actor.truth_points(pose)                      # landmark names and head_top -> (3,)
    actor.attach("left", lambda t: (point, 1.0))  # a hand follows a target

The contract is ``benchmarks.studio.actor.Actor``. Beyond it an actor has ``build``,
``contact(side, t)`` and ``residual_m(side, t)`` (how far the palm is from what it should hold; 0.0
where free, on its way or reached). ``point(name, t)`` gives a place on the body for others to take
hold of: see ``skeleton.body_point`` ("left_palm", "right_waist", "back", ...). Places on trunk and
legs ask no arm; of "palm", "wrist", "elbow", "upper_arm" and "forearm" two people must not hold
each other's at once, or each waits for the other.

Postures are labelled in the words of ``gaitcheck.gait.events``: marching, dancing and jumping on
the spot count as standing, turning and stumbling as walking, kneeling as unknown, being caught as
falling, held by the trunk after it as carried; the last span has no end. Actors named by `who`
must be made before.

A hand's target is where the middle of the palm goes. Fields of a look are those of ``looks.Look``.

**Words of a script.** Every entry has ``do`` and mostly ``seconds``; `arms` (words in ``arms``),
``stoop`` (rad, trunk bent forward), ``crouch`` (share of the leg length given up), ``head`` (rad,
nodding down) and ``look`` (rad, head turned to the left) may be added to any entry and hold for
it alone. Gait kinds are in ``gaits.GAITS``.

==============  ====================================================================================
do              further keys (defaults)
==============  ====================================================================================
stand           seconds; sway (1.0, times the usual); gait (how one stands: "crouch", ...)
walk            steps or distance_m or to ([x, z]); gait ("typical" of the build), direction
                ("forward", "backward", "left", "right"), turn_deg (0; a curve, + to the left),
                step_m, cadence_spm, first ("left", "right"); `close` (true: the feet end side by
                side)
turn            deg (+ left) or to ([x, z] to face); steps, gait
march           steps; gait, cadence_spm, lift (0.2; how high the ankle rises, share of height)
dance           seconds; cadence_spm: steps on the spot, arms in the air
jump            times (1); flight_s (0.28)
sit             seconds, seat_m (height of the seat); only first in a script or after ``sit_down``
sit_down        seconds, seat_m, back_m (how far the pelvis goes back)
rise            seconds: from sitting to standing
kneel_down      seconds;  ``kneel`` seconds: stays; ``get_up`` seconds: from the floor to standing
crawl           distance_m, speed_m_s; from kneeling or as the first entry (hands and knees)
stumble         one quick long step, trunk thrown forward, and two to recover
fall            seconds, way ("forward", "left", "right", "back"); then ``lie`` seconds
lie             seconds, way ("supine", "prone", "left", "right")
caught          seconds, drop_m: the knees give way, the pelvis is held; ``held`` seconds: stays
follow          who (name in ``others``), ahead_m, left_m, face ("same", "toward"), seconds:
                steps beside, behind or (walking backward) before another actor
carried         who (name in ``others``), seconds, side ("front", "left", "right"), lift_s (0.9);
                then ``put_down`` seconds
==============  ====================================================================================
"""

from __future__ import annotations

from benchmarks.studio.person.performer import Landing, Performer, make_actor
from benchmarks.studio.person.plan import ScriptError

__all__ = ["Landing", "Performer", "ScriptError", "make_actor"]
