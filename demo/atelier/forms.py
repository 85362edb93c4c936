"""Forms as data, and the meshes they make: thrown bodies, pulled handles and spouts, slabs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from .brush import Slip, curve
from .chart import Chart
from .glazes import UNGLAZED

if TYPE_CHECKING:
    from .masonry import Bricks

Decor = Callable[[Slip], None]
Knot = tuple[float, float] | tuple[float, float, int]
Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Lobes:
    """``count`` waves round the body, ``depth`` of the radius, between two heights in cm.

    ``kind`` is petal, flute or wave; lip draws out one pouring lip (at u 0.5), and oval makes the
    body an ellipse: these two do not mind ``count``.
    """

    count: int
    depth: float
    low: float = 0.0
    high: float = 1e3
    kind: str = "petal"
    rim: float = 0.0


@dataclass(frozen=True)
class Lathe:
    """A thrown body: (radius, height) in cm from the foot up; a third value 1 keeps a corner.

    ``wall`` 0 makes it solid (knobs, candlesticks). ``pierced`` lists (u, height, cutter) where
    a cutter is an outline in cm.
    """

    profile: tuple[Knot, ...]
    glaze: str
    wall: float = 0.45
    inside: str = ""
    decor: tuple[Decor, ...] = ()
    inside_decor: tuple[Decor, ...] = ()
    planar: bool = False
    lobes: Lobes | None = None
    pierced: tuple[tuple[float, float, tuple[tuple[float, float], ...]], ...] = ()
    bare_foot: float = 0.5
    relief: bool = False
    options: tuple[tuple[str, float], ...] = ()
    texture: int = 3072
    at: Vector = (0, 0, 0)
    turn: float = 0.0
    off_round: float = 1.0
    rings: float = 1.0
    around: int = 288


@dataclass(frozen=True)
class Sweep:
    """A pulled or modelled part along a path in cm; ``girth`` is half-thickness at even steps.

    ``flat`` squeezes the section (1 is round); ``hollow`` cuts the end open, as a spout's.
    """

    path: tuple[Vector, ...]
    girth: tuple[float, ...]
    glaze: str
    flat: float = 1.0
    hollow: bool = False
    decor: tuple[Decor, ...] = ()
    options: tuple[tuple[str, float], ...] = ()
    texture: int = 768
    at: Vector = (0, 0, 0)
    turn: float = 0.0


@dataclass(frozen=True)
class Slab:
    """A block of ``size`` cm standing on the ground, its corners softened by ``round_by`` cm.

    ``front`` is painted on the face towards the camera, in cm from that face's middle; ``sides``
    names the glaze of the other five faces where it is not that of the front. ``pierced`` lists
    (x, z, outline): holes right through, from the middle of the front. ``texture`` is the width
    in pixels of the longest side of a front so made.
    """

    size: Vector
    glaze: str
    round_by: float = 0.3
    at: Vector = (0, 0, 0)
    turn: float = 0.0
    options: tuple[tuple[str, float], ...] = ()
    front: tuple[Decor, ...] = ()
    sides: str = ""
    pierced: tuple[tuple[float, float, tuple[tuple[float, float], ...]], ...] = ()
    texture: int = 1536

    @property
    def faced(self) -> bool:
        """Whether the front is a surface of its own."""
        return bool(self.front or self.sides or self.pierced)


@dataclass(frozen=True)
class Lump:
    """Clay laid along ``path`` (one point makes a ball), ``girth`` cm thick at even steps.

    ``squash`` flattens its section along axes turned by ``turn`` degrees about x, y and z;
    ``blend`` is the width in cm over which it is smoothed into what is there already; ``cut``
    presses it in instead of laying it on; ``twin`` repeats it on the other side (x turned round).
    """

    path: tuple[Vector, ...]
    girth: tuple[float, ...]
    blend: float = 0.5
    squash: Vector = (1.0, 1.0, 1.0)
    turn: Vector = (0.0, 0.0, 0.0)
    cut: bool = False
    twin: bool = False


@dataclass(frozen=True)
class Block:
    """A rounded block of ``size`` cm about ``at``, smoothed in as a lump is."""

    at: Vector
    size: Vector
    round_by: float = 0.3
    blend: float = 0.3
    cut: bool = False


@dataclass(frozen=True)
class Modelled:
    """A figure modelled by hand: lumps joined into one skin, in the order they are laid on.

    ``grain`` is the size in cm of the cells its skin is found with, ``touch`` how uneven the
    fingers leave it, in cm.
    """

    lumps: tuple[Lump | Block, ...]
    glaze: str
    decor: tuple[Decor, ...] = ()
    options: tuple[tuple[str, float], ...] = ()
    bare_foot: float = 0.3
    grain: float = 0.11
    touch: float = 0.04
    texture: int = 2048
    at: Vector = (0, 0, 0)
    turn: float = 0.0


@dataclass(frozen=True)
class Masonry:
    """Brickwork as ``lay`` lays it (see ``masonry.py``); ``uneven`` 0 is machine-made."""

    lay: Callable[[], Bricks]
    glaze: str
    uneven: float = 1.0
    options: tuple[tuple[str, float], ...] = ()
    texture: int = 1024
    at: Vector = (0, 0, 0)
    turn: float = 0.0


Part = Lathe | Sweep | Slab | Modelled | Masonry


@dataclass
class Surface:
    """One chart of a mesh with its glaze and decoration; ``name`` is outer, inner or foot."""

    name: str
    chart: Chart
    glaze: str
    decor: tuple[Decor, ...] = ()
    options: dict[str, float] = field(default_factory=dict)
    bare_foot: float = 0.0


@dataclass
class Mesh:
    """Vertices in cm, faces (a repeated last corner marks a triangle), their uv and surface."""

    vertices: NDArray[np.float64]
    faces: NDArray[np.int64]
    uv: NDArray[np.float64]
    surface_of: NDArray[np.int64]
    surfaces: list[Surface]
    normals: NDArray[np.float64] | None = None
    outer_uv: NDArray[np.float64] | None = None


def wall_line(profile: tuple[Knot, ...], step: float) -> NDArray[np.float64]:
    """The profile as points about ``step`` cm apart, smooth except at marked corners."""
    runs: list[list[tuple[float, float]]] = [[]]
    for knot in profile:
        runs[-1].append((knot[0], knot[1]))
        if len(knot) == 3 and len(runs[-1]) > 1:
            runs.append([(knot[0], knot[1])])
    lines = [curve(run, count=60 * len(run)) for run in runs if len(run) > 1]
    line = np.concatenate([lines[0], *(piece[1:] for piece in lines[1:])])
    return _even(line, step)


def _even(line: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    gaps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    along = np.concatenate([[0], np.cumsum(gaps)])
    marks = np.linspace(0, along[-1], max(8, round(along[-1] / step)))
    return np.stack([np.interp(marks, along, line[:, k]) for k in (0, 1)], 1)


def _inner_line(outer: NDArray[np.float64], wall: float, step: float) -> NDArray[np.float64]:
    tangent = np.gradient(outer, axis=0)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-9)
    inner = outer + wall * np.stack([-tangent[:, 1], tangent[:, 0]], 1)
    floor = outer[0, 1] + 1.6 * wall
    keep = (inner[:, 0] > 0.15) & (inner[:, 1] > floor)
    keep[-max(2, int(0.4 * wall / step)) :] = True
    line = inner[keep][::-1]
    bottom = [(0.6 * line[-1, 0], floor), (0.0, floor)]
    return _even(np.concatenate([line, bottom]), step)


def lathe(part: Lathe, rng: np.random.Generator) -> Mesh:
    """The mesh of a thrown body with its outer, inner and foot surfaces."""
    length = np.abs(np.diff(np.array([k[:2] for k in part.profile]), axis=0)).sum()
    step = max(0.04, float(length) / 330)
    outer = wall_line(part.profile, step)
    radius, height = outer[0]
    recess = min(0.5, 0.12 * radius)
    ring = [(0, height + recess), (0.8 * radius, height + recess), (0.86 * radius, height)]
    foot = _even(np.array([*ring, (radius, height)], float), max(step, 0.1))[:-1]
    parts = [foot, outer]
    if part.wall:
        parts.append(_inner_line(outer, part.wall, step * 1.4))
    chain = np.concatenate(parts)
    tags = np.repeat([2, 0, 1][: len(parts)], [len(p) for p in parts])
    ends = chain[0].copy(), chain[-1].copy()
    chain = gaussian_filter1d(chain, 1.3, axis=0, mode="nearest")
    chain[0], chain[-1] = ends
    return _turned(part, chain, tags, rng)


def _turned(
    part: Lathe, chain: NDArray[np.float64], tags: NDArray[np.int64], rng: np.random.Generator
) -> Mesh:
    count = part.around
    theta = 2 * np.pi * (np.arange(count) / count - 0.5)
    r, z = _by_hand(part, chain, theta, rng)
    body = np.stack([r * np.sin(theta), -r * np.cos(theta), z], -1)
    vertices = body.reshape(-1, 3)
    i, j = np.mgrid[0 : len(chain) - 1, 0:count]
    after = (j + 1) % count
    faces = np.stack(
        [i * count + j, i * count + after, (i + 1) * count + after, (i + 1) * count + j], -1
    ).reshape(-1, 4)
    surface_of = _tag_of(tags)[i.ravel()]
    surfaces = _surfaces(part, chain, tags)
    spot = _along(chain, tags, part)
    u0, u1 = j.ravel() / count, (j.ravel() + 1) / count
    low, high = spot[i.ravel(), surface_of], spot[i.ravel() + 1, surface_of]
    uv = np.stack([u0, low, u1, low, u1, high, u0, high], -1).reshape(-1, 4, 2)
    if part.planar:
        inner = surface_of == 1
        span = 2 * surfaces[1].chart.extent
        uv[inner] = vertices[faces[inner]][..., :2] / span + 0.5
    mesh = Mesh(vertices, faces, uv, surface_of, surfaces)
    tangent = np.gradient(chain, axis=0)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-9)
    out, up = tangent[:, 1:], -tangent[:, :1]
    mesh.normals = np.stack(
        [out * np.sin(theta), -out * np.cos(theta), up * np.ones(count)], -1
    ).reshape(-1, 3)
    is_outer = np.repeat(tags == 0, count)
    mesh.outer_uv = np.stack(
        [np.tile(np.arange(count) / count, len(chain)), np.repeat(spot[:, 0], count)], 1
    )
    mesh.outer_uv[~is_outer] = np.nan
    return mesh


def _tag_of(tags: NDArray[np.int64]) -> NDArray[np.int64]:
    """The surface between each point and the next: the lip's seam belongs to the outside."""
    pair = np.stack([tags[:-1], tags[1:]], 1)
    return np.where((pair == 0).any(1), 0, pair[:, 0])


