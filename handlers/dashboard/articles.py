"""Analysed articles by tag."""

from __future__ import annotations

from handlers.assembly import Backend
from handlers.dashboard._news import row
from handlers.gate import cursors
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.storage.articles import Articles
from models.dashboard import articles as api


@serves(api.GET)
def get_articles(request: api.GetArticles, caller: Caller, backend: Backend) -> api.ArticlePage:
    of = (api.GET.id, request.sentiment, *sorted(set(request.tags)))
    after = None if request.cursor is None else cursors.read(request.cursor, of, backend.signing.accepted(), api.CURSOR)
    found, position = Articles(backend.store).tagged(request.tags, request.limit, request.sentiment, after)
    return api.ArticlePage(
        articles=[row(article) for article in found],
        next_cursor=None if position is None else cursors.sign(position, of, backend.signing.current),
    )
