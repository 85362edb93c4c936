"""Structured logs: one line a request, with its id and route, without personal data."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Mapping
from typing import Any

import structlog
from flask import Flask, Response, g, request
from structlog.processors import ExceptionRenderer
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor, WrappedLogger

from shop.core.ids import public_id

log = structlog.get_logger("shop")
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
TALKATIVE = ("flask-limiter", "stripe", "urllib3")
"""Libraries whose lines below a warning name addresses, e-mails, or what was sent and answered."""
PERSONAL = re.compile(
    r"[^\s@<>\"'(=]{1,80}@[^\s@<>\"')]{1,255}"  # an e-mail, or a password in an address
    r"|(?<![\w.-])(?:\+\d|0\d)(?:[ .-]?\d){7,13}(?![\w-])"  # a telephone number
    r"|(?<![\w.-])\d{9,19}(?![\w-])"  # an account number
    r"|\b(?:[sr]k|whsec)_\w+"  # a key of Stripe's
)
DATABASE_DETAIL = re.compile(r"\n(?:DETAIL|CONTEXT|LINE \d+):.*?(?=\n\[SQL|\Z)", re.DOTALL)
"""PostgreSQL quotes the row under the first line of what it says."""


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return PERSONAL.sub("[hidden]", DATABASE_DETAIL.sub("", value))
    if isinstance(value, Mapping):
        return {key: _masked(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(inner) for inner in value]
    return value


def mask_personal_data(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Our own lines hold none; what a library's exception quotes is taken out here."""
    return {key: _masked(value) for key, value in line.items()}


def processors() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        *rendering(),
    ]


def rendering() -> list[Processor]:
    # Without the frames' locals: they are the forms people sent, and the keys of the settings.
    return [
        ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
        mask_personal_data,
        structlog.processors.JSONRenderer(),
    ]


def handler_for_libraries() -> logging.Handler:
    """What libraries log, in the same form and as bare of personal data as our own lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering()],
        )
    )
    return handler


def configure_logs(level: str) -> None:
    logging.basicConfig(level=level, handlers=[handler_for_libraries()])
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=processors(),
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


def _log_crash(exc_info: Any) -> None:
    """In place of Flask's own line, which names the path."""
    log.error("crash", exc_info=exc_info)


def init_logs(app: Flask, level: str) -> None:
    configure_logs(level)
    app.log_exception = _log_crash  # type: ignore[method-assign]
    app.before_request(_begin)
    app.after_request(_end)