def _by_hand(
    part: Lathe, chain: NDArray[np.float64], theta: NDArray[np.float64], rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Radius and height of every vertex, a little off round, ringed and uneven at the rim."""
    top = float(chain[:, 1].max())
    level = (chain[:, 1] / max(top, 1e-6))[:, None]
    phase = rng.uniform(0, 2 * np.pi, 6)
    oval = 0.0035 * np.cos(2 * (theta - phase[0])) + 0.002 * np.cos(3 * (theta - phase[1]))
    lean = 0.002 * np.cos(theta - phase[2]) * level
    rings = np.sin(chain[:, 1] * 2 * np.pi / max(0.7, top / 34) + 2 * np.sin(chain[:, 1]))
    throwing = (0.0006 * part.rings * rings)[:, None] * (1 + 0.5 * np.cos(theta - phase[3]))
    swell = 1 + part.off_round * (oval * (0.3 + level) + lean) + throwing
    r = chain[:, :1] * swell
    sag = 0.0022 * top * np.cos(2 * (theta - phase[4])) + 0.001 * top * np.cos(3 * theta + phase[5])
    z = chain[:, 1:] + part.off_round * sag * level**4
    if part.lobes:
        wave, window = lobe_wave(part.lobes, theta, chain[:, 1])
        r = r * (1 + part.lobes.depth * wave * window)
        z = z + part.lobes.rim * wave * window * level**3
    return r, z


def lobe_wave(
    lobes: Lobes, theta: NDArray[np.float64], z: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The wave round the body (1 at a crest, about -1 in a valley) and its window by height."""
    if lobes.kind == "petal":
        wave = 2 * np.abs(np.cos(lobes.count * theta / 2)) ** 0.8 - 1
    elif lobes.kind == "facet":
        flat = np.cos(np.pi / lobes.count)
        within = (theta % (2 * np.pi / lobes.count)) - np.pi / lobes.count
        wave = 2 * (flat / np.cos(within) - flat) / (1 - flat) - 1
    elif lobes.kind == "flute":
        wave = 2 * np.abs(np.cos(lobes.count * theta / 2)) ** 0.55 - 1
    elif lobes.kind == "lip":
        wave = np.exp(-((theta / 0.3) ** 2)) - 0.22 * np.exp(
            -(((np.abs(theta) - 0.75) / 0.35) ** 2)
        )
    elif lobes.kind == "oval":
        wave = _oval(theta, lobes.depth)
    else:
        wave = np.cos(lobes.count * theta)
    ease = max(0.8, 0.06 * min(lobes.high - lobes.low, 40))
    rise = np.clip((z - lobes.low) / ease, 0, 1)
    fall = np.clip((lobes.high - z) / ease, 0, 1)
    return wave[None, :], (rise * fall)[:, None]


def _oval(theta: NDArray[np.float64], depth: float) -> NDArray[np.float64]:
    """The wave that makes a circle an ellipse, longer by ``depth`` left to right."""
    long, short = 1 + depth, 1 - depth
    reach = long * short / np.hypot(short * np.sin(theta), long * np.cos(theta))
    return (reach - 1) / depth


def _along(chain: NDArray[np.float64], tags: NDArray[np.int64], part: Lathe) -> NDArray[np.float64]:
    """v of every point of the chain on each of the three surfaces."""
    gaps = np.concatenate([[0], np.linalg.norm(np.diff(chain, axis=0), axis=1)]).cumsum()
    out = np.zeros((len(chain), 3))
    for tag in range(3):
        mine = np.nonzero(tags == tag)[0]
        if len(mine):
            start, end = gaps[mine[0]], gaps[mine[-1]]
            share = np.clip((gaps - start) / max(end - start, 1e-6), 0, 1)
            out[:, tag] = 0.0025 + 0.995 * share
    return out


def _surfaces(part: Lathe, chain: NDArray[np.float64], tags: NDArray[np.int64]) -> list[Surface]:
    options = dict(part.options)
    rim = float(chain[:, 1].max()) if part.wall else 1e6
    outer = _chart(chain[tags == 0], part.texture, rim, part.bare_foot)
    if part.lobes and part.lobes.kind not in ("lip", "oval"):
        _lobed(outer, part.lobes)
    found = [Surface("outer", outer, part.glaze, part.decor, options, part.bare_foot)]
    glaze = part.inside or part.glaze
    if part.wall:
        inner = chain[tags == 1]
        if part.planar:
            chart = _planar(inner, part.texture, part.lobes)
            if part.lobes and part.lobes.kind != "oval":
                _lobed(chart, part.lobes)
        else:
            chart = _chart(inner, min(part.texture, 1024), rim, 0)
        found.append(Surface("inner", chart, glaze, part.inside_decor, options))
    else:
        found.append(Surface("inner", outer, glaze, (), options))
    foot = _chart(chain[tags == 2][::-1], 256, 1e6, 0)
    clay = part.glaze if part.glaze in UNGLAZED else "moc"
    found.append(Surface("foot", foot, clay, (), {}))
    return found


def _bends(line: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How convex and how hollow the profile is at each point, both 0 to 1."""
    tangent = np.gradient(line, axis=0)
    angle = np.unwrap(np.arctan2(tangent[:, 1], tangent[:, 0]))
    size = np.maximum(np.linalg.norm(tangent, axis=1), 1e-6)
    bend = gaussian_filter1d(np.gradient(angle) / size, 2.0)
    return np.clip(bend / 2.2 - 0.12, 0, 1), np.clip(-bend / 2.2 - 0.08, 0, 1)


def _chart(line: NDArray[np.float64], width: int, rim: float, bare: float) -> Chart:
    gaps = np.concatenate([[0], np.linalg.norm(np.diff(line, axis=0), axis=1)]).cumsum()
    widest = float(line[:, 0].max())
    per_cm = min(width / (2 * np.pi * widest), 3600 / gaps[-1])
    height = max(16, round(gaps[-1] * per_cm))
    marks = np.linspace(0, gaps[-1], height)
    convex, hollow = _bends(line)
    r, z, ridge, dip = (
        np.interp(marks, gaps, value)[:, None].astype(np.float32)
        for value in (line[:, 0], line[:, 1], convex, hollow)
    )
    lip = np.exp(-np.maximum(rim - z, 0) / 0.22)
    foot = np.exp(-np.maximum(z - bare, 0) / 0.55) if bare else np.zeros_like(z)
    thin = np.clip(np.maximum(ridge, lip), 0, 1)
    pool = np.clip(np.maximum(dip, foot * 0.8) - thin, 0, 1)
    return Chart(int(per_cm * 2 * np.pi * widest), height, per_cm, r, z, thin, pool)


def _planar(line: NDArray[np.float64], width: int, lobes: Lobes | None) -> Chart:
    oval = lobes.depth if lobes and lobes.kind == "oval" else 0.0
    extent = float(line[:, 0].max()) * 1.03 * (1 + oval)
    per_cm = width / (2 * extent)
    axis = (np.arange(width, dtype=np.float32) + 0.5) / per_cm - extent
    radius = np.hypot(axis[None, :] / (1 + oval), axis[:, None] / (1 - oval))
    order = np.argsort(line[:, 0])
    z = np.interp(radius, line[order, 0], line[order, 1]).astype(np.float32)
    convex, hollow = _bends(line)
    ridge = np.interp(radius, line[order, 0], convex[order])
    dip = np.interp(radius, line[order, 0], hollow[order]).astype(np.float32)
    lip = np.exp(-np.maximum(line[:, 0].max() - radius, 0) / 0.25)
    thin = np.clip(np.maximum(ridge, lip), 0, 1).astype(np.float32)
    return Chart(width, width, per_cm, radius, z, thin, dip, planar=True, extent=extent)


def _lobed(chart: Chart, lobes: Lobes) -> None:
    """Let glaze thin on the crests of the lobes and gather in their valleys."""
    if chart.planar:
        axis = (np.arange(chart.width) + 0.5) / chart.per_cm - chart.extent
        theta = np.arctan2(axis[None, :], -axis[:, None])
        wave = 2 * np.abs(np.cos(lobes.count * theta / 2)) ** 0.8 - 1
        window = np.clip((chart.radius / chart.extent - 0.45) * 4, 0, 1)
        wave = -wave
    else:
        theta = 2 * np.pi * (np.arange(chart.width) / chart.width - 0.5)
        wave, window = lobe_wave(lobes, theta, chart.z[:, 0].astype(float))
    deep = np.clip(-wave, 0, 1) ** 2 * window
    chart.pool = np.clip(chart.pool + 0.75 * deep, 0, 1).astype(np.float32)
    chart.thin = np.clip(chart.thin + 0.35 * np.clip(wave, 0, 1) ** 3 * window, 0, 1).astype(
        np.float32
    )


def sweep(part: Sweep, rng: np.random.Generator) -> Mesh:
    """The mesh of a part drawn along a path; the section keeps level with the path's plane."""
    steps, count = 110, 40
    line = sampled(part.path, steps)
    tangent = np.gradient(line, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = _side_of(line, tangent)
    across = np.cross(side, tangent)
    t = np.linspace(0, 1, steps)
    girth = np.interp(t, np.linspace(0, 1, len(part.girth)), part.girth)
    girth = gaussian_filter1d(girth, 3, mode="nearest")
    girth *= 1 + 0.025 * gaussian_filter1d(rng.normal(size=steps), 6) * 3
    if not part.hollow:
        near_end = np.minimum(t, 1 - t) * steps
        girth = girth * np.sqrt(np.clip(near_end / 5 + 0.02, 0, 1))
    else:
        line, tangent, side, across, girth = _rolled_in(line, tangent, side, across, girth)
    phi = 2 * np.pi * np.arange(count) / count
    ring = (
        side[:, None] * np.cos(phi)[None, :, None] * part.flat
        + across[:, None] * np.sin(phi)[None, :, None]
    )
    vertices = (line[:, None] + girth[:, None, None] * ring).reshape(-1, 3)
    return _tube(part, vertices, line, girth, count)


def _rolled_in(
    line: NDArray[np.float64],
    tangent: NDArray[np.float64],
    side: NDArray[np.float64],
    across: NDArray[np.float64],
    girth: NDArray[np.float64],
) -> tuple[NDArray[np.float64], ...]:
    """A spout's mouth: the lip turns over and the tube runs back inside itself."""
    wall = 0.18 * girth[-1]
    deep = [line[-1] + tangent[-1] * wall * 0.8 * b for b in (0.7, 1.0, 0.7, 0.0)]
    back = line[::-1][2:40:4]
    rings = [girth[-1] - wall * w for w in (0.15, 0.6, 1.3, 1.6)]
    inner = np.maximum(girth[::-1][2:40:4] - 1.7 * wall, 0.1)
    many = len(deep) + len(back)

    def more(value: NDArray[np.float64]) -> NDArray[np.float64]:
        ends = np.repeat(value[-1:], len(deep), 0)
        return np.concatenate([value, ends, value[::-1][2:40:4]])[: len(value) + many]

    return (
        np.concatenate([line, deep, back]),
        more(tangent),
        more(side),
        more(across),
        np.concatenate([girth, rings, inner]),
    )


def sampled(points: tuple[Vector, ...], steps: int) -> NDArray[np.float64]:
    knots = np.asarray(points, float)
    knots = np.concatenate([2 * knots[:1] - knots[1:2], knots, 2 * knots[-1:] - knots[-2:-1]])
    out = []
    t = np.linspace(0, 1, 30, endpoint=False)[:, None]
    for i in range(len(knots) - 3):
        a, b, c, d = knots[i : i + 4]
        out.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2)
            + 0.5 * (3 * b - a - 3 * c + d) * t**3
        )
    line = np.concatenate([*out, knots[-2:-1]])
    along = np.concatenate([[0], np.linalg.norm(np.diff(line, axis=0), axis=1).cumsum()])
    marks = np.linspace(0, along[-1], steps)
    return np.stack([np.interp(marks, along, line[:, k]) for k in range(3)], 1)


def _side_of(line: NDArray[np.float64], tangent: NDArray[np.float64]) -> NDArray[np.float64]:
    """A direction across the path that never spins: square to the plane the path lies in."""
    centred = line - line.mean(0)
    _, sizes, axes = np.linalg.svd(centred)
    flat = axes[2] if sizes[1] > 1e-3 * sizes[0] else np.cross(axes[0], [0.3, 0.9, 0.1])
    side = flat[None] - tangent * (tangent @ flat)[:, None]
    return side / np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)


