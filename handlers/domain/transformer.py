"""Judges articles by a transformer that lies in a folder. Nothing is ever downloaded, and nothing needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from handlers.domain.scoring import SCORE_DIGITS


class Transformer:
    """A classifier of texts with the labels positive, negative and perhaps neutral, as transformers saves one."""

    def __init__(self, path: str) -> None:
        """Raises ValueError for a path that is no folder, ImportError where the library is not installed."""
        folder = Path(path)
        if not path or not folder.is_dir():
            raise ValueError(f"no folder with a model at {path!r}; give 'lexicon' or the path of one")
        library = import_module("transformers")
        model = library.AutoModelForSequenceClassification.from_pretrained(str(folder), local_files_only=True)
        tokenizer = library.AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
        self.model = f"transformer-{folder.name}"
        self._classify: Any = library.pipeline("text-classification", model=model, tokenizer=tokenizer, top_k=None)

    def score(self, text: str) -> float:
        """How much more likely positive than negative, -1 to 1."""
        if not text:
            return 0.0
        (answer,) = self._classify([text], truncation=True)
        shares = _shares(answer)
        return round(max(-1.0, min(1.0, shares["positive"] - shares["negative"])), SCORE_DIGITS) + 0.0


def _shares(answer: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Raises KeyError for a model with other labels."""
    return {str(each["label"]).lower(): float(each["score"]) for each in answer}
