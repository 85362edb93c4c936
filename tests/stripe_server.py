"""A local server that speaks Stripe's form encoding and signs its webhooks, for the real SDK.

It keeps sessions and refunds in memory, honours idempotency keys as Stripe documents them (the
first answer again; other parameters are an error), shows a payment page, and can be told to
hang, to fail, or to act and then lose the answer.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import select
import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

SECRET_KEY = "sk_test_only_for_the_local_server"
WEBHOOK_SECRET = "whsec_only_for_the_local_server"
Parameters = dict[str, str]
Answer = tuple[int, dict[str, Any]]


def signature_of(body: bytes, secret: str = WEBHOOK_SECRET, at: int | None = None) -> str:
    """The Stripe-Signature header as docs.stripe.com/webhooks/signature describes it."""
    stamp = int(time.time()) if at is None else at
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={digest}"


def event_of(
    name: str,
    subject: dict[str, Any],
    number: int,
    *,
    live: bool = False,
    created: int | None = None,
) -> bytes:
    return json.dumps(
        {
            "id": f"evt_{number}",
            "object": "event",
            "type": name,
            "created": int(time.time()) if created is None else created,
            "livemode": live,
            "data": {"object": subject},
        }
    ).encode()


@dataclass
class StripeServer:
    """`mode` is what happens to the next calls: "well", "down", "hang" or "lose the answer"."""

    mode: str = "well"
    refund_status: str = "succeeded"
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    disputes: dict[str, dict[str, Any]] = field(default_factory=dict)
    payouts: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    requests: list[tuple[str, str, Parameters]] = field(default_factory=list)
    answers: dict[str, tuple[Parameters, Answer]] = field(default_factory=dict)
    webhook_url: str | None = None
    hang_seconds: float = 1.5
    before_acting: Callable[[str, str], None] | None = None
    before_answering: Callable[[str, str], None] | None = None
    """Called with method and path when a call has come; or has been acted on, unanswered yet."""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        stripe = self

        class Handler(_Handler):
            server_side = stripe

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def forget(self) -> None:
        """Start the next test with nothing remembered."""
        self.mode, self.refund_status, self.webhook_url = "well", "succeeded", None
        self.before_acting = self.before_answering = None
        for memory in (self.sessions, self.refunds, self.disputes, self.payouts, self.answers):
            memory.clear()
        self.requests.clear()
        self.lines.clear()

    def next_number(self) -> int:
        return next(self._numbers)

    def answer(self, method: str, path: str, parameters: Parameters, key: str | None) -> Answer:
        with self._lock:
            self.requests.append((method, path, parameters))
            if key and key in self.answers:
                before, answer = self.answers[key]
                return answer if before == parameters else _error(400, "idempotency_error")
            answer = self._act(method, path, parameters)
            if key and answer[0] < 500:
                self.answers[key] = (parameters, answer)
            return answer

    def _act(self, method: str, path: str, parameters: Parameters) -> Answer:
        match method, path.strip("/").split("/"):
            case "POST", ["v1", "checkout", "sessions"]:
                return self._open(parameters)
            case "POST", ["v1", "checkout", "sessions", name, "expire"] if name in self.sessions:
                return self._expire(name)
            case "POST", ["v1", "refunds"]:
                return self._refund(parameters)
            case "GET", ["v1", *resource]:
                found = self._read("/".join(resource), parameters)
                return (200, dict(found)) if found else _error(404, "invalid_request_error")
        return _error(404, "invalid_request_error")

    def _read(self, resource: str, parameters: Parameters) -> dict[str, Any] | None:
        charge = parameters.get("payment_intent", "")
        lists: dict[str, Callable[[], dict[str, Any]]] = {
            "refunds": lambda: self._refunds_of(charge),
            "disputes": lambda: self._disputes_of(charge),
            "balance_transactions": lambda: self._lines(parameters),
            "payouts": lambda: _listed(self.payouts.values(), "/v1/payouts"),
            "balance": self._balance,
        }
        if resource in lists:
            return lists[resource]()
        kind, _, name = resource.rpartition("/")
        kept = {
            "checkout/sessions": self.sessions,
            "refunds": self.refunds,
            "disputes": self.disputes,
        }
        return kept.get(kind, {}).get(name)

    def _open(self, parameters: Parameters) -> Answer:
        left = int(parameters["expires_at"]) - time.time()
        gone = any(name.startswith("payment_method_types") for name in parameters)
        if gone or parameters.get("ui_mode") != "hosted_page":
            return _error(400, "invalid_request_error")
        amount = int(parameters["line_items[0][price_data][unit_amount]"])
        if not 30 * 60 <= left <= 24 * 3600 + 60 or amount > 99_999_999:
            return _error(400, "invalid_request_error")
        name = f"cs_test_{self.next_number()}"
        self.sessions[name] = {
            "id": name,
            "object": "checkout.session",
            "url": f"{self.url}/pay/{name}",
            "status": "open",
            "payment_status": "unpaid",
            "amount_total": amount,
            "currency": parameters["line_items[0][price_data][currency]"],
            "client_reference_id": parameters["client_reference_id"],
            "success_url": parameters["success_url"],
            "cancel_url": parameters["cancel_url"],
            "payment_intent": None,
        }
        return 200, dict(self.sessions[name])

    def _expire(self, name: str) -> Answer:
        session = self.sessions[name]
        if session["status"] != "open":
            return _error(400, "invalid_request_error")
        session.update(status="expired", url=None)
        return 200, dict(session)

    def _refund(self, parameters: Parameters) -> Answer:
        amount, charge = int(parameters["amount"]), parameters["payment_intent"]
        if amount > self._left_of(charge):
            return _error(400, "invalid_request_error")
        name = f"re_{self.next_number()}"
        key = parameters["metadata[refund]"]
        return 200, dict(self._make_refund(name, amount, charge, {"refund": key}))

    def _make_refund(
        self, name: str, amount: int, charge: str, metadata: dict[str, str]
    ) -> dict[str, Any]:
        self.refunds[name] = {
            "id": name,
            "object": "refund",
            "status": self.refund_status,
            "amount": amount,
            "currency": "vnd",
            "payment_intent": charge,
            "metadata": metadata,
        }
        self.add_line("refund", -amount, self.refunds[name])
        return self.refunds[name]

    def refund_in_dashboard(self, charge: str, amount: int) -> dict[str, Any]:
        return self._make_refund(f"re_{self.next_number()}", amount, charge, {})

    def fail_refund(self, name: str) -> dict[str, Any]:
        """The card's bank sends it back."""
        refund = self.refunds[name]
        refund["status"] = "failed"
        self.add_line("refund_failure", refund["amount"], refund)
        return refund

    def dispute(
        self, charge: str, amount: int, *, status: str = "needs_response", fee: int = 0
    ) -> dict[str, Any]:
        """The buyer's bank disputes a payment; unless it only inquires, the money is withdrawn."""
        name = f"dp_{self.next_number()}"
        self.disputes[name] = {
            "id": name,
            "object": "dispute",
            "amount": amount,
            "currency": "vnd",
            "payment_intent": charge,
            "reason": "fraudulent",
            "status": status,
            "evidence_details": {"due_by": int(time.time()) + 7 * 24 * 3600},
            "balance_transactions": [],
        }
        if not status.startswith("warning"):
            self.withdraw(name, fee=fee)
        return self.disputes[name]

    def withdraw(self, name: str, *, fee: int = 0) -> dict[str, Any]:
        dispute = self.disputes[name]
        line = self.add_line("dispute", -dispute["amount"], dispute, fee=fee)
        dispute["balance_transactions"].append(line)
        return dispute

    def decide(self, name: str, status: str, *, reinstates: bool = False) -> dict[str, Any]:
        dispute = self.disputes[name]
        dispute["status"] = status
        if reinstates:
            line = self.add_line("dispute_reversal", dispute["amount"], dispute)
            dispute["balance_transactions"].append(line)
        return dispute

    def pay_out(self, amount: int, status: str = "in_transit") -> dict[str, Any]:
        """What is in the account so far goes to the bank."""
        name = f"po_{self.next_number()}"
        self.payouts[name] = {
            "id": name,
            "object": "payout",
            "amount": amount,
            "currency": "vnd",
            "status": status,
            "automatic": True,
            "arrival_date": int(time.time()) + 24 * 3600,
        }
        for line in self.lines:
            line["_payout"] = line.get("_payout", name)
        self.add_line("payout", -amount, self.payouts[name])
        return self.payouts[name]

    def add_line(
        self, category: str, amount: int, source: dict[str, Any], *, fee: int = 0
    ) -> dict[str, Any]:
        """A balance transaction; `_…` is not shown."""
        kinds = {"dispute": "adjustment", "dispute_reversal": "adjustment", "fee": "stripe_fee"}
        line = {
            "id": f"txn_{self.next_number()}",
            "object": "balance_transaction",
            "type": kinds.get(category, category),
            "reporting_category": category,
            "amount": amount,
            "fee": fee,
            "net": amount - fee,
            "currency": "vnd",
            "created": int(time.time()),
            "source": source.get("id"),
            "_source": {k: v for k, v in source.items() if k != "balance_transactions"},
        }
        self.lines.append(line)
        return {key: value for key, value in line.items() if not key.startswith("_")}

    def _lines(self, parameters: Parameters) -> dict[str, Any]:
        since, payout = int(parameters.get("created[gte]", 0)), parameters.get("payout")
        found = [
            {**{k: v for k, v in line.items() if not k.startswith("_")}, "source": line["_source"]}
            for line in reversed(self.lines)
            if line["created"] >= since and payout in (None, line.get("_payout"))
        ]
        return _listed(found, "/v1/balance_transactions")

    def _balance(self) -> dict[str, Any]:
        total = sum(line["net"] for line in self.lines if line["currency"] == "vnd")
        parts = [{"amount": total, "currency": "vnd"}]
        return {"object": "balance", "available": parts, "pending": []}

    def _disputes_of(self, charge: str) -> dict[str, Any]:
        found = [d for d in self.disputes.values() if d["payment_intent"] == charge]
        return _listed(found, "/v1/disputes")

    def _left_of(self, charge: str) -> int:
        paid = sum(
            s["amount_total"] for s in self.sessions.values() if s["payment_intent"] == charge
        )
        gone = (r["amount"] for r in self._refunds_of(charge)["data"] if r["status"] != "failed")
        return int(paid - sum(gone))

    def _refunds_of(self, charge: str) -> dict[str, Any]:
        found = [r for r in self.refunds.values() if r["payment_intent"] == charge]
        return _listed(found, "/v1/refunds")

    def forget_keys(self) -> None:
        """As Stripe does when an idempotency key is a day old."""
        self.answers.clear()

    def pay(self, name: str, *, fee: int = 0) -> dict[str, Any]:
        """The buyer pays on the hosted page; the event is what Stripe would send."""
        session = self.sessions[name]
        if session["payment_status"] != "paid":
            session.update(status="complete", payment_status="paid", payment_intent=f"pi_{name}")
            charge = {"id": f"ch_{name}", "object": "charge", "payment_intent": f"pi_{name}"}
            self.add_line("charge", session["amount_total"], charge, fee=fee)
        return session

    def send_webhook(self, name: str, subject: dict[str, Any]) -> int:
        body = event_of(name, subject, self.next_number())
        request = urllib.request.Request(  # noqa: S310
            str(self.webhook_url),
            data=body,
            headers={"Stripe-Signature": signature_of(body), "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            return int(response.status)


def _listed(rows: Iterable[dict[str, Any]], url: str) -> dict[str, Any]:
    return {"object": "list", "data": list(rows), "has_more": False, "url": url}


def _error(status: int, kind: str) -> Answer:
    return status, {"error": {"type": kind, "message": f"refused by the local server: {kind}"}}


class _Handler(BaseHTTPRequestHandler):
    server_side: StripeServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: object) -> None:
        """Tests read `requests` instead."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path.startswith("/pay/"):
            self._show_page(parts.path.removeprefix("/pay/"))
            return
        self._api("GET", parts.path, dict(parse_qsl(parts.query)))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        path = urlsplit(self.path).path
        if path.startswith("/pay/"):
            self._take_payment(path.removeprefix("/pay/"))
            return
        self._api("POST", path, dict(parse_qsl(body, keep_blank_values=True)))

    def _api(self, method: str, path: str, parameters: Parameters) -> None:
        stripe = self.server_side
        if stripe.mode == "down":
            self._json(500, {"error": {"type": "api_error", "message": "down"}})
            return
        if stripe.mode == "hang":
            time.sleep(stripe.hang_seconds)
            self.close_connection = True
            return
        if self.headers.get("Authorization") != f"Bearer {SECRET_KEY}":
            self._json(401, {"error": {"type": "invalid_request_error", "message": "bad key"}})
            return
        if stripe.before_acting is not None:
            stripe.before_acting(method, path)
            if not self._is_heard():
                return
        answer = stripe.answer(method, path, parameters, self.headers.get("Idempotency-Key"))
        if stripe.before_answering is not None:
            stripe.before_answering(method, path)
        if stripe.mode == "lose the answer":
            self.close_connection = True
            return
        self._json(*answer)

    def _is_heard(self) -> bool:
        """Whether the caller is still there; of one that was killed nothing is done."""
        readable, _, _ = select.select([self.connection], [], [], 0.2)
        if readable and not self.connection.recv(1, socket.MSG_PEEK):
            self.close_connection = True
            return False
        return True

    def _json(self, status: int, content: dict[str, Any]) -> None:
        self._send(status, "application/json", json.dumps(content).encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _show_page(self, name: str) -> None:
        page = f"""<!doctype html><html lang="en"><title>Local card page</title>
        <h1>{self.server_side.sessions[name]["amount_total"]} VND</h1>
        <form method="post" action="/pay/{name}"><button>Pay</button></form></html>"""
        self._send(200, "text/html; charset=utf-8", page.encode())

    def _take_payment(self, name: str) -> None:
        stripe = self.server_side
        session = stripe.pay(name)
        if stripe.webhook_url:
            stripe.send_webhook("checkout.session.completed", session)
        self.send_response(303)
        self.send_header("Location", session["success_url"])
        self.send_header("Content-Length", "0")
        self.end_headers()
