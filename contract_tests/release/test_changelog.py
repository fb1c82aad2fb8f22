"""The changelog: generated sections among text that people write."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.release.changelog import BEGIN, BEGINNING, END, BadChangelog, day_of, section, with_section
from tools.release.version import Version

DAY = date(2026, 11, 21)
ONE, TWO, THREE = Version(1, 0, 0), Version(2, 0, 0), Version(3, 0, 0)

prose = st.lists(
    st.sampled_from(["", "Thanks to everybody.", "- by hand", "## [Unreleased]", "### Notes", "<!-- aside -->"])
)


def test_a_changelog_begins_with_what_it_is() -> None:
    text = with_section("", TWO, DAY, "News.")

    assert text.startswith(BEGINNING)
    assert "\n## [2.0.0] - 2026-11-21\n\nNews.\n" in text
    assert text.endswith(f"{END.format(TWO)}\n")


def test_a_new_section_comes_before_those_of_lower_versions_and_after_what_is_unreleased() -> None:
    text = with_section(f"{BEGINNING}\n## [Unreleased]\n\nSoon.\n", ONE, DAY, "One.")
    text = with_section(with_section(text, THREE, DAY, "Three."), TWO, DAY, "Two.")

    assert [text.index(word) for word in ("Soon.", "Three.", "Two.", "One.")] == sorted(
        text.index(word) for word in ("Soon.", "Three.", "Two.", "One.")
    )


def test_a_section_that_was_written_by_hand_for_a_lower_version_stays_below() -> None:
    text = with_section(f"{BEGINNING}\n## [1.0.0] - 2020-01-01\n\nBy hand.\n", TWO, DAY, "Two.")

    assert text.index("Two.") < text.index("## [1.0.0] - 2020-01-01\n\nBy hand.\n")


def test_writing_again_replaces_only_what_is_generated() -> None:
    first = with_section("", TWO, DAY, "Old news.")
    edited = first.replace(BEGIN.format(TWO), f"Before.\n{BEGIN.format(TWO)}") + "\nAfter.\n"
    second = with_section(edited, TWO, date(2026, 12, 1), "News.")

    assert second == edited.replace("Old news.", "News.").replace("2026-11-21", "2026-12-01")


@settings(max_examples=100)
@given(prose, prose, st.sampled_from([ONE, TWO, THREE]), st.sampled_from([ONE, TWO, THREE]))
def test_writing_twice_is_writing_once_and_loses_no_line(
    before: list[str], after: list[str], known: Version, new: Version
) -> None:
    text = "\n".join([*before, *section(known, DAY, "Known.").split("\n"), *after])
    once = with_section(text, new, DAY, "New.")

    assert with_section(once, new, DAY, "New.") == once
    assert {line for line in (*before, *after) if line} <= set(once.split("\n"))
    assert day_of(once, new) == DAY
    assert once.count("New.") == 1


def test_a_version_without_a_section_has_no_day() -> None:
    assert day_of(with_section("", TWO, DAY, ""), ONE) is None
    assert day_of("", ONE) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BEGIN.format(TWO), "CHANGELOG.md:1: a mark of release 2.0.0 stands without the other"),
        (END.format(TWO), "CHANGELOG.md:1: a mark of release 2.0.0 stands without the other"),
        (f"{BEGIN.format(TWO)}\n{BEGIN.format(ONE)}\n{END.format(ONE)}", "CHANGELOG.md:2: a mark of release 1.0.0"),
        (f"{BEGIN.format(TWO)}\n{END.format(ONE)}", "CHANGELOG.md:2: a mark of release 1.0.0"),
        (f"{section(TWO, DAY, '')}\n{section(TWO, DAY, '')}", "release 2.0.0 has a second section"),
        ("## [2.0.0] - 2026-11-21", "CHANGELOG.md:1: 2.0.0 has a section that was written by hand"),
        ("# Changelog\n\n## 2.0.0", "CHANGELOG.md:3: 2.0.0 has a section that was written by hand"),
    ],
)
def test_what_cannot_be_replaced_is_refused_by_a_sentence(text: str, says: str) -> None:
    with pytest.raises(BadChangelog) as error:
        with_section(text, TWO, DAY, "News.")

    assert says in str(error.value)


def test_a_generated_section_whose_day_was_spoilt_is_refused() -> None:
    text = section(TWO, DAY, "").replace("2026-11-21", "yesterday")

    with pytest.raises(BadChangelog, match=r"the section 2\.0\.0 has no day"):
        day_of(text, TWO)
