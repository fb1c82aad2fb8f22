"""Versions, and the one that changes demand."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.version import VERSION
from tools.artefacts import ROOT
from tools.openapi.document import document
from tools.release.version import BadVersion, Bump, Version, version_of

numbers = st.integers(0, 30)
identifiers = st.from_regex(r"\A(?:0|[1-9][0-9]{0,3}|[0-9]{0,2}[A-Za-z-][0-9A-Za-z-]{0,3})\Z")
releases = st.builds(Version, numbers, numbers, numbers)
versions = st.builds(Version, numbers, numbers, numbers, st.lists(identifiers, max_size=3).map(".".join))


def test_the_project_the_document_and_the_contract_have_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]

    assert project == VERSION == document()["info"]["version"]
    assert str(version_of(VERSION, "VERSION")) == VERSION


@given(versions)
def test_a_version_that_is_written_is_read_back(version: Version) -> None:
    assert version_of(str(version), "it") == version


def test_versions_are_ordered_as_the_standard_orders_them() -> None:
    ordered = [
        "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",
        "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0",
    ]  # fmt: skip

    assert [str(version) for version in sorted(version_of(text, "it") for text in reversed(ordered))] == ordered


@pytest.mark.parametrize(
    "text", ["", "2", "2.0", "v2.0.0", "02.0.0", "2.0.0-", "2.0.0-01",
             "2.0.0\n", "2.0.0.0", "٢.0.0", "9" * 5000 + ".0.0", "2.0.0-a..b"]
)  # fmt: skip
def test_what_is_no_version_is_refused_by_a_sentence_that_says_where(text: str) -> None:
    with pytest.raises(BadVersion, match=r"^VERSION in its file is .* write three numbers"):
        version_of(text, "VERSION in its file")


def test_build_metadata_does_not_count() -> None:
    assert version_of("2.0.0+build.7", "it") == version_of("2.0.0", "it")


@pytest.mark.parametrize(
    ("bump", "expected"),
    [(Bump.MAJOR, "3.0.0"), (Bump.MINOR, "2.4.0"), (Bump.PATCH, "2.3.2"), (Bump.NONE, "2.3.1")],
)
def test_a_change_demands_its_part_of_the_version(bump: Bump, expected: str) -> None:
    assert str(Version(2, 3, 1).raised(bump)) == expected


@given(releases, st.sampled_from(Bump), st.sampled_from(Bump))
def test_more_severe_changes_never_demand_less(version: Version, one: Bump, other: Bump) -> None:
    least, most = sorted((one, other))

    assert version <= version.raised(least) <= version.raised(most)
    assert version.raised(most).reaches(version.raised(least))


@given(releases, st.sampled_from([Bump.PATCH, Bump.MINOR, Bump.MAJOR]))
def test_a_pre_release_of_what_is_demanded_is_enough_and_that_of_what_was_is_not(version: Version, bump: Bump) -> None:
    demanded = version.raised(bump)
    early = Version(demanded.major, demanded.minor, demanded.patch, "rc.1")

    assert early.reaches(demanded)
    assert early < demanded
    assert not version.reaches(demanded)
