"""Brickwork: bricks laid course by course on a wall, a vault or a dome, and their mesh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from .chart import Chart
from .forms import Masonry, Mesh, Surface, Vector

Floats = NDArray[np.float64]
Wall = Callable[[Floats, Floats], Floats]
Keep = Callable[[Floats], NDArray[np.bool_]]
SHEET = 30.0


@dataclass(frozen=True)
class Bond:
    """How bricks are laid: their length, course height, depth, joint and worn edge, in cm.

    ``inset`` is how far behind the wall's face they stand; ``closed`` rings have no ends.
    """

    length: float = 1.15
    course: float = 0.46
    depth: float = 0.5
    joint: float = 0.05
    worn: float = 0.05
    inset: float = 0.0
    closed: bool = False
    uneven: float = 1.0


@dataclass
class Bricks:
    """Middles (n, 3), axes (n, 3, 3; rows along, up, out) and sizes (n, 3) of bricks, in cm."""

    middle: Floats
    axes: Floats
    size: Floats
    worn: float = 0.05

    @classmethod
    def joined(cls, several: list[Bricks]) -> Bricks:
        """All bricks of several walls."""
        return cls(
            np.concatenate([each.middle for each in several]),
            np.concatenate([each.axes for each in several]),
            np.concatenate([each.size for each in several]),
            several[0].worn,
        )


def everywhere(spots: Floats) -> NDArray[np.bool_]:
    """Keep every brick."""
    return np.ones(len(spots), bool)


def laid(wall: Wall, bond: Bond, keep: Keep = everywhere, rows: int = 0) -> Bricks:
    """Bricks on ``wall``, a surface of (u, v) each 0 to 1; courses run along u and rise with v.

    Only the bricks whose middle ``keep`` allows are laid, so a cut through a wall is toothed.
    """
    fine = np.linspace(0, 1, 241)
    rise = _lengths(wall(np.full(241, 0.25), fine))
    count = rows or max(1, round(rise[-1] / bond.course))
    courses = []
    for row in range(count):
        v = float(np.interp((row + 0.5) / count * rise[-1], rise, fine))
        course = _course(wall, bond, v, row, rise[-1] / count)
        if course is not None:
            courses.append(course)
    whole = Bricks.joined(courses)
    here = keep(whole.middle)
    return Bricks(whole.middle[here], whole.axes[here], whole.size[here], bond.worn)


def _lengths(line: Floats) -> Floats:
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    return np.concatenate([[0], np.cumsum(steps)])


def _course(wall: Wall, bond: Bond, v: float, row: int, tall: float) -> Bricks | None:
    fine = np.linspace(0, 1, 481)
    along = _lengths(wall(fine, np.full(481, v)))
    count = round(along[-1] / bond.length)
    if count < (3 if bond.closed else 1):
        return None
    edges = _edges(count, row, bond.closed) * along[-1] / count
    middle = (edges[1:] + edges[:-1]) / 2
    u = np.interp(middle % along[-1] if bond.closed else middle, along, fine)
    ahead, up, out = _frame(wall, u, np.full(len(u), v))
    size = np.stack(
        [
            np.diff(edges) - bond.joint,
            *(np.full(len(u), x) for x in (tall - bond.joint, bond.depth)),
        ],
        1,
    )
    spots = wall(u, np.full(len(u), v)) - out * (bond.inset + bond.depth / 2)
    return Bricks(spots, np.stack([ahead, up, out], 1), size)


def _edges(count: int, row: int, closed: bool) -> Floats:
    """Where the joints of a course are, in bricks; every other course is half a brick on."""
    marks = np.arange(count + 1, dtype=float)
    if not row % 2:
        return marks
    return marks + 0.5 if closed else np.concatenate([[0], marks[:-1] + 0.5, [count]])


def _frame(wall: Wall, u: Floats, v: Floats, step: float = 1e-3) -> tuple[Floats, Floats, Floats]:
    ahead = _unit(wall(u + step, v) - wall(u - step, v))
    lean = wall(u, np.minimum(v + step, 1)) - wall(u, np.maximum(v - step, 0))
    out = _unit(np.cross(ahead, lean))
    return ahead, np.cross(out, ahead), out


def _unit(way: Floats) -> Floats:
    return way / np.maximum(np.linalg.norm(way, axis=-1, keepdims=True), 1e-12)


def dome(half: tuple[float, float], high: float, square: float = 2.3, egg: float = 0.0) -> Wall:
    """A dome over an oval ``half`` cm from its middle each way; ``egg`` narrows it towards -y."""

    def wall(u: Floats, v: Floats) -> Floats:
        a, rise = 2 * np.pi * u, np.clip(v, 0, 1) * np.pi / 2
        x, y = (np.sign(f) * np.abs(f) ** (2 / 2.4) for f in (np.cos(a), np.sin(a)))
        reach = np.cos(rise) ** (2 / square)
        x = x * (1 + egg * y)
        return np.stack(
            [half[0] * x * reach, half[1] * y * reach, high * np.sin(rise) ** (2 / square)], -1
        )

    return wall


def vault(half: float, high: float, long: float, upright: float) -> Wall:
    """A tunnel along y, ``upright`` cm of it straight walls; courses run along it."""
    arc = np.pi * (half + high - upright) / 2
    share = upright / (2 * upright + arc)

    def wall(u: Floats, v: Floats) -> Floats:
        turn = np.clip((v - share) / (1 - 2 * share), 0, 1) * np.pi
        x, z = half * np.cos(turn), upright + (high - upright) * np.sin(turn)
        z = np.where(v < share, upright * v / share, z)
        z = np.where(v > 1 - share, upright * (1 - v) / share, z)
        return np.stack([x, long * (u - 0.5), z], -1)

    return wall


def plane(corner: Vector, along: Vector, up: Vector) -> Wall:
    """A flat wall from ``corner``, as far as ``along`` and ``up`` reach, in cm."""

    def wall(u: Floats, v: Floats) -> Floats:
        return np.array(corner) + u[:, None] * np.array(along) + v[:, None] * np.array(up)

    return wall


def arch(half: float, upright: float, deep: float, at: Vector = (0, 0, 0)) -> Wall:
    """The ring of bricks round a doorway facing -y: one course deep, each brick on end."""
    turn = np.pi * half
    whole = turn + 2 * upright

    def wall(u: Floats, v: Floats) -> Floats:
        s = u * whole
        a = np.pi * np.clip((s - upright) / turn, 0, 1)
        x, z = half * np.cos(a), upright + half * np.sin(a)
        z = np.where(s < upright, s, np.where(s > upright + turn, whole - s, z))
        return np.stack([x, deep * (v - 0.5), z], -1) + np.array(at)

    return wall


def tunnel(radius: float, deep: float, at: Vector = (0, 0, 0)) -> Wall:
    """The inside of a round hole that runs ``deep`` cm along y from ``at``, its middle."""

    def wall(u: Floats, v: Floats) -> Floats:
        a = 2 * np.pi * u
        return np.stack([radius * np.cos(a), deep * v, radius * np.sin(a)], -1) + np.array(at)

    return wall


def moved(wall: Wall, at: Vector, pitch: float = 0.0) -> Wall:
    """``wall`` set down at ``at``, tipped up by ``pitch`` radians towards +y."""
    c, s = np.cos(pitch), np.sin(pitch)
    turn = np.array([[1, 0, 0], [0, c, s], [0, -s, c]])

    def there(u: Floats, v: Floats) -> Floats:
        return wall(u, v) @ turn + np.array(at)

    return there


def masonry(part: Masonry, rng: np.random.Generator) -> Mesh:
    """The mesh of laid bricks; each shows a place of its own on one sheet of fired clay."""
    bricks = part.lay()
    count = len(bricks.middle)
    signs, worn = _template()
    uneven = part.uneven
    size = bricks.size * (1 + uneven * rng.normal(0, [0.012, 0.03, 0.0], (count, 3)))
    middle = bricks.middle + uneven * rng.normal(0, 0.012, (count, 3))
    middle += bricks.axes[:, 2] * uneven * rng.normal(0, 0.02, (count, 1))
    axes = bricks.axes + uneven * rng.normal(0, 0.012, bricks.axes.shape)
    local = signs * (size[:, None, None] / 2 - bricks.worn * worn)
    places = middle[:, None, None] + np.einsum("bqvk,bkc->bqvc", local, axes)
    normal = np.abs(np.cross(signs[:, 1] - signs[:, 0], signs[:, 3] - signs[:, 0]))
    flat = np.argmax(normal + 0.01 * np.arange(3), 1)
    others = np.stack([(flat + 1) % 3, (flat + 2) % 3], 1)
    uv = np.take_along_axis(local, np.broadcast_to(others[None, :, None], (*local.shape[:3], 2)), 3)
    uv = uv / SHEET + rng.uniform(0, 1, (count, 1, 1, 2))
    faces = np.arange(count * len(signs) * 4).reshape(-1, 4)
    return Mesh(
        places.reshape(-1, 3),
        faces,
        uv.reshape(-1, 4, 2),
        np.zeros(len(faces), np.int64),
        [Surface("outer", _sheet(part.texture), part.glaze, (), dict(part.options))],
    )


def _template() -> tuple[Floats, Floats]:
    """A brick's 6 sides and 12 worn edges: signs (18, 4, 3) of corners, and where edges draw in."""
    signs, worn = [], []
    for axis, way in product(range(3), (-1, 1)):
        b, c = (axis + 1) % 3, (axis + 2) % 3
        quad = np.zeros((4, 3))
        quad[:, axis], quad[:, b], quad[:, c] = way, (-1, 1, 1, -1), (-1, -1, 1, 1)
        signs.append(quad[::way])
        worn.append(np.broadcast_to(np.arange(3) != axis, (4, 3)))
    for axis, one, two in product(range(3), (-1, 1), (-1, 1)):
        b, c = (axis + 1) % 3, (axis + 2) % 3
        quad, drawn = np.zeros((4, 3)), np.ones((4, 3))
        quad[:, axis], quad[:, b], quad[:, c] = (-1, 1, 1, -1), one, two
        drawn[:2, b], drawn[2:, c] = 0, 0
        order = slice(None, None, one * two)
        signs.append(quad[order])
        worn.append(drawn[order])
    return np.array(signs), np.array(worn, float)


def _sheet(pixels: int) -> Chart:
    flat = np.zeros((pixels, 1), np.float32)
    per_cm = pixels / SHEET
    return Chart(pixels, pixels, per_cm, flat + SHEET / 6.28, flat + 50, flat, flat)
