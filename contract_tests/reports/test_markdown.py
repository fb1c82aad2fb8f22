"""The outcome as a comment in a pull request: what a reader sees is what the findings say, and it always fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from contract_tests.reports.outcomes import HOSTILE, LOWERED, SAFE, WAIVED, outcome, outcomes, said
from tools.findings import Outcome, Place, Related
from tools.reports import reading
from tools.reports.markdown import LIMIT, LINE, written
from tools.reports.text import cut, one_line, visible

OURS = re.compile(
    r"<!-- bellwether [a-z]* -->\n|<details>\n<summary>(?:[^<>]|<span>\$</span>)*</summary>\n|</details>\n?"
)
OURS_INLINE = {"<br>", "<span>", "</span>"}


def tokens(text: str) -> list[Token]:
    """As CommonMark and GitHub's tables and strike-through read it."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def inline(text: str) -> Iterator[Token]:
    for token in tokens(text):
        yield from token.children or ()


def read(text: str) -> str:
    """What a reader sees outside the fences. The zero-width space only keeps GitHub from making links of it."""
    return "".join(token.content for token in inline(text) if token.type in ("text", "code_inline")).replace(
        "\u200b", ""
    )


@settings(max_examples=60)
@given(outcome=outcomes())
def test_messages_are_read_as_they_were_written(outcome: Outcome) -> None:
    seen = read(written(outcome))

    assert [f for f in said(outcome) if cut(one_line(f.message), LINE).replace("\u200b", "") not in seen] == []


def assert_only_text(outcome: Outcome) -> None:
    """Every piece of markup is one of ours."""
    text = written(outcome)
    blocks = {token.type for token in tokens(text)}
    html = [token.content for token in tokens(text) if token.type == "html_block"]
    inside = list(inline(text))

    assert [block for block in html if not OURS.fullmatch(block)] == []
    assert {token.content for token in inside if token.type == "html_inline"} <= OURS_INLINE
    assert {token.type for token in inside} <= {"text", "code_inline", "html_inline", "strong_open", "strong_close"}
    assert not blocks & {"bullet_list_open", "ordered_list_open", "blockquote_open", "code_block", "hr"}


@settings(max_examples=60)
@given(outcome=outcomes())
def test_no_text_of_a_finding_becomes_markup(outcome: Outcome) -> None:
    assert_only_text(outcome)


def assert_details_whole(outcome: Outcome) -> None:
    """Each detail is the content of a fence of its own, and there are no others."""
    order = reading.ordered(outcome.findings) + [item.finding for item in reading.waived(outcome)]
    expected = [visible(finding.detail).rstrip("\n") + "\n" for finding in order if finding.detail]
    found = [token.content for token in tokens(written(outcome)) if token.type == "fence"]

    assert [re.sub(r"\n+$", "\n", text) for text in found] == [re.sub(r"\n+$", "\n", text) for text in expected]


@settings(max_examples=60)
@given(outcome=outcomes())
def test_details_stand_whole_in_fences_that_close(outcome: Outcome) -> None:
    assert_details_whole(outcome)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_more_is_only_text_wherever_it_stands(text: str) -> None:
    one = replace(SAFE, check=f"a{text}b", message=f"a{text}b", rule=f"a{text}b", detail=f"a{text}b{text}", place=None)
    other = replace(one, place=Place(f"a{text}b", 1), related=(Related(Place(f"a{text}b", 2), f"a{text}b"),))
    made = Outcome(f"a{text}b", [one, other], [replace(WAIVED, reason=f"a{text}b", owner=text)], notes=[f"a{text}b"])

    assert_only_text(made)
    assert_details_whole(made)
    assert read(written(made)).count(one_line(f"a{text}b").replace("\u200b", "")) >= 10


@settings(max_examples=60)
@given(outcome=outcomes())
def test_what_is_folded_is_closed(outcome: Outcome) -> None:
    blocks = [token.content for token in tokens(written(outcome)) if token.type == "html_block"]
    opened, closed = (sum(block.startswith(tag) for block in blocks) for tag in ("<details>", "</details>"))

    assert opened == closed


def test_every_count_is_a_row_of_the_table() -> None:
    counts = {"a | b": 1, "c \\| d": 2, "`e | f`": 3}
    text = written(Outcome("check", counts=counts))
    cells = [token.content for token in tokens(text) if token.type == "inline" and token.map]

    assert sum(token.type == "tr_open" for token in tokens(text)) == 1 + 4 + 3
    assert all(name in read(text) for name in counts)
    assert "1" in cells


def test_mentions_references_and_formulas_are_broken() -> None:
    finding = replace(LOWERED, message="@everyone see #1 and $x$ at https://a.example and www.b.example")
    text = written(Outcome("diff", [finding]))

    assert "@&#8203;everyone see #&#8203;1 and <span>$</span>x<span>$</span>" in text
    assert "https\\://a.example" in text
    assert "www\\.b.example" in text


def test_breaking_changes_come_first_with_their_witness_and_safe_ones_are_folded() -> None:
    text = written(outcome())
    breaking, witness, careful, safe, waived = (
        text.index(word)
        for word in (
            "### Breaking changes (1)",
            "<summary>Witness</summary>\n\n```\nGET /api/v2/tickers/search?limit=51",
            "### Changes to be careful with (1)",
            "<summary>Safe changes (1)</summary>",
            "<summary>Waived (1)</summary>",
        )
    )

    assert breaking < witness < careful < safe < waived
    assert text.startswith("<!-- bellwether check -->\n## ✗ check: failed, 2 errors, 1 warning, 1 note, 1 waived\n")
    assert text.endswith("**next: mend the errors above, then python -m tools generate, then run this again**\n")


def test_a_comment_always_fits_and_says_what_it_leaves_out() -> None:
    breaking = [replace(LOWERED, message=f"change {n}", detail="x\n" * 2000, key=n) for n in range(40)]
    safe = [replace(SAFE, message=f"@{n} is new $" * 20, key=n) for n in range(400)]
    text = written(Outcome("diff", [*breaking, *safe], [WAIVED] * 300, notes=["€" * 5000] * 50))
    kept = sum(f"change {n}<br>" in text for n in range(40))
    left_out = re.search(r"Left out, to stay within 65,536 characters: ([\d,]+) entries and (\d+) details\.", text)

    assert LIMIT - 4000 < len(text.encode()) <= LIMIT
    assert kept == 40
    assert left_out
    assert int(left_out[1]) == 790 - text.count("<br>")
    assert int(left_out[2]) > 0
    assert text.count("<details>") == text.count("</details>")


def test_a_very_long_line_does_not_push_out_the_rest() -> None:
    long = replace(LOWERED, message="m" * 10**6, detail="`" * 10**6)
    text = written(Outcome("diff", [long, SAFE]))

    assert len(text) < 5000
    assert "sector is new" in text
    assert "999,400 more characters" in text
