"""Structured logs: one line a request, with its id and route, without personal data."""

from __future__ import annotations

import logging
import re
import time

import structlog
from flask import Flask, Response, g, request

from shop.core.ids import public_id

log = structlog.get_logger("shop")
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def configure_logs(level: str) -> None:
    logging.basicConfig(level=level, format="%(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        cache_logger_on_first_use=True,
    )


def _begin() -> None:
    offered = request.headers.get("X-Request-ID", "")
    g.request_id = offered if REQUEST_ID.fullmatch(offered) else public_id(16)
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id", "")
    # The rule, not the path: paths carry tracking tokens.
    log.info(
        "request",
        method=request.method,
        rule=str(request.url_rule) if request.url_rule else None,
        status=response.status_code,
        milliseconds=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
    )
    return response


def init_logs(app: Flask, level: str) -> None:
    configure_logs(level)
    app.before_request(_begin)
    app.after_request(_end)
