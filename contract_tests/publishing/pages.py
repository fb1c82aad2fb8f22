"""A page as its parser sees it, and the page of the contract as it stands."""

from __future__ import annotations

from collections import Counter
from functools import cache
from html.parser import HTMLParser

from tools.artefacts import ROOT
from tools.corpus.files import committed
from tools.coverage.measuring import measured
from tools.openapi.document import document
from tools.reference.page import PATH, files

VOID = {"meta", "link", "br", "wbr", "input", "hr", "img"}
Attributes = dict[str, str | None]


class Page(HTMLParser):
    """What a page is made of. `broken` says where an element is closed that is not open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.broken: list[str] = []
        self.elements: list[tuple[str, Attributes]] = []
        self.texts: dict[str, list[str]] = {}
        self.said: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.broken.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        self.texts.setdefault(inside, []).append(data)
        if inside not in ("script", "style"):
            self.said.append(data)

    @property
    def text(self) -> str:
        """Everything that a reader can read."""
        return "".join(self.said)

    @property
    def ids(self) -> Counter[str]:
        return Counter(id_ for _, attributes in self.elements if (id_ := attributes.get("id")))

    def values(self, name: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [value for _, attributes in self.elements if (value := attributes.get(name))]

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)


@cache
def goldens() -> dict[str, bytes]:
    """The goldens that are committed."""
    return {str(path.relative_to(ROOT)): path.read_bytes() for path in sorted(ROOT.glob("golden/**/*.json"))}


@cache
def reference() -> bytes:
    """The page of the contract as it stands."""
    made = document()
    return files(made, goldens(), measured(made, goldens(), committed()))[PATH]
