"""Pictures of a world through the fragment shader, on any OpenGL (Mesa's for the CPU too).

Without a display: a standalone EGL context. With Mesa's llvmpipe, two renders of the same numbers
are the same picture, bit for bit, whatever the number of threads.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.studio.camera import View

SHADERS = Path(__file__).parent / "shaders"
MAX_SHAPES, MAX_GROUPS, MAX_BOXES, MAX_CAPSULES = 420, 64, 110, 128
MAX_MATERIALS, MAX_PANELS, MAX_RUGS = 96, 32, 4
_LAYOUT = (  # name, rows of four floats each, how many at most; in the order of the shader's block
    ("shapes", 4, MAX_SHAPES),
    ("groups", 2, MAX_GROUPS),
    ("boxes", 4, MAX_BOXES),
    ("capsules", 2, MAX_CAPSULES),
    ("materials", 2, MAX_MATERIALS),
    ("panels", 2, MAX_PANELS),
    ("rugs", 2, MAX_RUGS),
)


@dataclass(frozen=True)
class Surroundings:
    """A room's size, colours and light.

    Colours are linear red, green, blue; lengths in m; ``ambient`` and ``exposure`` are factors.
    """

    low: tuple[float, float, float]
    high: tuple[float, float, float]
    light: tuple[float, float, float]
    wall: tuple[float, float, float]
    floor: tuple[float, float, float]
    light_colour: tuple[float, float, float] = (2.1, 2.0, 1.83)
    sky: tuple[float, float, float] = (0.80, 0.88, 1.0)
    ambient: float = 0.55
    exposure: float = 0.70
    light_fall: float = 0.03
    floor_style: int = 0
    wall_style: int = 0


@dataclass(frozen=True)
class Graph:
    """Everything to draw at one moment, as the shader takes it (rows of floats)."""

    surroundings: Surroundings
    boxes: list[list[float]]
    panels: list[list[float]]
    rugs: list[list[float]]
    materials: list[list[float]]
    shapes: list[list[float]] = field(default_factory=list)
    groups: list[list[float]] = field(default_factory=list)
    capsules: list[list[float]] = field(default_factory=list)

    def packed(self) -> np.ndarray:
        """Rows of four floats in the order of the shader's block.

        Raises
        ------
        ValueError
            More of something than the shader has room for.
        """
        parts = []
        for name, rows, most in _LAYOUT:
            items = getattr(self, name)
            if len(items) > most:
                raise ValueError(f"{len(items)} {name}, the shader has room for {most}")
            block = np.zeros((most * rows, 4), np.float32)
            if items:
                block[: rows * len(items)] = np.asarray(items, np.float32).reshape(-1, 4)
            parts.append(block)
        return np.concatenate(parts)


class Renderer:
    """Draws graphs at one picture size. Use as a context manager."""

    def __init__(self, width: int, height: int) -> None:
        import moderngl

        self.width, self.height = width, height
        self._gl = moderngl.create_context(standalone=True, backend="egl", require=400)
        self._program = self._gl.program(
            (SHADERS / "scene.vert").read_text(), (SHADERS / "scene.frag").read_text()
        )
        self._target = self._gl.simple_framebuffer((width, height), 3)
        corners = np.array([-1, -1, 3, -1, -1, 3], "f4")
        self._triangle = self._gl.vertex_array(
            self._program, [(self._gl.buffer(corners.tobytes()), "2f", "corner")]
        )
        rows = sum(r * most for _, r, most in _LAYOUT)
        self._data = self._gl.buffer(reserve=rows * 16)
        self._program["Data"].binding = 0
        self._data.bind_to_uniform_block(0)
        self._still: tuple[bytes, np.ndarray] | None = None

    def __enter__(self) -> Renderer:
        return self

    def __exit__(self, *_: object) -> None:
        self._gl.release()

    def picture(
        self, graph: Graph, view: View, *, jitter: tuple[float, float] = (0.0, 0.0)
    ) -> np.ndarray:
        """Draw the whole picture: uint8 (height, width, 3), red first."""
        self._draw(graph, view, jitter, None)
        raw = self._target.read(components=3, alignment=1)
        return np.frombuffer(raw, np.uint8).reshape(self.height, self.width, 3)[::-1]

    def picture_still(self, graph: Graph, view: View) -> np.ndarray:
        """As ``picture``, for a camera that stands still: only what moves is drawn anew.

        The empty room is drawn once and kept; each frame redraws the
        rectangle that holds the people, the things that move, and their shadows.
        """
        empty = Graph(graph.surroundings, graph.boxes, graph.panels, graph.rugs, graph.materials)
        key = empty.packed().tobytes() + repr((view, graph.surroundings)).encode()
        if self._still is None or self._still[0] != key:
            self._still = (key, self.picture(empty, view))
        picture = self._still[1].copy()
        frame = _moving_rectangle(graph, view)
        if frame is None:
            return picture
        x, y, w, h = frame
        self._draw(graph, view, (0.0, 0.0), (x, self.height - y - h, w, h))
        raw = self._target.read(components=3, alignment=1, viewport=(x, self.height - y - h, w, h))
        picture[y : y + h, x : x + w] = np.frombuffer(raw, np.uint8).reshape(h, w, 3)[::-1]
        return picture

    def _draw(
        self,
        graph: Graph,
        view: View,
        jitter: tuple[float, float],
        scissor: tuple[int, int, int, int] | None,
    ) -> None:
        self._data.write(graph.packed().tobytes())
        s = graph.surroundings
        values: dict[str, Any] = {
            "camPos": view.position, "camX": view.axes[0], "camY": view.axes[1],
            "camZ": view.axes[2], "res": (self.width, self.height), "jitter": jitter,
            "focal": view.focal_px, "distortion": view.distortion,
            "nGroups": len(graph.groups), "nBoxes": len(graph.boxes),
            "nCapsules": len(graph.capsules), "nPanels": len(graph.panels),
            "nRugs": len(graph.rugs), "roomLo": s.low, "roomHi": s.high, "lightPos": s.light,
            "lightColour": s.light_colour, "wallColour": s.wall, "floorColour": s.floor,
            "skyColour": s.sky, "ambient": s.ambient, "exposure": s.exposure,
            "lightFall": s.light_fall, "floorStyle": s.floor_style, "wallStyle": s.wall_style,
        }  # fmt: skip
        for name, value in values.items():
            if name in self._program:
                self._program[name].value = (
                    tuple(float(v) for v in value) if hasattr(value, "__len__") else value
                )
        self._target.use()
        self._target.scissor = scissor
        self._triangle.render()
        self._gl.finish()
        self._target.scissor = None


def _moving_rectangle(graph: Graph, view: View) -> tuple[int, int, int, int] | None:
    """Left, top, width and height (px) of what the moving groups and their shadows may cover."""
    points = [np.zeros((0, 3))]
    if graph.groups:
        g = np.asarray(graph.groups, float)
        steps = np.concatenate([np.eye(3), -np.eye(3)])
        around = (g[:, None, at : at + 3] + g[:, None, 3:4] * steps for at in (0, 4))
        points.extend(p.reshape(-1, 3) for p in around)
    if graph.capsules:
        points.append(_shadow_reach(graph))
    every = np.concatenate(points)
    every = every[view.depth(every) > 0.1]
    if not len(every):
        return None
    q = view.project(every)
    edge = [view.width, view.height]
    low = np.clip(np.floor(q.min(0)) - 4, 0, edge).astype(int)
    high = np.clip(np.ceil(q.max(0)) + 4, 0, edge).astype(int)
    w, h = high - low
    return (int(low[0]), int(low[1]), int(w), int(h)) if w > 0 and h > 0 else None


def _shadow_reach(graph: Graph) -> np.ndarray:
    """Places on the floor that the capsules' shadows may reach (at most 3.2 m away)."""
    light = np.asarray(graph.surroundings.light, float)
    c = np.asarray(graph.capsules, float)
    ends = np.concatenate([c[:, :3], c[:, 4:7]])
    away = ends - light
    down = away[:, 1] < -0.05
    ends, away = ends[down], away[down]
    floor = light + away * (light[1] / -away[:, 1])[:, None]
    span = np.linalg.norm(floor - ends, axis=1, keepdims=True)
    reach = ends + (floor - ends) * np.minimum(1.0, 3.2 / np.maximum(span, 1e-9))
    reach[:, 1] = 0.0
    spread = 0.3 * np.array([[1, 0, 1], [-1, 0, -1], [1, 0, -1], [-1, 0, 1]], float)
    return (reach[:, None] + spread).reshape(-1, 3)
