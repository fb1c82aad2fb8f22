"""Articles are judged offline, between -1 and 1, the same way each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.storage.world import ROOT
from handlers.domain.labels import label_of
from handlers.domain.scoring import Lexicon, open_scorer, text_of

SCORER = Lexicon()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Apple beats earnings expectations, shares soar", "positive"),
        ("Nvidia surges to a record after an upgrade", "positive"),
        ("Microsoft wins a contract and raises its dividend", "positive"),
        ("Tesla recalls vehicles after fatal crash", "negative"),
        ("Profit warning: shares plunge", "negative"),
        ("Regulators sue over fraud, stock tumbles", "negative"),
        ("Apple opens a shop in Vienna", "neutral"),
        ("Company shares interest in treasury securities", "neutral"),
        ("", "neutral"),
    ],
)
def test_what_markets_call_good_and_bad_is_found(text: str, label: str) -> None:
    assert label_of(SCORER.score(text)) == label


def test_a_negation_turns_a_word_round() -> None:
    assert SCORER.score("The results are not good") < 0 < SCORER.score("The results are good")


def test_the_opposite_words_are_judged_oppositely() -> None:
    pairs = [("soars", "plunges"), ("upgrade", "downgrade"), ("rally", "selloff"), ("outperforms", "underperforms")]

    assert all(SCORER.score(f"Stock {up}") > 0 > SCORER.score(f"Stock {down}") for up, down in pairs)


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(["soar", "not", "BUT", "fraud", "!", "very", "least"])).map(" ".join)
)
def test_any_text_has_a_score_and_always_the_same(text: str) -> None:
    score = SCORER.score(text)

    assert -1 <= score <= 1
    assert round(score, 4) == score == SCORER.score(text)


def test_what_is_judged_is_title_and_description_without_markup_and_with_an_end() -> None:
    assert text_of("Title", "<b>Description</b>\x00") == "Title. Description"
    assert text_of("Title", "") == "Title"
    assert len(text_of("x" * 500, "word " * 200_000)) <= 2000


def test_judging_needs_no_network_and_no_folder_of_downloads() -> None:
    source = """
import socket, sys
def refuse(*given): raise AssertionError("no network")
socket.socket.connect = refuse
from handlers.domain.scoring import Lexicon
print(Lexicon().score("shares soar"))
"""
    environ = {"PATH": "/usr/bin", "HOME": "/nonexistent"}
    done = subprocess.run(
        [sys.executable, "-c", source], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60
    )

    assert float(done.stdout) == SCORER.score("shares soar")


def test_the_model_is_named_with_its_version() -> None:
    name, library, version, words = SCORER.model.split("-")

    assert (name, library, words) == ("vader", "nltk", "1")
    assert version.count(".") >= 1


@pytest.mark.parametrize("path", ["", "/nowhere", "lexicons", __file__])
def test_a_setting_that_names_no_folder_is_refused_with_what_it_may_be(path: str) -> None:
    with pytest.raises(ValueError, match="give 'lexicon' or the path"):
        open_scorer(path)


LIBRARY = """
class Auto:
    @classmethod
    def from_pretrained(cls, path, local_files_only=False):
        assert local_files_only and path.endswith("model"), path
        return path

AutoModelForSequenceClassification = AutoTokenizer = Auto

def pipeline(task, model, tokenizer, top_k):
    assert (task, top_k) == ("text-classification", None)
    def classify(texts, truncation):
        assert truncation
        return [[{"label": "Positive", "score": 0.7}, {"label": "neutral", "score": 0.1}, {"label": "NEGATIVE", "score": 0.2}]
                for text in texts]
    return classify
"""


def test_a_transformer_is_loaded_from_its_path_and_from_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "transformers.py").write_text(LIBRARY)
    (tmp_path / "model").mkdir()
    source = (
        "import sys; sys.path[:0] = sys.argv[1:2]\n"
        "from handlers.domain.scoring import open_scorer\n"
        "scorer = open_scorer(sys.argv[2])\n"
        "print(scorer.model, scorer.score('text'), scorer.score(''))"
    )
    arguments = [sys.executable, "-c", source, str(tmp_path), str(tmp_path / "model")]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)

    assert done.stdout.split() == ["transformer-model", "0.5", "0.0"]