def _tube(
    part: Sweep,
    vertices: NDArray[np.float64],
    line: NDArray[np.float64],
    girth: NDArray[np.float64],
    count: int,
) -> Mesh:
    rows = len(line)
    i, j = np.mgrid[0 : rows - 1, 0:count]
    after = (j + 1) % count
    faces = np.stack(
        [i * count + j, i * count + after, (i + 1) * count + after, (i + 1) * count + j], -1
    ).reshape(-1, 4)
    gaps = np.concatenate([[0], np.linalg.norm(np.diff(line, axis=0), axis=1).cumsum()])
    v = 0.0025 + 0.995 * gaps / gaps[-1]
    u0, u1 = j.ravel() / count, (j.ravel() + 1) / count
    low, high = v[i.ravel()], v[i.ravel() + 1]
    uv = np.stack([u0, low, u1, low, u1, high, u0, high], -1).reshape(-1, 4, 2)
    widest = float(girth.max())
    per_cm = min(part.texture / (2 * np.pi * widest), 2048 / gaps[-1])
    height = max(16, int(gaps[-1] * per_cm))
    marks = np.linspace(0, 1, height)
    radius = np.interp(marks, v, girth)[:, None].astype(np.float32)
    z = np.interp(marks, v, line[:, 2])[:, None].astype(np.float32)
    flat = np.zeros_like(z)
    chart = Chart(max(16, int(per_cm * 2 * np.pi * widest)), height, per_cm, radius, z, flat, flat)
    phi = 2 * np.pi * np.arange(chart.width) / chart.width
    if part.flat > 1.2:
        chart.thin = (0.6 * np.abs(np.cos(phi))[None] ** 8 * np.ones_like(z)).astype(np.float32)
    surface = Surface("outer", chart, part.glaze, part.decor, dict(part.options))
    return Mesh(vertices, faces, uv, np.zeros(len(faces), np.int64), [surface])


