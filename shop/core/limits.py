"""Rate limits, counted per address as the trusted proxies report it, in Redis when there is one."""

from __future__ import annotations

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from shop.core.settings import Settings

# The address is request.remote_addr: a forged X-Forwarded-For reaches it only through as many
# proxies as TRUSTED_PROXIES says there are. When Redis is gone each process goes on counting.
limiter = Limiter(get_remote_address, in_memory_fallback_enabled=True, strategy="moving-window")


def init_limits(app: Flask, settings: Settings) -> None:
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    app.config["RATELIMIT_HEADERS_ENABLED"] = True
    limiter.init_app(app)
