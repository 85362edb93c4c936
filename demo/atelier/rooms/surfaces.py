"""What the rooms are built of: brick, plaster, earth, wood, water, embers."""

from __future__ import annotations

from dataclasses import dataclass

import bpy

from ..glazes import srgb

Socket = bpy.types.NodeSocket


@dataclass
class Recipe:
    """A Principled material being mixed; its nodes are reached through ``add``."""

    material: bpy.types.Material

    @property
    def body(self) -> bpy.types.Node:
        return self.material.node_tree.nodes["Principled BSDF"]

    def add(self, kind: str, **inputs: object) -> bpy.types.Node:
        node = self.material.node_tree.nodes.new(f"ShaderNode{kind}")
        for name, value in inputs.items():
            socket = node.inputs[name.replace("_", " ")]
            if isinstance(value, bpy.types.NodeSocket):
                self.link(value, socket)
            else:
                socket.default_value = value
        return node

    def link(self, source: Socket, target: Socket) -> None:
        self.material.node_tree.links.new(source, target)

    def set(self, **inputs: object) -> Recipe:
        for name, value in inputs.items():
            socket = self.body.inputs[name.replace("_", " ")]
            if isinstance(value, bpy.types.NodeSocket):
                self.link(value, socket)
            else:
                socket.default_value = value
        return self

    def noise(self, scale: float, detail: float = 4.0, of: Socket | None = None) -> Socket:
        """A cloud of 0 to 1 about ``1/scale`` metres large, in the room's own space."""
        place = of or self.add("NewGeometry").outputs["Position"]
        return self.add("TexNoise", Vector=place, Scale=scale, Detail=detail).outputs["Fac"]

    def mixed(self, share: Socket, low: str, high: str) -> Socket:
        ramp = self.add("ValToRGB", Fac=share)
        ramp.color_ramp.elements[0].position, ramp.color_ramp.elements[1].position = 0.3, 0.7
        ramp.color_ramp.elements[0].color = colour(low)
        ramp.color_ramp.elements[1].color = colour(high)
        return ramp.outputs["Color"]

    def times(self, one: Socket, two: Socket, share: float = 1.0) -> Socket:
        node = self.add("Mix")
        node.data_type, node.blend_type = "RGBA", "MULTIPLY"
        node.inputs[0].default_value = share
        self.link(one, node.inputs[6])
        self.link(two, node.inputs[7])
        return node.outputs[2]

    def bump(self, height: Socket, distance: float, strength: float = 1.0) -> None:
        node = self.add("Bump", Height=height, Distance=distance, Strength=strength)
        self.link(node.outputs["Normal"], self.body.inputs["Normal"])


def colour(code: str) -> tuple[float, float, float, float]:
    return (*srgb(code).tolist(), 1.0)


def _recipe(name: str) -> Recipe:
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    return Recipe(material)


def brick(
    one: str = "#8f4a34",
    two: str = "#6d3527",
    mortar: str = "#4a4038",
    size: tuple[float, float] = (0.30, 0.075),
    rough: float = 0.8,
    joint: float = 0.008,
    offset: float = 0.5,
) -> bpy.types.Material:
    """Laid brick, ``size`` metres with its joint; every brick has its own shade."""
    mix = _recipe("brick")
    place = mix.add("UVMap").outputs["UV"]
    laid = mix.add("TexBrick", Vector=place, Scale=1.0, Mortar_Size=joint, Mortar_Smooth=0.25)
    laid.offset = offset
    laid.inputs["Color1"].default_value = colour(one)
    laid.inputs["Color2"].default_value = colour(two)
    laid.inputs["Mortar"].default_value = colour(mortar)
    laid.inputs["Brick Width"].default_value, laid.inputs["Row Height"].default_value = size
    worn = mix.mixed(mix.noise(5.0), "#8f8f8f", "#ffffff")
    stain = mix.mixed(mix.noise(0.9), "#9a9a9a", "#ffffff")
    paint = mix.times(mix.times(laid.outputs["Color"], worn), stain)
    height = mix.add("Math", Value=mix.noise(45.0, 3.0))
    height.operation = "MULTIPLY_ADD"
    height.inputs[1].default_value = 0.25
    lift = mix.add("Math", Value=laid.outputs["Fac"])
    lift.operation = "SUBTRACT"
    lift.inputs[0].default_value = 1.0
    mix.link(laid.outputs["Fac"], lift.inputs[1])
    mix.link(lift.outputs[0], height.inputs[2])
    mix.bump(height.outputs[0], 0.008)
    mix.set(Base_Color=paint, Roughness=rough, Specular_IOR_Level=0.3)
    return mix.material


def plaster(code: str = "#cfc8b8", dark: str = "#b3ac9c", rough: float = 0.9) -> bpy.types.Material:
    """Lime plaster, floated by hand."""
    mix = _recipe("plaster")
    paint = mix.mixed(mix.noise(1.6, 6.0), dark, code)
    mix.bump(mix.noise(7.0, 5.0), 0.012, 0.5)
    mix.set(Base_Color=paint, Roughness=rough, Specular_IOR_Level=0.2)
    return mix.material


