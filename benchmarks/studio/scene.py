"""Scene files: reading and checking. A scene is data; what its words mean is in ``build``."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from benchmarks.studio.errors import SceneError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SCENES = Path(__file__).parent / "scenes"
CLIPS = Path(__file__).parents[1] / "clips"
SAMPLES = Path(__file__).parents[2] / "sample_videos"
CATEGORIES = ("age", "camera", "support", "gait", "light")
SPLITS = ("tune", "report")
T = TypeVar("T")


@dataclass(frozen=True)
class RoomSpec:
    """Which room, its light, and how its colours are turned (by ``seed``; 0 keeps them)."""

    style: str
    light: str = "day"
    seed: int = 0
    bare: bool = False
    """Without the room's own loose furniture."""
    light_at: list[float] = field(default_factory=list)
    exposure: float = 1.0
    """Times the room's own."""


@dataclass(frozen=True)
class PictureSpec:
    """The picture and its encoding.

    ``shutter`` is the share of a frame during which it is open (0: no motion blur); ``crf`` the
    H.264 quality (higher is coarser); ``uneven`` the spread of frame times in frames (variable
    frame rate), ``drop`` the share of frames lost.
    """

    width: int = 640
    height: int = 480
    fps: float = 25.0
    crf: int = 24
    noise: float = 2.5
    blur: float = 0.5
    shutter: float = 0.0
    samples: int = 1
    infrared: bool = False
    vignette: float = 0.15
    bloom: float = 0.0
    gain: float = 1.0
    warmth: float = 0.0
    uneven: float = 0.0
    drop: float = 0.0
    clock: bool = False
    """A date and a running clock written into the picture, as cameras on walls do."""


@dataclass(frozen=True)
class CameraKey:
    """Where the camera is at a moment; moments between are blended smoothly."""

    t_s: float
    at: list[float] = field(default_factory=list)
    look: list[float] = field(default_factory=list)
    fov_deg: float = 0.0


@dataclass(frozen=True)
class CameraSpec:
    """One camera. ``follow`` pans it after a person by ``share`` with a lag of ``lag_s``.

    ``ride`` moves the camera itself along by that share; ``shake`` is the amplitude of a hand's
    tremble at 1 m, m; ``roll_deg`` tilts the picture.
    """

    at: list[float]
    look: list[float]
    fov_deg: float = 60.0
    keys: list[CameraKey] = field(default_factory=list)
    follow: str = ""
    share: float = 0.9
    ride: float = 0.0
    lag_s: float = 0.4
    shake: float = 0.0
    roll_deg: float = 0.0
    distortion: float = 0.0


@dataclass(frozen=True)
class PersonSpec:
    """One person; ``script`` and ``look`` go to ``person.make_actor`` unchanged."""

    name: str
    build: str
    start: list[float]
    script: list[dict[str, Any]]
    heading_deg: float = 0.0
    look: dict[str, Any] = field(default_factory=dict)
    seed: int = 0
    ride: list[list[float]] = field(default_factory=list)
    """Places [t_s, x, z] along which something on wheels carries the person."""
    ride_lift_m: float = 0.0


@dataclass(frozen=True)
class PropSpec:
    """One thing: furniture that stands, an aid that goes with somebody, a pet that wanders.

    ``under`` puts a seat beneath a person as they sit at ``at_s``; ``goes_with`` lets an aid move
    with a person over ``from_s`` to ``until_s``. ``size`` scales it; ``colour`` is linear rgb.
    """

    kind: str
    name: str = ""
    at: list[float] = field(default_factory=list)
    heading_deg: float = 0.0
    under: str = ""
    at_s: float = 0.0
    goes_with: str = ""
    from_s: float = -1.0
    until_s: float = 1e9
    side: str = "right"
    ahead_m: float = 0.0
    size: float = 1.0
    length_m: float = 0.0
    height_m: float = 0.0
    depth_m: float = 0.0
    colour: list[float] = field(default_factory=list)
    path: list[list[float]] = field(default_factory=list)
    """Places [t_s, x, z] of a thing that wanders by itself."""
    ends: list[str] = field(default_factory=list)
    """Of a strap: two places, "NAME.PLACE", on people or on things named before it."""


