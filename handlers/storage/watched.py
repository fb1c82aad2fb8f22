"""Which symbols are on any active watchlist, counted in the writes that change watchlists: no job has to read them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from handlers.storage.items import Key, Store, Update, Write
from handlers.storage.users import TABLE

PARTITION = "WATCHED"


@dataclass(frozen=True, slots=True)
class Watched:
    """`PK=WATCHED`, `SK={ticker}`: on how many watchlists a symbol is."""

    store: Store

    def tickers(self) -> list[str]:
        """The symbols on at least one active watchlist, in alphabetical order."""
        return [str(item["SK"]) for item in self.store.query(TABLE, PARTITION).items if item["watchlists"] != 0]


def recounting(before: Collection[str], after: Collection[str]) -> list[Write]:
    """What joins the write by which a watchlist has other symbols than before; none is what an absent one has.

    That write must fail if the symbols before were others.
    """
    gone, new = set(before) - set(after), set(after) - set(before)
    return _counting({**dict.fromkeys(sorted(gone), -1), **dict.fromkeys(sorted(new), 1)})


def forgetting(watchlists: Iterable[Collection[str]]) -> list[Write]:
    """What joins the write by which watchlists, each given as its symbols, stop being active at once.

    That write must fail if the symbols were others.
    """
    gone = Counter(ticker for symbols in watchlists for ticker in set(symbols))
    return _counting({ticker: -times for ticker, times in sorted(gone.items())})


def _counting(steps: Mapping[str, int]) -> list[Write]:
    return [Update(Key(TABLE, PARTITION, ticker), add={"watchlists": step}) for ticker, step in steps.items()]