def slab(part: Slab, rng: np.random.Generator) -> Mesh:
    """A block whose faces share one chart: each side shows its own place on it, in true size.

    A faced slab's front has a chart of its own, the second.
    """
    size = np.asarray(part.size, float)
    vertices, faces, uv, surface_of = [], [], [], []
    longest = float(size.max())
    start = 0
    for axis in range(3):
        for way in (-1.0, 1.0):
            point, quad = _slab_side(part, axis, way)
            vertices.append(point.reshape(-1, 3))
            faces.append(quad + start)
            start += point.shape[0] * point.shape[1]
            place = np.stack([point[..., (axis + 1) % 3], point[..., (axis + 2) % 3]], -1).reshape(
                -1, 2
            )
            place = place / (2.2 * longest) + (0.27 + 0.46 * (axis % 2), 0.27 + 0.23 * (way + 1))
            is_front = part.faced and axis == 1 and way < 0
            if is_front:
                place = (point[..., [0, 2]] / size[[0, 2]] + 0.5).reshape(-1, 2)
            uv.append(place[quad])
            surface_of.append(np.full(len(quad), int(is_front), np.int64))
    whole = np.concatenate(vertices)
    whole[:, 2] += size[2] / 2
    bumps = np.sin(whole @ rng.normal(size=(3, 5)) * 2.2 / longest * 4 + rng.uniform(0, 6, 5))
    whole *= 1 + 0.0016 * bumps.mean(1, keepdims=True)
    joined = np.concatenate(faces)
    return Mesh(whole, joined, np.concatenate(uv), np.concatenate(surface_of), _slab_surfaces(part))


