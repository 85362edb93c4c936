"""Why a 3D model is refused."""

from __future__ import annotations

from flask_babel import lazy_gettext

from shop.core.errors import Invalid


class NotAModel(Invalid):
    message = lazy_gettext("This is no 3D model we can read. A GLB file (glTF 2.0) is.")


class EmptyModel(NotAModel):
    message = lazy_gettext("This file is empty.")


class DamagedModel(NotAModel):
    """`detail` says where, in English and in glTF's own terms, for who made the file."""

    message = lazy_gettext("This 3D model is damaged, or was not sent to its end.")

    def __init__(self, detail: str) -> None:
        super().__init__()
        self.detail = detail


class NotInOnePiece(NotAModel):
    message = lazy_gettext(
        "This 3D model refers to other files. Export it as one GLB with everything inside."
    )


class UnknownExtension(NotAModel):
    def __init__(self, name: str) -> None:
        super().__init__(
            lazy_gettext(
                "This 3D model uses “%(name)s”, which our viewer does not know. Export it without.",
                name=name,
            )
        )


class NothingToSee(NotAModel):
    message = lazy_gettext("There is nothing to see in this 3D model.")


class TooHeavy(NotAModel):
    message = lazy_gettext(
        "This 3D model is larger than 8 MB, too much for a telephone. Make it smaller."
    )


class TooManyTriangles(NotAModel):
    message = lazy_gettext(
        "This 3D model has more than 200,000 triangles, too many for a telephone. Simplify it."
    )


class BadTexture(NotAModel):
    message = lazy_gettext(
        "A picture inside this 3D model cannot be read. WebP, PNG and JPEG up to 4,096 pixels can."
    )


class TooManyPixels(NotAModel):
    message = lazy_gettext(
        "The pictures inside this 3D model come to more than 67 million pixels, too many for a "
        "telephone. Make them smaller."
    )


class OddSize(NotAModel):
    message = lazy_gettext(
        "This 3D model would be smaller than 5 mm or larger than 20 m. Export it in metres."
    )