@dataclass(frozen=True)
class HoldSpec:
    """A hand at a place for a while: what makes (or does not make) a support.

    With ``hand = "none"`` no hand of theirs is there: they hang in a sling that is.

    ``to`` is "NAME.PLACE": a person's place ("father.right_palm", "child.left_armpit") or a prop's
    ("walker.left", "sofa.edge"). ``supports`` is the person it holds up ("" for a look-alike
    such as a hand on one's own hip or a carried toy).
    """

    who: str
    hand: str
    to: str
    from_s: float = -10.0
    until_s: float = 1e9
    supports: str = ""
    take_s: float = 0.5
    regrip_s: float = 0.0
    """For an edge: how long the hand stays before it moves on; 0 slides along."""
    offset: list[float] = field(default_factory=list)
    """m to the holder's left, up and ahead, added to the place."""


@dataclass(frozen=True)
class Scene:
    """One scene, checked."""

    name: str
    title: str
    split: str
    seed: int
    categories: dict[str, str]
    expect: str
    room: RoomSpec
    camera: CameraSpec
    picture: PictureSpec
    people: list[PersonSpec]
    props: list[PropSpec]
    holds: list[HoldSpec]
    duration_s: float
    """0: as long as the first person's script."""
    still_at_s: float
    """The moment that stands still for the whole clip; negative for none."""
    sample: bool
    """Its clip is one of ``sample_videos``, not of ``benchmarks/clips``."""
    note: str = ""

    @property
    def home(self) -> Path:
        """The folder its clip is kept in."""
        return SAMPLES if self.sample else CLIPS

    def digest(self) -> str:
        """SHA-256 of what the scene says, whatever its layout and comments."""
        table = dataclasses.asdict(self)
        for prop in table["props"]:
            if not prop["ends"]:  # an entry younger than the clips: empty, it changes none of them
                del prop["ends"]
        text = json.dumps(table, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def scene_names(folder: Path = SCENES) -> list[str]:
    """Names of all scenes, sorted."""
    return sorted(p.stem for p in folder.glob("*.toml"))


def load_scene(name: str, *, folder: Path = SCENES) -> Scene:
    """Read and check one scene.

    Raises
    ------
    SceneError
        No such scene, not TOML, an unknown or missing entry, or a value of the wrong kind.
    """
    path = folder / f"{name}.toml"
    if not path.is_file():
        raise SceneError(f"{path}: no such scene; `list` shows those there are")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SceneError(f"{path}: not TOML ({error})") from error
    return parse_scene(table, name=name)


def parse_scene(table: Mapping[str, Any], *, name: str) -> Scene:
    """Check a scene's table and give it as an object; errors as ``load_scene``."""
    data = dict(table)
    lists = {k: data.pop(k, []) for k in ("people", "props", "holds")}
    for key, items in lists.items():
        if not isinstance(items, list):
            raise SceneError(f"{name}: {key} must be a list of tables ([[{key}]])")
    camera = dict(_need(data, "camera", name))
    camera["keys"] = [_make(CameraKey, k, f"{name}: camera.keys") for k in camera.get("keys", [])]
    scene = Scene(
        name=name,
        title=_need(data, "title", name),
        split=_need(data, "split", name),
        seed=_need(data, "seed", name),
        categories=_need(data, "categories", name),
        expect=_need(data, "expect", name),
        room=_make(RoomSpec, _need(data, "room", name), f"{name}: room"),
        camera=_make(CameraSpec, camera, f"{name}: camera"),
        picture=_make(PictureSpec, data.pop("picture", {}), f"{name}: picture"),
        people=[
            _make(PersonSpec, p, f"{name}: people[{i}]") for i, p in enumerate(lists["people"])
        ],
        props=[_make(PropSpec, p, f"{name}: props[{i}]") for i, p in enumerate(lists["props"])],
        holds=[_make(HoldSpec, h, f"{name}: holds[{i}]") for i, h in enumerate(lists["holds"])],
        duration_s=float(data.pop("duration_s", 0.0)),
        still_at_s=float(data.pop("still_at_s", -1.0)),
        sample=bool(data.pop("sample", False)),
        note=str(data.pop("note", "")),
    )
    if data:
        raise SceneError(f"{name}: unknown entry {sorted(data)[0]!r}; remove it or see scene.py")
    _check(scene)
    return scene


def _need(data: dict[str, Any], key: str, name: str) -> Any:
    if key not in data:
        raise SceneError(f"{name}: {key!r} is missing; every scene needs it")
    return data.pop(key)


def _make(kind: type[T], table: Any, where: str) -> T:
    """Make a dataclass from a table, naming the first entry that is wrong."""
    if not isinstance(table, Mapping):
        raise SceneError(f"{where}: must be a table, not {type(table).__name__}")
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in hints:
            raise SceneError(f"{where}: unknown entry {key!r}; known are {', '.join(hints)}")
        hint = hints[key]
        plain = list if get_args(hint) and hint.__origin__ is list else hint
        plain = dict if getattr(plain, "__origin__", None) is dict else plain
        if plain is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)  # noqa: PLW2901
        if not isinstance(value, plain) or (plain is int and isinstance(value, bool)):
            raise SceneError(f"{where}.{key}: {value!r} is not {plain.__name__}")
        values[key] = value
    for f in dataclasses.fields(kind):  # type: ignore[arg-type]
        required = f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
        if required and f.name not in values:
            raise SceneError(f"{where}: {f.name!r} is missing")
    return kind(**values)