def _slab_side(part: Slab, axis: int, way: float) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """One side of a slab about its middle: a grid of points, and its faces."""
    half = np.asarray(part.size, float) / 2
    one, two = (_slab_steps(part, half[(axis + k) % 3]) for k in (1, 2))
    a, b = np.meshgrid(one, two, indexing="ij")
    point = np.zeros((len(one), len(two), 3))
    point[..., axis], point[..., (axis + 1) % 3], point[..., (axis + 2) % 3] = way, a, b
    point = point * half
    inner = np.maximum(half - part.round_by, 0)
    core = np.clip(point, -inner, inner)
    away = point - core
    far = np.maximum(np.linalg.norm(away, axis=-1, keepdims=True), 1e-9)
    point = core + away / far * np.minimum(far, part.round_by)
    many = len(two)
    i, j = np.mgrid[0 : len(one) - 1, 0 : many - 1]
    quad = np.stack(
        [i * many + j, (i + 1) * many + j, (i + 1) * many + j + 1, i * many + j + 1], -1
    ).reshape(-1, 4)
    return point, quad[:, ::-1] if way < 0 else quad


def _slab_steps(part: Slab, half: float) -> NDArray[np.float64]:
    """Where a side is divided, -1 to 1; a faced slab closely at its rounded edges."""
    if not part.faced:
        return np.linspace(-1, 1, 26)
    flat = max(half - part.round_by, 0.02 * half) / half
    edge = 1 - (1 - flat) * np.cos(np.linspace(0, np.pi / 2, 6))[1:-1]
    return np.concatenate([[-1], -edge[::-1], np.linspace(-flat, flat, 17), edge, [1]])


