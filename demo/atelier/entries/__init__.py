"""The pieces, one module a workshop, most important piece first. A new piece is one entry."""

from __future__ import annotations

from ..piece import Piece
from . import ben_da, lo_bau_do, net_lam, ngo_ran

WORKSHOPS = {
    "net-lam": net_lam.PIECES,
    "lo-bau-do": lo_bau_do.PIECES,
    "ben-da": ben_da.PIECES,
    "ngo-ran": ngo_ran.PIECES,
}
EXTRAS = net_lam.EXTRAS


def all_pieces() -> list[Piece]:
    """Every piece, the first of each workshop, then the second of each, and so on."""
    longest = max(map(len, WORKSHOPS.values()))
    return [p[k] for k in range(longest) for p in WORKSHOPS.values() if k < len(p)]
