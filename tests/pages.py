"""A page as its reader meets it: the words, the links, and forms to fill in and send.

Reading one checks what every page owes: one title, one h1, a token in every form that posts,
a nonce on every script, and no style or handler that the content security policy would block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

VOID = frozenset({"input", "link", "meta", "img", "hr", "br", "source"})


@dataclass
class Form:
    """Its address ("" for the page's own), its method, and what it sends as it stands."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


@dataclass
class Page:
    status: int
    path: str
    html: str
    title: str = ""
    text: str = ""
    headings: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)

    def form(self, ending: str = "") -> Form:
        """The one form that posts to an address with this ending."""
        found = [f for f in self.forms if f.method == "post" and f.action.endswith(ending)]
        assert len(found) == 1, f"{len(found)} forms post to …{ending} on {self.path}"
        return found[0]

    def has_form(self, ending: str) -> bool:
        return any(f.method == "post" and f.action.endswith(ending) for f in self.forms)


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.words: list[str] = []
        self.hidden = 0
        self.heading: list[str] | None = None
        self.link: tuple[str, list[str]] | None = None
        self.select: str | None = None
        self.area: str | None = None
        self.in_title = False

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attrs = {key: value or "" for key, value in pairs}
        assert "style" not in attrs, f"inline style on <{tag}>"
        assert not any(key.startswith("on") for key in attrs), f"inline handler on <{tag}>"
        if tag == "script":
            assert attrs.get("nonce"), "a script without a nonce"
        if tag in {"script", "style"}:
            self.hidden += 1
        self.in_title = self.in_title or tag == "title"
        if tag == "h1":
            self.heading = []
        if tag == "a" and "href" in attrs:
            self.link = (attrs["href"], [])
        self._note_control(tag, attrs)

    def _note_control(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "form":
            self.page.forms.append(Form(attrs.get("action", ""), attrs.get("method", "get")))
        if not self.page.forms:
            return
        form = self.page.forms[-1]
        name = attrs.get("name", "")
        if tag in {"input", "select", "textarea"} and name:
            form.names.add(name)
        if tag == "input" and name:
            unticked = attrs.get("type") in {"checkbox", "radio"} and "checked" not in attrs
            if not unticked:
                form.values[name] = attrs.get("value", "")
        if tag == "select":
            self.select = name
        if tag == "option" and self.select and "selected" in attrs:
            form.values[self.select] = attrs.get("value", "")
        if tag == "textarea":
            self.area = name
            form.values[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self.hidden -= 1
        if tag == "title":
            self.in_title = False
        if tag == "h1" and self.heading is not None:
            self.page.headings.append(" ".join("".join(self.heading).split()))
            self.heading = None
        if tag == "a" and self.link:
            self.page.links[" ".join("".join(self.link[1]).split())] = self.link[0]
            self.link = None
        if tag == "select":
            self.select = None
        if tag == "textarea":
            self.area = None

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.page.title += data
        elif not self.hidden:
            self.words.append(data)
            for collected in (self.heading, self.link[1] if self.link else None):
                if collected is not None:
                    collected.append(data)
            if self.area:
                self.page.forms[-1].values[self.area] += data


def read(response: TestResponse) -> Page:
    """Parse the page and check what every page owes."""
    page = Page(response.status_code, response.request.path, response.get_data(as_text=True))
    reader = _Reader(page)
    reader.feed(page.html)
    words = " ".join(reader.words).replace("\N{WORD JOINER}", "")
    page.text = re.sub(r"\s+", " ", words).strip()
    if page.html.lstrip().startswith("<!doctype"):
        assert page.title.strip(), f"{page.path} has no title"
        assert len(page.headings) == 1, f"{page.path} has {len(page.headings)} first headings"
    for form in page.forms:
        assert form.method == "get" or "csrf_token" in form.names, f"no token in {form.action}"
    return page


def get(client: FlaskClient, path: str) -> Page:
    return read(client.get(path))


def send(client: FlaskClient, page: Page, ending: str = "", **values: str | None) -> TestResponse:
    """Fill in and send the page's form; None leaves a field out."""
    form = page.form(ending)
    data = {key: value for key, value in {**form.values, **values}.items() if value is not None}
    return client.post(
        form.action or page.path, data=data, headers={"Referer": f"https://localhost{page.path}"}
    )