def _slab_surfaces(part: Slab) -> list[Surface]:
    longest = float(max(part.size))
    pixels = 512 if part.faced else 2048 if longest > 12 else 256
    flat = np.zeros((pixels, 1), np.float32)
    per_cm = pixels / (2.2 * longest)
    chart = Chart(pixels, pixels, per_cm, flat + longest / 2.8, flat + 50, flat, flat)
    outer = Surface("outer", chart, part.sides or part.glaze, (), dict(part.options))
    if not part.faced:
        return [outer]
    return [outer, Surface("front", _front_chart(part), part.glaze, part.front, outer.options)]


def _front_chart(part: Slab) -> Chart:
    """The front's own chart: glaze draws away from its edges and lies thicker just inside."""
    wide, _, tall = part.size
    per_cm = part.texture / max(wide, tall)
    width, height = round(wide * per_cm), round(tall * per_cm)
    x = (np.arange(width, dtype=np.float32) + 0.5) / per_cm - wide / 2
    y = (np.arange(height, dtype=np.float32) + 0.5) / per_cm
    inset = np.minimum(wide / 2 - np.abs(x)[None, :], (tall / 2 - np.abs(y - tall / 2))[:, None])
    thin = np.exp(-np.maximum(inset - 0.5 * part.round_by, 0) / 0.14).astype(np.float32)
    pool = (0.6 * np.exp(-(((inset - part.round_by - 0.35) / 0.3) ** 2))).astype(np.float32)
    radius = np.full((height, 1), wide / (2 * np.pi), np.float32)
    return Chart(
        width, height, per_cm, radius, y[:, None], thin, pool, planar=True, extent=wide / 2
    )


def mesh_of(part: Part, rng: np.random.Generator) -> Mesh:
    if isinstance(part, Modelled):
        from .modelling import modelled

        return modelled(part, rng)
    if isinstance(part, Masonry):
        from .masonry import masonry

        return masonry(part, rng)
    if isinstance(part, Lathe):
        return lathe(part, rng)
    return sweep(part, rng) if isinstance(part, Sweep) else slab(part, rng)
