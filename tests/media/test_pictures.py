"""What is sent in comes out as pixels alone, or is refused by name."""

from __future__ import annotations

import hashlib
import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from shop.media import pictures
from shop.media.pictures import (
    CleanPicture,
    DamagedPicture,
    EmptyPicture,
    NotAPicture,
    TooManyPixels,
    ingest,
    is_clean_webp,
)

ORIENTATION = 0x0112
GPS = 0x8825
COBALT = (30, 60, 160)


def file_of(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def picture(width: int = 60, height: int = 40) -> Image.Image:
    image = Image.new("RGB", (width, height), COBALT)
    image.paste((240, 235, 220), (0, 0, width // 4, height // 4))
    return image


def opened(clean: CleanPicture) -> Image.Image:
    image = Image.open(BytesIO(clean.webp))
    image.load()
    return image


def colours(clean: CleanPicture, *places: tuple[int, int]) -> list[Any]:
    image = opened(clean)
    return [image.getpixel(place) for place in places]


def near(found: Any, wanted: tuple[int, ...], within: int = 12) -> bool:
    return all(abs(a - b) <= within for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "HEIF"])
def test_every_common_kind_becomes_a_webp_of_pixels_alone(kind: str) -> None:
    clean = ingest(file_of(picture(), kind))
    image = opened(clean)
    assert (image.format, image.size, image.mode) == ("WEBP", (60, 40), "RGB")
    assert (clean.width, clean.height) == (60, 40)
    assert clean.sha256 == hashlib.sha256(clean.webp).hexdigest()
    assert is_clean_webp(clean.webp)
    assert near(image.getpixel((50, 30)), COBALT)


def test_metadata_does_not_survive() -> None:
    exif = Image.Exif()
    exif[0x010E] = "nhà tôi, ngõ 12"
    exif.get_ifd(GPS)[1] = "N"
    sent = file_of(picture(), "JPEG", exif=exif, comment=b"secret comment", xmp=b"<x:secret/>")
    assert b"secret comment" in sent
    clean = ingest(sent)
    assert opened(clean).info.keys() <= {"loop", "background", "timestamp", "duration"}
    assert not opened(clean).getexif()
    for secret in (b"secret", b"ng\xc3\xb5", b"Exif"):
        assert secret not in clean.webp


def test_text_in_a_png_does_not_survive() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_itxt("Comment", "secret words", zip=True)
    clean = ingest(file_of(picture(), "PNG", pnginfo=text))
    assert "Comment" not in opened(clean).info


@pytest.mark.parametrize(
    ("orientation", "light_corner"),
    [(1, (2, 2)), (3, (57, 37)), (6, (37, 2)), (8, (2, 57)), (2, (57, 2))],
)
def test_a_turned_camera_gives_an_upright_picture(
    orientation: int, light_corner: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    clean = ingest(file_of(picture(), "JPEG", exif=exif, quality=95))
    turned = orientation in (6, 8)
    assert (clean.width, clean.height) == ((40, 60) if turned else (60, 40))
    assert near(colours(clean, light_corner)[0], (240, 235, 220))


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_an_unreadable_orientation_turns_nothing() -> None:
    sent = file_of(picture(), "JPEG", exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff\x01\x12")
    clean = ingest(sent)
    assert (clean.width, clean.height) == (60, 40)


def swapped_channels_profile() -> bytes:
    """A colour space whose red primary is sRGB's blue one, and the other way round."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    table = {profile[i : i + 4]: i for i in range(132, 132 + 12 * profile[131], 12)}
    red, blue = table[b"rXYZ"], table[b"bXYZ"]
    swapped = bytearray(profile)
    swapped[red + 4 : red + 12] = profile[blue + 4 : blue + 12]
    swapped[blue + 4 : blue + 12] = profile[red + 4 : red + 12]
    return bytes(swapped)


def test_colours_are_brought_to_srgb() -> None:
    sent = file_of(
        Image.new("RGB", (40, 40), (200, 20, 30)), "PNG", icc_profile=swapped_channels_profile()
    )
    clean = ingest(sent)
    assert near(colours(clean, (20, 20))[0], (30, 20, 200))
    assert "icc_profile" not in opened(clean).info


def test_a_broken_colour_profile_is_left_out() -> None:
    clean = ingest(file_of(picture(), "PNG", icc_profile=b"no profile at all"))
    assert near(colours(clean, (50, 30))[0], COBALT)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_pixel_format_is_taken(mode: str) -> None:
    grey = Image.new("L", (40, 40), 128)
    if mode == "I;16":
        image = Image.new("I;16", (40, 40), 128 * 256)
    else:
        image = grey.quantize() if mode == "P" else grey.convert("RGB").convert(mode)
    clean = ingest(file_of(image, "JPEG" if mode == "CMYK" else "PNG"))
    found = opened(clean).convert("RGB").getpixel((20, 20))
    if mode != "1":
        assert near(found, (128, 128, 128))
    assert opened(clean).mode == "RGB"


def test_transparency_is_kept_where_there_is_some() -> None:
    image = picture().convert("RGBA")
    image.putpixel((50, 30), (0, 0, 0, 0))
    assert opened(ingest(file_of(image, "PNG"))).mode == "RGBA"
    assert opened(ingest(file_of(picture().convert("RGBA"), "PNG"))).mode == "RGB"


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_frame_stays(kind: str) -> None:
    frames = [picture(), Image.new("RGB", (60, 40), (0, 255, 0))]
    clean = ingest(file_of(frames[0], kind, save_all=True, append_images=frames[1:]))
    assert getattr(opened(clean), "n_frames", 1) == 1
    assert near(colours(clean, (50, 30))[0], COBALT, within=20)


def test_nothing_is_refused_as_empty() -> None:
    with pytest.raises(EmptyPicture):
        ingest(b"")


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7\n",
        b"\xff\xd8\xff",
        b"GIF89a",
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        b"MZ" + b"\x00" * 500,
        file_of(picture(), "BMP"),
        file_of(picture(), "TIFF"),
        file_of(picture(), "PPM"),
    ],
)
def test_what_is_no_photograph_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        ingest(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_half_a_picture_is_refused(kind: str) -> None:
    noisy = Image.effect_noise((200, 200), 90).convert("RGB")
    sent = file_of(noisy, kind)
    with pytest.raises(NotAPicture):
        ingest(sent[: len(sent) // 2])


def png_claiming(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        checked = name + body
        return struct.pack(">I", len(body)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("size", [(7_746, 7_746), (10_000, 10_000), (65_000, 65_000)])
def test_a_bomb_is_refused_by_the_size_it_claims(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_self: object) -> None:
        raise AssertionError("a bomb was decoded")

    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", never)
    with pytest.raises(TooManyPixels):
        ingest(png_claiming(*size))


def test_text_that_swells_when_unpacked_is_refused() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "a" * 50_000_000, zip=True)
    sent = file_of(picture(), "PNG", pnginfo=text)
    assert len(sent) < 100_000
    with pytest.raises(NotAPicture):
        ingest(sent)


def test_what_rides_behind_a_picture_is_dropped() -> None:
    smuggled = b"PK\x03\x04" + b"<script>alert(1)</script>"
    for kind in ("JPEG", "PNG", "WEBP"):
        clean = ingest(file_of(picture(), kind) + smuggled)
        assert smuggled not in clean.webp
        assert is_clean_webp(clean.webp)


def test_a_very_long_picture_is_made_to_fit() -> None:
    clean = ingest(file_of(Image.new("L", (20_000, 20)), "PNG"))
    assert clean.width == pictures.LONGEST_WEBP_SIDE


def test_a_clean_webp_of_the_house_is_kept_to_the_byte() -> None:
    sent = file_of(picture(), "WEBP", quality=90)
    assert ingest(sent, keep_clean_webp=True).webp == sent
    assert ingest(sent).webp != sent


@pytest.mark.parametrize(
    "sent",
    [
        file_of(
            picture(), "WEBP", exif=Image.Exif().tobytes() + b"MM\x00*\x00\x00\x00\x08\x00\x00"
        ),
        file_of(picture(), "WEBP", icc_profile=swapped_channels_profile()),
        file_of(picture(), "WEBP", xmp=b"<x:xmpmeta/>"),
        file_of(picture(), "WEBP", save_all=True, append_images=[picture(60, 40).rotate(180)]),
        file_of(picture(), "WEBP") + b"behind",
        file_of(picture(), "JPEG"),
        b"RIFF\x04\x00\x00\x00WEBPVP",
        b"",
    ],
    ids=["exif", "icc", "xmp", "animated", "behind", "jpeg", "stump", "nothing"],
)
def test_any_other_webp_is_not_clean(sent: bytes) -> None:
    assert not is_clean_webp(sent)


@pytest.mark.parametrize("data", ["exif", "icc_profile", "xmp"])
def test_a_webp_with_metadata_is_encoded_anew_even_for_the_house(data: str) -> None:
    sent = file_of(picture(), "WEBP", **{data: swapped_channels_profile()})
    clean = ingest(sent, keep_clean_webp=True)
    assert clean.webp != sent
    assert is_clean_webp(clean.webp)


def test_a_damaged_clean_webp_is_refused() -> None:
    sent = bytearray(file_of(Image.effect_noise((64, 64), 90).convert("RGB"), "WEBP"))
    sent[24:40] = b"\xff" * 16
    with pytest.raises(NotAPicture):
        ingest(bytes(sent), keep_clean_webp=True)


SEEDS = {kind: file_of(picture(), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF")}


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_damage_of_any_kind_is_refused_or_survived_never_a_crash(data: st.DataObject) -> None:
    sent = bytearray(SEEDS[data.draw(st.sampled_from(sorted(SEEDS)))])
    for _ in range(data.draw(st.integers(1, 6))):
        sent[data.draw(st.integers(0, len(sent) - 1))] = data.draw(st.integers(0, 255))
    try:
        clean = ingest(bytes(sent))
    except (NotAPicture, DamagedPicture, TooManyPixels):
        return
    assert is_clean_webp(clean.webp)
