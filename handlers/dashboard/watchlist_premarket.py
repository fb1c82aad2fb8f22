"""What prices outside of the session suggest for a watchlist."""

from __future__ import annotations

from handlers.backend import Backend
from handlers.dashboard._prices import Asked, Prices
from handlers.dashboard._quotes import Quotes
from handlers.dashboard._watched import symbols, watched
from handlers.domain import calendar, premarket
from handlers.domain.calendar import Session
from handlers.feeds.port import Quote
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.storage.articles import Articles
from models.dashboard import watchlist_premarket as api
from models.fields import NewsSource

DISCLAIMER = "Estimated from prices outside of the session, where little is traded; not advice"
MESSAGE = "The market is open: sentiment itself is up to date"


@serves(api.GET)
def get_configuration_premarket(
    request: api.GetConfigurationPremarket, caller: Caller, backend: Backend
) -> api.ConfigurationPremarket:
    tickers, now = symbols(watched(request.config_id, caller, backend)), backend.now()
    is_open, session = calendar.is_open(now), premarket.last_session(now)
    return api.ConfigurationPremarket(
        config_id=request.config_id,
        market_status="open" if is_open else "closed",
        estimates=None if is_open else [_estimate(ticker, session, backend) for ticker in tickers],
        message=MESSAGE if is_open else None,
        redirect_to=f"/api/v2/configurations/{request.config_id}/sentiment" if is_open else None,
        disclaimer=None if is_open else DISCLAIMER,
        next_market_open=calendar.next_open(now),
        provenance=backend.kept(Prices).provenance,
    )


def _estimate(ticker: str, session: Session, backend: Backend) -> api.PremarketEstimate:
    source, quote = _quote(ticker, session, backend)
    close = _close(ticker, session, backend)
    count, news = _news(ticker, session, backend)
    found = None if quote is None or close is None else premarket.estimate(quote.last, close, news)
    return api.PremarketEstimate(
        symbol=ticker,
        price=None if quote is None else quote.last,
        last_close=close,
        change_percent=None if found is None else found.change_percent,
        score=None if found is None else found.score,
        label=None if found is None else found.label,
        confidence=None if found is None else found.confidence,
        basis=None if found is None else "premarket_momentum",
        news_count=count,
        news_score=news,
        quoted_at=None if quote is None else quote.at,
        data_source=None if quote is None else source,
    )


def _quote(ticker: str, session: Session, backend: Backend) -> tuple[NewsSource, Quote | None]:
    """The last price and who says so; one from before the session opened says nothing about what came after it."""
    source, quote = backend.kept(Quotes).read(ticker, backend.now())
    return source, None if quote is None or quote.at < session.opens else quote


def _close(ticker: str, session: Session, backend: Backend) -> float | None:
    """The close of a session that is over; None where its candle is not known."""
    found, _ = backend.kept(Prices).read(Asked(ticker, "D", session.day, session.day))
    return found.rows[-1]["close"] if found.rows else None


def _news(ticker: str, session: Session, backend: Backend) -> tuple[int, float | None]:
    """How many articles about a ticker have appeared since a session ended, at most ten, and their mean score."""
    found = Articles(backend.store).latest(ticker, session.closes, backend.now(), api.MAX_NEWS)
    return len(found), premarket.mean([article.sentiment for article in found if article.sentiment is not None])
