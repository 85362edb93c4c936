"""A masterpiece's front again, twice as fine, for looking at its brush strokes."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageFilter

from .piece import Piece
from .rooms.camera import save
from .studio import Finish, Table

MOST_BYTES = 380_000
MARGIN = 0.03
MASTERPIECES = (
    "binh-hoa-lam-sen-day",
    "dia-hoa-lam-ca-chep",
    "choe-tu-quy-hoa-lam",
    "lo-hoa-lam-cuc-day",
    "bat-huong-hoa-lam-rong",
    "binh-men-ran-dap-noi",
    "ong-huong-hoa-lam-hoi-van",
    "loc-binh-men-ran",
)


class Closer(Table):
    """Draws only where the piece stands; the bare ground about it is the front photograph's."""

    front: Path

    def _render(self, path: Path) -> None:
        border = self.scene.render
        border.resolution_x, border.resolution_y = self.finish.width, self.finish.height
        left, low, right, high = self._where()
        border.use_border = border.use_crop_to_border = True
        border.border_min_x, border.border_max_x = left, right
        border.border_min_y, border.border_max_y = low, high
        part = self._drawn(path)
        size = (self.finish.width, self.finish.height)
        with Image.open(self.front) as front:
            whole = front.convert("RGB").resize(size, Image.Resampling.BICUBIC)
        whole.paste(part, (round(left * size[0]), round((1 - high) * size[1])), _soft(part.size))
        save(whole, path, MOST_BYTES)

    def _where(self) -> tuple[float, float, float, float]:
        """The piece's left, lower, right and upper edge as fractions, with a margin."""
        # This package of Blender's is found only once bpy is loaded.
        from bpy_extras.object_utils import world_to_camera_view

        seen = [world_to_camera_view(self.scene, self.scene.camera, c) for c in self.corners]
        across, up = [s.x for s in seen], [s.y for s in seen]
        low = (min(across) - MARGIN, min(up) - MARGIN)
        high = (max(across) + MARGIN, max(up) + MARGIN)
        return (*(max(0.0, edge) for edge in low), *(min(1.0, edge) for edge in high))


def _soft(size: tuple[int, int], edge: int = 24) -> Image.Image:
    """A mask that is full inside and fades out at its border."""
    mask = Image.new("L", size, 0)
    mask.paste(255, (edge, edge, size[0] - edge, size[1] - edge))
    return mask.filter(ImageFilter.GaussianBlur(edge / 3))


def zoom(piece: Piece, front: Path, path: Path, samples: int) -> None:
    """Draw ``piece`` at 2400 by 3000 pixels into ``path``, framed as in ``front``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table = Closer(piece.front, Finish(2400, 3000, samples=samples), piece.slug)
    table.front = front
    table.photograph(path)
