"""Judges articles: a signed score in -1..1, by a lexicon that works offline."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from handlers.domain.texts import cleaned

LEXICON = Path(__file__).with_name("lexicon.json")
TEXT_CHARACTERS = 2000
SCORE_DIGITS = 4


class Scorer(Protocol):
    @property
    def model(self) -> str:
        """Names the model and its version; stored beside each score."""

    def score(self, text: str) -> float:
        """How a text sounds, -1 to 1 with four decimals; 0 if it says nothing of the kind. The same text, the same score."""


class Lexicon:
    """VADER: valences of words, turned by negations and strengthened by boosters. Hutto and Gilbert, VADER: A Parsimonious
    Rule-based Model for Sentiment Analysis of Social Media Text (2014); rules by NLTK, words in `lexicon.json`.
    """

    def __init__(self) -> None:
        # Half a second of imports: only who judges pays.
        import nltk
        from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

        self.model = f"vader-nltk-{nltk.__version__}-{_words()['version']}"
        # Its own start would look for a lexicon among NLTK's downloads.
        self._analyzer: Any = SentimentIntensityAnalyzer.__new__(SentimentIntensityAnalyzer)
        self._analyzer.lexicon = _words()["words"]
        self._analyzer.constants = VaderConstants()

    def score(self, text: str) -> float:
        compound = float(self._analyzer.polarity_scores(text)["compound"])
        return round(max(-1.0, min(1.0, compound)), SCORE_DIGITS) + 0.0


def open_scorer(setting: str) -> Scorer:
    """`lexicon`, or the path of a folder that holds a transformer. Raises ValueError and ImportError."""
    if setting == "lexicon":
        return Lexicon()
    from handlers.domain.transformer import Transformer

    return Transformer(setting)


def text_of(headline: str, description: str) -> str:
    """What is judged of an article: one line of at most 2,000 characters without markup."""
    told = ". ".join(part for part in (headline, description) if part)
    return cleaned(told, TEXT_CHARACTERS)


@cache
def _words() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(LEXICON.read_bytes())
    return read
