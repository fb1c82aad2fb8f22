"""A waiver covers one finding up to a day; one that has ended, that covers nothing or that says too little fails."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tools.artefacts import ROOT
from tools.findings import Finding, Place, Severity, Subject
from tools.waivers import PATH, RULES, BadWaivers, Waiver, apply, read_waivers, to_paste

TODAY = date(2030, 1, 31)
BREAK = Finding("diff", "operation-removed", Severity.ERROR, "getA is gone", Subject("getA"))
OTHER = Finding("lint", "no-example", Severity.ERROR, "getB has no example", Subject("getB"))


def waiver(finding: Finding, expires: date = TODAY, line: int = 3) -> Waiver:
    return Waiver(finding.fingerprint, "nobody calls it", "api@bellwether.example", expires, line)


def written(folder: Path, text: str) -> Path:
    (folder / PATH).parent.mkdir(exist_ok=True)
    (folder / PATH).write_text(text)
    return folder


def test_a_waived_finding_does_not_count_and_names_who_answers_for_it() -> None:
    kept, waived = apply([BREAK, OTHER], [waiver(BREAK)], TODAY)

    assert kept == [OTHER]
    assert [(w.finding, w.reason, w.owner, w.expires) for w in waived] == [
        (BREAK, "nobody calls it", "api@bellwether.example", "2030-01-31")
    ]


def test_a_waiver_that_has_ended_fails_and_its_finding_counts_again() -> None:
    kept, waived = apply([BREAK], [waiver(BREAK, date(2030, 1, 30))], TODAY)

    assert waived == []
    assert [(f.check, f.rule, f.severity, f.place) for f in kept] == [
        ("diff", "operation-removed", Severity.ERROR, None),
        ("waivers", "waiver-expired", Severity.ERROR, Place(PATH, 3)),
    ]


def test_a_waiver_that_covers_nothing_fails() -> None:
    kept, _ = apply([BREAK], [waiver(BREAK), waiver(OTHER, line=9)], TODAY)

    assert [(f.rule, f.place) for f in kept] == [("waiver-unused", Place(PATH, 9))]


def test_a_waiver_lives_until_the_release_that_has_the_change() -> None:
    kept, waived = apply([], [waiver(BREAK)], TODAY, also_used={BREAK.fingerprint})

    assert (kept, waived) == ([], [])


@pytest.mark.parametrize("check", ["replay", "fresh", "waivers", "fuzz", "corpus", "document"])
def test_what_is_to_be_mended_cannot_be_waived(check: str) -> None:
    finding = Finding(check, "a-rule", Severity.ERROR, "something is wrong")
    kept, waived = apply([finding], [waiver(finding)], TODAY)

    assert [f.rule for f in kept] == ["a-rule", "waiver-unused"]
    assert waived == []


@pytest.mark.parametrize("check", ["diff", "lint", "coverage"])
def test_what_somebody_can_answer_for_can_be_waived(check: str) -> None:
    finding = Finding(check, "a-rule", Severity.WARNING, "something is so")

    assert apply([finding], [waiver(finding)], TODAY)[0] == []


def test_the_rules_of_waivers_say_what_to_do() -> None:
    for finding in apply([BREAK], [waiver(BREAK, date(2029, 1, 1)), waiver(OTHER)], TODAY)[0][1:]:
        assert finding.rule in RULES
        assert "delete it" in finding.message


def test_the_waiver_to_paste_is_one(tmp_path: Path) -> None:
    text = "# why these are here\n\n" + to_paste(OTHER, TODAY) + "\n" + to_paste(BREAK, TODAY)

    assert read_waivers(written(tmp_path, text)) == [
        Waiver(OTHER.fingerprint, "WHY clients bear it", "WHO answers for it", TODAY, 4),
        Waiver(BREAK.fingerprint, "WHY clients bear it", "WHO answers for it", TODAY, 10),
    ]


def test_a_tree_without_waivers_has_none(tmp_path: Path) -> None:
    assert read_waivers(tmp_path) == []
    assert read_waivers(written(tmp_path, "")) == []


def test_the_committed_waivers_can_be_read() -> None:
    for waiver in read_waivers(ROOT):
        assert waiver.line > 1


GOOD = '[[waiver]]\nfingerprint = "0123456789ab"\nreason = "why"\nowner = "who"\nexpires = 2030-01-31\n'
BAD = {
    "an unknown key": (GOOD + 'until = "never"\n', "unknown key 'until'; valid: fingerprint, reason, owner, expires"),
    "no reason": (GOOD.replace('reason = "why"\n', ""), "waiver 1 has no reason"),
    "no expiry": (GOOD.replace("expires = 2030-01-31\n", ""), "waiver 1 has no expires"),
    "an empty owner": (GOOD.replace('"who"', '" "'), "owner has to be a text"),
    "an owner that is a number": (GOOD.replace('"who"', "7"), "owner has to be a text"),
    "a fingerprint that is none": (GOOD.replace("0123456789ab", "0123"), "is no fingerprint"),
    "a fingerprint that is a number": (GOOD.replace('"0123456789ab"', "123456789012"), "fingerprint has to be a text"),
    "a day in quotes": (GOOD.replace("2030-01-31", '"2030-01-31"'), "expires has to be a day without quotes"),
    "an instant": (GOOD.replace("2030-01-31", "2030-01-31T00:00:00Z"), "expires has to be a day"),
    "a day that is none": (GOOD.replace("2030-01-31", "2030-02-31"), "is no TOML"),
    "one fingerprint twice": (GOOD + GOOD, "0123456789ab is waived twice"),
    "broken TOML": ("[[waiver]\n", "is no TOML"),
    "one bracket": (GOOD.replace("[[waiver]]", "[waiver]"), "write [[waiver]] with two brackets"),
    "a list of texts": ('waiver = ["0123456789ab"]\n', "write [[waiver]] with two brackets"),
    "another table": ("[settings]\nstrict = true\n", "has 'settings' at its top"),
    "nested too deeply": ("a = " + "[" * 5_000, "is no TOML"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_says_too_little_or_too_much_is_refused_with_a_sentence(tmp_path: Path, what: str) -> None:
    text, says = BAD[what]
    with pytest.raises(BadWaivers) as caught:
        read_waivers(written(tmp_path, text))

    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / PATH).parent.mkdir()
    (tmp_path / PATH).write_bytes(b"\xff\xfe\x00")

    with pytest.raises(BadWaivers, match="cannot be read"):
        read_waivers(tmp_path)
