"""Rate limits, counted per address as the trusted proxies report it, in Redis when there is one."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv6Address, IPv6Network

from flask import Flask, request
from flask_limiter import Limiter

from shop.core.settings import Settings

ONE_HOUSEHOLD = 64
"""Bits of an IPv6 address that name one customer's network at the least (RFC 6177)."""


def visitor() -> str:
    """The IPv4 address, or the IPv6 network, since whoever has one address there has 2**64."""
    given = request.remote_addr or "127.0.0.1"
    try:
        address = IPv6Address(given.partition("%")[0])
    except AddressValueError:
        return given
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, ONE_HOUSEHOLD), strict=False))


# The address is request.remote_addr: a forged X-Forwarded-For reaches it only through as many
# proxies as TRUSTED_PROXIES says there are. When Redis is gone each process goes on counting.
limiter = Limiter(visitor, in_memory_fallback_enabled=True, strategy="moving-window")


def init_limits(app: Flask, settings: Settings) -> None:
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    app.config["RATELIMIT_HEADERS_ENABLED"] = True
    limiter.init_app(app)
