"""Headers every answer carries, the nonce of its scripts, and cookies bound to this host."""

from __future__ import annotations

import secrets
from collections import defaultdict

from flask import Flask, Response, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from shop.core.settings import Settings

csrf = CSRFProtect()
SESSION_COOKIE = "__Host-session"


# The style is model-viewer's own <style>, by its digest: another version of it has another.
VIEWER_SOURCES = {
    "script": " 'wasm-unsafe-eval'",
    "style": " 'sha256-PXtZZkJMMyc18o/DN1ZEFOJ2qEGq95IQbVaJFMOXOb0='",
    "image": " blob:",
    "connect": " blob:",
}
PANORAMA_SOURCES = {"image": " blob:"}


def csp_nonce() -> str:
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def allow_3d_viewer() -> None:
    """Let the page at hand run model-viewer, which the policy of other pages would stop.

    It compiles Meshopt's decoder (WebAssembly) and reads the pictures inside a model back from
    blobs of its own making; its style sheet lies inside its element. Nothing from elsewhere.
    """
    g.viewer_sources = VIEWER_SOURCES


def allow_panorama() -> None:
    """Let the page at hand run Pannellum, which shows the picture it fetched from a blob."""
    g.viewer_sources = PANORAMA_SOURCES


def allow_framing() -> None:
    """Let the page at hand stand in a frame on any site: it takes no orders and knows nobody."""
    g.allows_framing = True


class PrivateSession(SecureCookieSessionInterface):
    """What everybody may keep a copy of neither sets a cookie nor varies by one."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not response.cache_control.public:
            super().save_session(app, session, response)


def _policy(checkout_origin: str) -> str:
    viewer = defaultdict(str, g.get("viewer_sources", {}))
    ancestors = "*" if g.get("allows_framing") else "'none'"
    # Browsers apply form-action to the redirect after the post, hence the card page's origin.
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{csp_nonce()}'{viewer['script']}",
            f"style-src 'self'{viewer['style']}",
            f"img-src 'self' data:{viewer['image']}",
            "media-src 'self'",
            "font-src 'self'",
            f"connect-src 'self'{viewer['connect']}",
            "manifest-src 'self'",
            "worker-src 'self'",
            f"form-action 'self' {checkout_origin}",
            f"frame-ancestors {ancestors}",
            "base-uri 'none'",
            "object-src 'none'",
        )
    )


def init_security(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME=SESSION_COOKIE,
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings.is_https,
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
    )
    app.session_interface = PrivateSession()
    csrf.init_app(app)
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    checkout_origin = settings.stripe_checkout_origin

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", _policy(checkout_origin))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), payment=()")
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.blueprint:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
