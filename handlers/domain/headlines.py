"""When two articles tell one story: the same headline, however it is punctuated, on the same day of UTC.

The day is part of the key: a headline that one source has at 23:59 and the other at 00:01 is two stories, counted twice.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import UTC, date, datetime

KEY_DIGITS = 32
MARKS = frozenset(("Mn", "Mc"))
"""Categories of marks that make another letter of the one before them: vowel signs, accents."""
# Variation selectors are marks too, but choose between pictures of one character.
_NO_WORD = re.compile(r"[^\w\s]")
_SELECTOR = re.compile("[\ufe00-\ufe0f]")


def normalised(headline: str) -> str:
    """Lower case; letters with their marks, digits and underscores of any script only.

    A hyphen joins its words, blanks are single.
    """
    words = _NO_WORD.sub(_mark, _SELECTOR.sub("", headline.lower()))
    return unicodedata.normalize("NFC", " ".join(words.split()))


def story_key(headline: str, published: datetime | date) -> str:
    """The same for all articles that tell one story, whatever the minute: 32 hex digits of headline and UTC day.

    A headline without a letter or digit is told as it stands: a row of rockets is not a row of question marks.
    """
    day = published.astimezone(UTC).date() if isinstance(published, datetime) else published
    told = f"{normalised(headline) or ' '.join(headline.split())}|{day.isoformat()}"
    return hashlib.sha256(told.encode()).hexdigest()[:KEY_DIGITS]


def _mark(found: re.Match[str]) -> str:
    return found[0] if unicodedata.category(found[0]) in MARKS else ""
