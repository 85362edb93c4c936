"""QR codes of this site's own addresses: on pages, and as drawings to print."""

from __future__ import annotations

import segno

QUIET_ZONE = 4
"""Modules of white about a code: ISO/IEC 18004 asks for four."""


def code_drawing(url: str) -> str:
    """The address as SVG to print, a quarter of which may be scratched (level Q)."""
    drawing: str = segno.make_qr(url, error="q").svg_inline(border=QUIET_ZONE, omitsize=True)
    return drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def code_on_page(url: str, title: str) -> str:
    """The address as an inline SVG named `title`, sized by the style sheet (class `qr`).

    Dark on white whatever is around it, since scanners need that; without attributes that the
    site's Content-Security-Policy would drop.
    """
    drawing: str = segno.make_qr(url, error="m").svg_inline(
        title=title,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
    )
    return drawing.replace("<svg ", '<svg role="img" shape-rendering="crispEdges" ', 1)
