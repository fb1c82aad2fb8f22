"""Texts: what people read of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.findings import Subject
from tools.lint.contract import Contract
from tools.lint.rule import Found, rule
from tools.lint.words import words
from tools.openapi.responses import refusals_of

FILLERS = frozenset(
    (
        "a",
        "an",
        "the",
        "of",
        "this",
        "its",
        "it",
        "is",
        "in",
        "for",
        "to",
        "value",
        "field",
        "object",
        "parameter",
        "given",
    )
)
LONGEST = 60


@rule(
    "summary-short",
    "A summary is a few words that begin with a capital and have no full stop.",
    f"It is a line of a list and a heading: at most {LONGEST} signs. What else there is to say belongs into the description.",
)
def summary_short(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        text = operation.summary
        if not text or len(text) > LONGEST or text.endswith(".") or not (text[0].isupper() or text[0].isdigit()):
            yield Found(f"the summary {text!r} is no short line", Subject(operation.id), "summary")


@rule(
    "described",
    "Operations, responses, headers, links, rules, refusals and tags say what they are.",
    "A reader of the document has nothing else. Write a sentence about what the name does not say.",
)
def described(contract: Contract) -> Iterator[Found]:
    for what, text, found in _texts(contract):
        if not text.strip():
            yield Found(f"{what} has no description", found.subject, found.keyword, found.place, what)


def _texts(contract: Contract) -> Iterator[tuple[str, str, Found]]:
    """What, its text, and where it stands."""
    for operation in contract.operations:
        here = Subject(operation.id)
        yield operation.id, operation.description, Found("", here, "description")
        for rule_ in operation.rules:
            yield f"the rule {rule_.type}", rule_.description, Found("", here, f"rule {rule_.type}")
        for returns in operation.responses:
            status = Subject(operation.id, f"response {returns.status}")
            yield f"the {returns.status}", returns.description, Found("", status, "description")
            for header in returns.headers:
                place = Subject(operation.id, f"{status.location} header").inside(header.name.lower())
                yield f"the header {header.name}", header.description, Found("", place, "description")
            for link in returns.links:
                yield f"the link {link.name}", link.description, Found("", status, f"link {link.name}")
        for refusal in refusals_of(operation):
            place_ = contract.sources.of_class(refusal)
            yield f"the refusal {refusal.__name__}", refusal.title, Found("", place=place_)
    for tag in dict.fromkeys(entry.tag for entry in contract.entries):
        yield f"the tag {tag.name}", tag.description, Found("", place=contract.sources.of_tag(tag.name))


@rule(
    "description-says-more",
    "A description says more than the name.",
    '"The name." under `name` tells nobody whose name, in which form, or when it is absent. Say that, in a few words.',
)
def description_says_more(contract: Contract) -> Iterator[Found]:
    for position in contract.positions:
        said = set(words(position.described)) - FILLERS
        if position.name and said and said <= set(words(position.name)) | {"of"}:
            yield Found(
                f"{position.described!r} only repeats the name {position.name}", position.subject, "description"
            )


@rule(
    "example-explained",
    "An example has a name of its own in snake_case, and says why it is there.",
    "The name is a file name of golden/ and what a front end asks the mock for; the reason is what a reviewer reads. Two "
    "examples of one name and status would be one file.",
)
def example_explained(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        seen: set[tuple[int, str]] = set()
        for example in operation.examples:
            found = Found("", Subject(operation.id), f"example {example.name}", key=example.name)
            if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", example.name):
                yield Found(
                    f"the name {example.name!r} of an example is not in snake_case",
                    found.subject,
                    found.keyword,
                    key=found.key,
                )
            if set(words(example.why)) <= set(words(example.name)):
                yield Found(
                    f"the example {example.name} does not say why it is there",
                    found.subject,
                    found.keyword,
                    key=found.key,
                )
            if (example.status, example.name) in seen:
                yield Found(f"two examples of {operation.id} are {example.status}-{example.name}", found.subject, found.keyword,
                            key=[example.status, example.name])  # fmt: skip
            seen.add((example.status, example.name))