def _check(scene: Scene) -> None:
    """Check what the types cannot say."""
    name, picture = scene.name, scene.picture
    if scene.split not in SPLITS:
        raise SceneError(f"{name}: split {scene.split!r} is not one of {', '.join(SPLITS)}")
    if set(scene.categories) != set(CATEGORIES):
        raise SceneError(f"{name}: categories must be exactly {', '.join(CATEGORIES)}")
    if not (160 <= picture.width <= 1920 and 120 <= picture.height <= 1920):
        raise SceneError(f"{name}: picture of {picture.width}x{picture.height} px; 160 to 1920")
    if picture.width % 2 or picture.height % 2:
        raise SceneError(f"{name}: H.264 needs even sizes, not {picture.width}x{picture.height}")
    if not 5 <= picture.fps <= 60:
        raise SceneError(f"{name}: {picture.fps} frames a second; 5 to 60")
    if len(scene.camera.at) != 3 or len(scene.camera.look) != 3:
        raise SceneError(f"{name}: camera.at and camera.look must be [x, y, z]")
    people = [p.name for p in scene.people]
    things = [p.name for p in scene.props if p.name]
    twice = {n for n in people + things if (people + things).count(n) > 1}
    if twice:
        raise SceneError(f"{name}: two of the name {sorted(twice)[0]!r}; rename one")
    if not scene.people and not scene.duration_s:
        raise SceneError(f"{name}: an empty scene needs duration_s")
    for who, what in _mentions(scene):
        if who not in people + things:
            raise SceneError(f"{name}: {what} names {who!r}, who is not in the scene")


def _mentions(scene: Scene) -> list[tuple[str, str]]:
    """Every name a scene mentions, with where it does."""
    found = [(h.who, "holds.who") for h in scene.holds]
    found += [(h.to.partition(".")[0], "holds.to") for h in scene.holds]
    found += [(h.supports, "holds.supports") for h in scene.holds if h.supports]
    found += [(p.under, "props.under") for p in scene.props if p.under]
    found += [(p.goes_with, "props.goes_with") for p in scene.props if p.goes_with]
    found += [(end.partition(".")[0], "props.ends") for p in scene.props for end in p.ends]
    if scene.camera.follow:
        found.append((scene.camera.follow, "camera.follow"))
    for h in scene.holds:
        if h.hand not in ("left", "right", "none"):
            raise SceneError(f"{scene.name}: holds.hand {h.hand!r} must be left or right, or none")
    return found