def rippled(code: str, dark: str, strength: float = 0.12, high: float = 3.2) -> bpy.types.Material:
    """Plaster on which light thrown back by water plays, fading out at ``high`` metres."""
    material = plaster(code, dark)
    mix = Recipe(material)
    place = mix.add("NewGeometry").outputs["Position"]
    swayed = mix.add("VectorMath", Vector=place)
    swayed.operation = "MULTIPLY_ADD"
    drift = mix.add("TexNoise", Vector=place, Scale=1.6, Detail=2.0)
    mix.link(drift.outputs["Color"], swayed.inputs[0])
    swayed.inputs[1].default_value = (0.9, 0.9, 0.9)
    mix.link(place, swayed.inputs[2])
    cells = mix.add("TexVoronoi", Vector=swayed.outputs[0], Scale=2.6)
    cells.feature = "DISTANCE_TO_EDGE"
    line = mix.add("ValToRGB", Fac=cells.outputs["Distance"])
    stops = line.color_ramp.elements
    stops[0].position, stops[0].color = 0.0, colour("#9fc0ff")
    stops[1].position, stops[1].color = 0.12, colour("#000000")
    up = mix.add("SeparateXYZ", Vector=place)
    fade = mix.add("MapRange", Value=up.outputs["Z"])
    for name, value in (("From Min", 0.0), ("From Max", high), ("To Min", strength), ("To Max", 0)):
        fade.inputs[name].default_value = value
    mix.set(Emission_Color=line.outputs["Color"], Emission_Strength=fade.outputs["Result"])
    return material


def earth(codes: tuple[str, ...] = ("#7a5a42", "#94755a", "#5f4536")) -> bpy.types.Material:
    """Earth rammed in layers, each a little different."""
    mix = _recipe("earth")
    place = mix.add("NewGeometry").outputs["Position"]
    flat = mix.add("VectorMath", Vector=place)
    flat.operation = "MULTIPLY"
    flat.inputs[1].default_value = (0.35, 0.35, 7.0)
    layers = mix.noise(1.0, 3.0, flat.outputs[0])
    ramp = mix.add("ValToRGB", Fac=layers)
    stops = ramp.color_ramp.elements
    while len(stops) < len(codes):
        stops.new(0.5)
    for number, code in enumerate(codes):
        stops[number].position = 0.34 + 0.32 * number / (len(codes) - 1)
        stops[number].color = colour(code)
    grit = mix.mixed(mix.noise(60.0, 2.0), "#a8a8a8", "#ffffff")
    mix.set(
        Base_Color=mix.times(ramp.outputs["Color"], grit), Roughness=0.95, Specular_IOR_Level=0.1
    )
    both = mix.add("Math", Value=layers)
    mix.link(mix.noise(40.0, 3.0), both.inputs[1])
    mix.bump(both.outputs[0], 0.02, 0.6)
    return mix.material


def clay(code: str, wet: float = 0.0, grain: float = 30.0) -> bpy.types.Material:
    """Unfired clay; ``wet`` 1 shines and darkens."""
    mix = _recipe("clay")
    shade = 1 - 0.25 * wet
    paint = mix.times(
        mix.mixed(mix.noise(6.0), "#d8d8d8", "#ffffff"),
        mix.add("RGB").outputs[0],
    )
    rgb = next(n for n in mix.material.node_tree.nodes if n.type == "RGB")
    rgb.outputs[0].default_value = (*(srgb(code) * shade).tolist(), 1)
    mix.bump(mix.noise(grain, 3.0), 0.004, 0.5)
    mix.set(
        Base_Color=paint,
        Roughness=0.9 - 0.55 * wet,
        Specular_IOR_Level=0.25 + 0.25 * wet,
        Coat_Weight=0.5 * wet,
        Coat_Roughness=0.25,
    )
    return mix.material


def wood(pale: str = "#6b452c", deep: str = "#3c2517", rough: float = 0.45) -> bpy.types.Material:
    """Oiled wood, its grain along the longer side of what it covers."""
    mix = _recipe("wood")
    place = mix.add("TexCoord").outputs["Object"]
    drawn = mix.add("VectorMath", Vector=place)
    drawn.operation = "MULTIPLY"
    drawn.inputs[1].default_value = (3.0, 40.0, 40.0)
    grain = mix.noise(1.0, 4.0, drawn.outputs[0])
    mix.bump(grain, 0.002, 0.5)
    mix.set(Base_Color=mix.mixed(grain, deep, pale), Roughness=rough, Specular_IOR_Level=0.4)
    return mix.material


def plain(
    code: str, rough: float = 0.6, metal: float = 0.0, coat: float = 0.0
) -> bpy.types.Material:
    mix = _recipe("plain")
    mix.set(Base_Color=colour(code), Roughness=rough, Metallic=metal, Coat_Weight=coat)
    mix.set(Coat_Roughness=0.06)
    return mix.material


def glow(code: str, strength: float) -> bpy.types.Material:
    mix = _recipe("glow")
    mix.set(Base_Color=colour("#000000"), Emission_Color=colour(code), Emission_Strength=strength)
    return mix.material


def water(code: str = "#6079ab", ripple: float = 0.0012) -> bpy.types.Material:
    """Still dark water by night: a dim blue mirror that trembles."""
    mix = _recipe("water")
    place = mix.add("NewGeometry").outputs["Position"]
    mix.bump(mix.noise(2.6, 2.0, place), 0.05, ripple * 40)
    mix.set(Base_Color=colour(code), Roughness=0.03, Metallic=1.0)
    return mix.material


def embers(strength: float = 6.0) -> bpy.types.Material:
    """A bed of coals: bright in the cracks, dark crusts above."""
    mix = _recipe("embers")
    heat = mix.noise(14.0, 5.0)
    ramp = mix.add("ValToRGB", Fac=heat)
    stops = ramp.color_ramp.elements
    stops[0].position, stops[0].color = 0.40, colour("#120302")
    stops[1].position, stops[1].color = 0.72, colour("#ffd27a")
    stops.new(0.5).color = colour("#a61d05")
    stops.new(0.6).color = colour("#ff6a14")
    mix.set(
        Base_Color=colour("#140c0a"),
        Emission_Color=ramp.outputs["Color"],
        Emission_Strength=strength,
        Roughness=0.9,
    )
    mix.bump(mix.noise(20.0, 4.0), 0.03)
    return mix.material
