// Generated from the models by "python -m tools generate". Do not edit.

/**
 * A client without dependencies: one method for each operation, over `fetch`.
 *
 * Every declared status is a result, told apart by `ok`, `status` and `code`. What rejects: the network, an abort, and
 * `UnexpectedResponse` for a response that is not the service's own (a proxy's page, say).
 *
 * @packageDocumentation
 */

import type * as t from "./types.js";

export type * from "./types.js";

type Given = string | null | undefined;

/** A value, or where to get it before each request; none sends nothing. */
export type Provider = Given | (() => Given | Promise<Given>);

export interface ClientOptions {
  /** Where the service is, without a slash at the end; the page's own origin if absent. */
  readonly baseUrl?: string | undefined;
  /** The session token, sent as `Authorization: Bearer` to operations that ask who is calling. */
  readonly token?: Provider;
  /** The same credential sent as `X-User-ID`, where `Authorization` cannot be set. A token wins. */
  readonly userId?: Provider;
  /** The value of the cookie `csrf_token`, for operations that want it repeated in `X-CSRF-Token`. */
  readonly csrfToken?: Provider;
  /** Whether cookies go along; `include` if absent, since refresh and CSRF tokens are cookies. */
  readonly credentials?: RequestCredentials | undefined;
  /** Headers of every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What sends the requests; the global one if absent. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

interface Common {
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface CallOptions extends Common {
  readonly ifNoneMatch?: undefined;
}

export interface ConditionalOptions extends Common {
  /** The `ETag` of what the client has; while that is current the result is `NotModified`. */
  readonly ifNoneMatch: string | undefined;
}

export interface StreamOptions extends CallOptions {
  /** Whether to come back after the connection ends, from the last event on; true if absent. */
  readonly reconnect?: boolean | undefined;
  /** How long to wait before coming back; what the stream says if absent. */
  readonly reconnectMilliseconds?: number | undefined;
}

/** A response that the contract does not know. */
export class UnexpectedResponse extends Error {
  override readonly name = "UnexpectedResponse";
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;

  constructor(status: number, headers: Headers, body: string) {
    super(`the response with status ${status} is none that the contract declares`);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/** A stream that could not be resumed: its session is over, or what it follows is gone. */
export class StreamRefused extends Error {
  override readonly name = "StreamRefused";
  readonly failure: t.Failure<number, string | null, unknown>;

  constructor(failure: t.Failure<number, string | null, unknown>) {
    super(`the stream cannot be resumed: ${failure.status} ${failure.code ?? ""}`.trimEnd());
    this.failure = failure;
  }
}

/** How the body of a status is read: `values` are the errors of a 422, `coded` is a refusal with a code. */
type Kind = "data" | "empty" | "events" | "values" | "coded";

interface Route {
  readonly method: string;
  readonly path: string;
  readonly query?: readonly string[];
  /** Name in a request → name on the wire. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly secured?: true;
  readonly csrf?: true;
  readonly events?: readonly string[];
  readonly statuses: Readonly<Record<number, Kind>>;
}

type Fields = Readonly<Record<string, unknown>>;
type AnyResult = t.Success<number, unknown> | t.Failure<number, string | null, unknown> | t.NotModified;

const DEFAULT_WAIT_MILLISECONDS = 3000;
const LONGEST_WAIT_MILLISECONDS = 60_000;

const ROUTES = {
  checkHealth: { method: "GET", path: "/health", statuses: { 200: "data", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  createAnonymousSession: { method: "POST", path: "/api/v2/auth/anonymous", statuses: { 201: "data", 400: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  createConfiguration: { method: "POST", path: "/api/v2/configurations", secured: true, statuses: { 201: "data", 400: "coded", 401: "coded", 409: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  deleteConfiguration: { method: "DELETE", path: "/api/v2/configurations/{config_id}", secured: true, statuses: { 204: "empty", 401: "coded", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  extendSession: { method: "POST", path: "/api/v2/auth/extend", secured: true, csrf: true, statuses: { 200: "data", 401: "coded", 403: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getArticles: { method: "GET", path: "/api/v2/articles", query: ["tags", "sentiment", "limit", "cursor"], secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getCandles: { method: "GET", path: "/api/v2/tickers/{ticker}/ohlc", query: ["range", "start_date", "end_date", "resolution"], secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getConfiguration: { method: "GET", path: "/api/v2/configurations/{config_id}", secured: true, statuses: { 200: "data", 401: "coded", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getIndex: { method: "GET", path: "/api", statuses: { 200: "data", 304: "empty", 413: "coded", 422: "values", 500: "coded" } },
  getMarketStatus: { method: "GET", path: "/api/v2/market/status", statuses: { 200: "data", 304: "empty", 413: "coded", 422: "values", 500: "coded" } },
  getMe: { method: "GET", path: "/api/v2/auth/me", secured: true, statuses: { 200: "data", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getMetrics: { method: "GET", path: "/api/v2/metrics", query: ["hours"], secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getRuntime: { method: "GET", path: "/api/v2/runtime", statuses: { 200: "data", 304: "empty", 413: "coded", 422: "values", 500: "coded" } },
  getSentimentByTags: { method: "GET", path: "/api/v2/sentiment", query: ["tags", "start", "end"], secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getSession: { method: "GET", path: "/api/v2/auth/session", secured: true, statuses: { 200: "data", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getStreamStatus: { method: "GET", path: "/api/v2/stream/status", statuses: { 200: "data", 413: "coded", 422: "values", 500: "coded" } },
  getTickerSentimentHistory: { method: "GET", path: "/api/v2/tickers/{ticker}/sentiment/history", query: ["range", "start_date", "end_date", "source", "limit", "cursor"], secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getTimeseries: { method: "GET", path: "/api/v2/timeseries/{ticker}", query: ["resolution", "start", "end", "limit", "cursor"], statuses: { 200: "data", 304: "empty", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getTimeseriesBatch: { method: "GET", path: "/api/v2/timeseries/batch", query: ["tickers", "resolution", "start", "end", "limit"], statuses: { 200: "data", 304: "empty", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getTrends: { method: "GET", path: "/api/v2/trends", query: ["tags", "interval", "range"], secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  listConfigurations: { method: "GET", path: "/api/v2/configurations", secured: true, statuses: { 200: "data", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  refreshSession: { method: "POST", path: "/api/v2/auth/session/refresh", secured: true, statuses: { 200: "data", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  replaceConfiguration: { method: "PUT", path: "/api/v2/configurations/{config_id}", secured: true, statuses: { 200: "data", 400: "coded", 401: "coded", 404: "coded", 413: "coded", 415: "coded", 422: "values", 500: "coded", 503: "coded" } },
  searchTickers: { method: "GET", path: "/api/v2/tickers/search", query: ["q", "limit"], statuses: { 200: "data", 304: "empty", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  signOut: { method: "POST", path: "/api/v2/auth/signout", secured: true, statuses: { 200: "data", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  streamConfiguration: { method: "GET", path: "/api/v2/configurations/{config_id}/stream", query: ["user_token", "resolutions"], headers: { last_event_id: "Last-Event-ID" }, secured: true, events: ["bucket_update", "deadline", "heartbeat", "partial_bucket", "reset"], statuses: { 200: "events", 401: "coded", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  streamMarket: { method: "GET", path: "/api/v2/stream", query: ["tickers", "resolutions"], headers: { last_event_id: "Last-Event-ID" }, events: ["bucket_update", "deadline", "heartbeat", "metrics", "partial_bucket", "reset"], statuses: { 200: "events", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  updateConfiguration: { method: "PATCH", path: "/api/v2/configurations/{config_id}", secured: true, statuses: { 200: "data", 400: "coded", 401: "coded", 404: "coded", 413: "coded", 415: "coded", 422: "values", 500: "coded", 503: "coded" } },
  validateSession: { method: "GET", path: "/api/v2/auth/validate", secured: true, statuses: { 200: "data", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  validateTicker: { method: "GET", path: "/api/v2/tickers/validate", query: ["symbol"], statuses: { 200: "data", 304: "empty", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
} as const satisfies Record<t.OperationId, Route>;

export class Client {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions = {}) {
    this.#options = options;
  }

  /**
   * Liveness, and whether the store answers.
   *
   * For load balancers and people on call. Reads from the store, so that a 200 means that requests can be served.
   *
   * `GET /health`
   */
  checkHealth(options: CallOptions = {}): Promise<t.CheckHealthResult> {
    return this.#call(ROUTES.checkHealth, {}, options);
  }

  /**
   * Start an anonymous session.
   *
   * Makes a new anonymous user. A body is optional.
   *
   * At most 10 requests in 3600 seconds.
   *
   * `POST /api/v2/auth/anonymous`
   */
  createAnonymousSession(request: t.CreateAnonymousSessionRequest = {}, options: CallOptions = {}): Promise<t.CreateAnonymousSessionResult> {
    return this.#call(ROUTES.createAnonymousSession, request, options);
  }

  /**
   * Create a watchlist.
   *
   * At most two are active at a time, however many requests race; deleting one makes room.
   *
   * For: session.
   *
   * At most 10 requests in 3600 seconds.
   *
   * `POST /api/v2/configurations`
   */
  createConfiguration(request: t.CreateConfigurationRequest, options: CallOptions = {}): Promise<t.CreateConfigurationResult> {
    return this.#call(ROUTES.createConfiguration, request, options);
  }

  /**
   * Delete a watchlist.
   *
   * Deleting it again is 404.
   *
   * For: session.
   *
   * `DELETE /api/v2/configurations/{config_id}`
   */
  deleteConfiguration(request: t.DeleteConfigurationRequest, options: CallOptions = {}): Promise<t.DeleteConfigurationResult> {
    return this.#call(ROUTES.deleteConfiguration, request, options);
  }

  /**
   * Prolong the session by 30 days.
   *
   * For pages: protected against requests that another origin makes in the user's name.
   *
   * For: session, with a CSRF token.
   *
   * `POST /api/v2/auth/extend`
   */
  extendSession(options: CallOptions = {}): Promise<t.ExtendSessionResult> {
    return this.#call(ROUTES.extendSession, {}, options);
  }

  /**
   * Articles by tag.
   *
   * Articles of the last 30 days with any of the tags, newest first. A tag that nothing carries finds nothing.
   *
   * For: session.
   *
   * `GET /api/v2/articles`
   */
  getArticles(request: t.GetArticlesRequest, options?: CallOptions): Promise<t.GetArticlesResult>;
  getArticles(request: t.GetArticlesRequest, options: ConditionalOptions): Promise<t.GetArticlesResult | t.NotModified>;
  getArticles(request: t.GetArticlesRequest, options: CallOptions | ConditionalOptions = {}): Promise<t.GetArticlesResult | t.NotModified> {
    return this.#call(ROUTES.getArticles, request, options);
  }

  /**
   * Price candles of a symbol.
   *
   * Candles of trading sessions that are over, with the half days short; days are New York's. Either a range back
   * from today or two dates. A listed symbol without data has no candles; intraday candles that no source has are
   * replaced by daily ones.
   *
   * For: session.
   *
   * `GET /api/v2/tickers/{ticker}/ohlc`
   */
  getCandles(request: t.GetCandlesRequest, options?: CallOptions): Promise<t.GetCandlesResult>;
  getCandles(request: t.GetCandlesRequest, options: ConditionalOptions): Promise<t.GetCandlesResult | t.NotModified>;
  getCandles(request: t.GetCandlesRequest, options: CallOptions | ConditionalOptions = {}): Promise<t.GetCandlesResult | t.NotModified> {
    return this.#call(ROUTES.getCandles, request, options);
  }

  /**
   * One watchlist.
   *
   * The watchlist of somebody else is not found, like one that never was.
   *
   * For: session.
   *
   * `GET /api/v2/configurations/{config_id}`
   */
  getConfiguration(request: t.GetConfigurationRequest, options: CallOptions = {}): Promise<t.GetConfigurationResult> {
    return this.#call(ROUTES.getConfiguration, request, options);
  }

  /**
   * List of endpoints.
   *
   * What this deployment serves, for people; programs read the OpenAPI document.
   *
   * `GET /api`
   */
  getIndex(options?: CallOptions): Promise<t.GetIndexResult>;
  getIndex(options: ConditionalOptions): Promise<t.GetIndexResult | t.NotModified>;
  getIndex(options: CallOptions | ConditionalOptions = {}): Promise<t.GetIndexResult | t.NotModified> {
    return this.#call(ROUTES.getIndex, {}, options);
  }

  /**
   * Whether the exchange is open.
   *
   * Sessions of the New York Stock Exchange with its holidays and half days, 2000 to 2035.
   *
   * `GET /api/v2/market/status`
   */
  getMarketStatus(options?: CallOptions): Promise<t.GetMarketStatusResult>;
  getMarketStatus(options: ConditionalOptions): Promise<t.GetMarketStatusResult | t.NotModified>;
  getMarketStatus(options: CallOptions | ConditionalOptions = {}): Promise<t.GetMarketStatusResult | t.NotModified> {
    return this.#call(ROUTES.getMarketStatus, {}, options);
  }

  /**
   * The calling user.
   *
   * A minimal profile for pages.
   *
   * For: session.
   *
   * `GET /api/v2/auth/me`
   */
  getMe(options: CallOptions = {}): Promise<t.GetMeResult> {
    return this.#call(ROUTES.getMe, {}, options);
  }

  /**
   * How many articles, how they are judged, and the newest.
   *
   * Counted from the stored articles at most a minute ago: the answer is remembered for that long.
   *
   * For: session.
   *
   * `GET /api/v2/metrics`
   */
  getMetrics(request?: t.GetMetricsRequest, options?: CallOptions): Promise<t.GetMetricsResult>;
  getMetrics(request: t.GetMetricsRequest, options: ConditionalOptions): Promise<t.GetMetricsResult | t.NotModified>;
  getMetrics(request: t.GetMetricsRequest = {}, options: CallOptions | ConditionalOptions = {}): Promise<t.GetMetricsResult | t.NotModified> {
    return this.#call(ROUTES.getMetrics, request, options);
  }

  /**
   * Settings for front ends.
   *
   * Where streams are served and which deployment this is.
   *
   * `GET /api/v2/runtime`
   */
  getRuntime(options?: CallOptions): Promise<t.GetRuntimeResult>;
  getRuntime(options: ConditionalOptions): Promise<t.GetRuntimeResult | t.NotModified>;
  getRuntime(options: CallOptions | ConditionalOptions = {}): Promise<t.GetRuntimeResult | t.NotModified> {
    return this.#call(ROUTES.getRuntime, {}, options);
  }

  /**
   * How the articles with some tags are judged.
   *
   * Shares of positive, neutral and negative articles, for each tag and for all together.
   *
   * For: session.
   *
   * `GET /api/v2/sentiment`
   */
  getSentimentByTags(request: t.GetSentimentByTagsRequest, options?: CallOptions): Promise<t.GetSentimentByTagsResult>;
  getSentimentByTags(request: t.GetSentimentByTagsRequest, options: ConditionalOptions): Promise<t.GetSentimentByTagsResult | t.NotModified>;
  getSentimentByTags(request: t.GetSentimentByTagsRequest, options: CallOptions | ConditionalOptions = {}): Promise<t.GetSentimentByTagsResult | t.NotModified> {
    return this.#call(ROUTES.getSentimentByTags, request, options);
  }

  /**
   * Describe the session.
   *
   * Also gives a page a fresh csrf_token cookie.
   *
   * For: session.
   *
   * `GET /api/v2/auth/session`
   */
  getSession(options: CallOptions = {}): Promise<t.GetSessionResult> {
    return this.#call(ROUTES.getSession, {}, options);
  }

  /**
   * How many streams are open.
   *
   * Of the process that answers: other processes have connections of their own.
   *
   * `GET /api/v2/stream/status`
   */
  getStreamStatus(options: CallOptions = {}): Promise<t.GetStreamStatusResult> {
    return this.#call(ROUTES.getStreamStatus, {}, options);
  }

  /**
   * Sentiment of a ticker day by day.
   *
   * Days in UTC, computed from the collected articles, which are remembered here for 400 days. The range counts
   * back from today, which is included. A source that has not said anything has no days.
   *
   * For: session.
   *
   * `GET /api/v2/tickers/{ticker}/sentiment/history`
   */
  getTickerSentimentHistory(request: t.GetTickerSentimentHistoryRequest, options?: CallOptions): Promise<t.GetTickerSentimentHistoryResult>;
  getTickerSentimentHistory(request: t.GetTickerSentimentHistoryRequest, options: ConditionalOptions): Promise<t.GetTickerSentimentHistoryResult | t.NotModified>;
  getTickerSentimentHistory(request: t.GetTickerSentimentHistoryRequest, options: CallOptions | ConditionalOptions = {}): Promise<t.GetTickerSentimentHistoryResult | t.NotModified> {
    return this.#call(ROUTES.getTickerSentimentHistory, request, options);
  }

  /**
   * Sentiment buckets of one ticker.
   *
   * Without start and end the newest buckets, oldest first, as one page. With start or end the buckets of that
   * range as pages, oldest first. A bucket is complete once its time is over; the open one comes apart. Buckets
   * are kept for 1, 2, 3, 7, 14, 30, 60 and 90 days by resolution. `max-age` lasts until the time of the open
   * bucket is over, for a range that is over the length of one bucket; the running values in between come with the
   * stream.
   *
   * `GET /api/v2/timeseries/{ticker}`
   */
  getTimeseries(request: t.GetTimeseriesRequest, options?: CallOptions): Promise<t.GetTimeseriesResult>;
  getTimeseries(request: t.GetTimeseriesRequest, options: ConditionalOptions): Promise<t.GetTimeseriesResult | t.NotModified>;
  getTimeseries(request: t.GetTimeseriesRequest, options: CallOptions | ConditionalOptions = {}): Promise<t.GetTimeseriesResult | t.NotModified> {
    return this.#call(ROUTES.getTimeseries, request, options);
  }

  /**
   * Sentiment buckets of several tickers.
   *
   * What getTimeseries answers for each of up to twenty tickers. A ticker whose buckets cannot be read carries its
   * error and the others their buckets; 503 only if none can be read. There is no page of a batch: go on with
   * getTimeseries, the same resolution, start and end, and the `next_cursor` of a ticker. `max-age` lasts until
   * the time of the open bucket is over, for a range that is over the length of one bucket; the running values in
   * between come with the stream.
   *
   * `GET /api/v2/timeseries/batch`
   */
  getTimeseriesBatch(request: t.GetTimeseriesBatchRequest, options?: CallOptions): Promise<t.GetTimeseriesBatchResult>;
  getTimeseriesBatch(request: t.GetTimeseriesBatchRequest, options: ConditionalOptions): Promise<t.GetTimeseriesBatchResult | t.NotModified>;
  getTimeseriesBatch(request: t.GetTimeseriesBatchRequest, options: CallOptions | ConditionalOptions = {}): Promise<t.GetTimeseriesBatchResult | t.NotModified> {
    return this.#call(ROUTES.getTimeseriesBatch, request, options);
  }

  /**
   * How sentiment of tags moves.
   *
   * One point for each span of the interval that the range touches, with and without articles. Only articles of
   * the range count, so that the first and the last span may be counted in part.
   *
   * For: session.
   *
   * `GET /api/v2/trends`
   */
  getTrends(request: t.GetTrendsRequest, options?: CallOptions): Promise<t.GetTrendsResult>;
  getTrends(request: t.GetTrendsRequest, options: ConditionalOptions): Promise<t.GetTrendsResult | t.NotModified>;
  getTrends(request: t.GetTrendsRequest, options: CallOptions | ConditionalOptions = {}): Promise<t.GetTrendsResult | t.NotModified> {
    return this.#call(ROUTES.getTrends, request, options);
  }

  /**
   * The caller's watchlists.
   *
   * All of them: there are at most two.
   *
   * For: session.
   *
   * `GET /api/v2/configurations`
   */
  listConfigurations(options: CallOptions = {}): Promise<t.ListConfigurationsResult> {
    return this.#call(ROUTES.listConfigurations, {}, options);
  }

  /**
   * Start the session's 30 days again.
   *
   * For programs that keep no cookies.
   *
   * For: session.
   *
   * `POST /api/v2/auth/session/refresh`
   */
  refreshSession(options: CallOptions = {}): Promise<t.RefreshSessionResult> {
    return this.#call(ROUTES.refreshSession, {}, options);
  }

  /**
   * Replace a watchlist.
   *
   * What is not given gets its default. A symbol that stays keeps the instant when it was added.
   *
   * For: session.
   *
   * `PUT /api/v2/configurations/{config_id}`
   */
  replaceConfiguration(request: t.ReplaceConfigurationRequest, options: CallOptions = {}): Promise<t.ReplaceConfigurationResult> {
    return this.#call(ROUTES.replaceConfiguration, request, options);
  }

  /**
   * Find symbols.
   *
   * Completes what a person types into symbols and company names. A text of spaces matches nothing.
   *
   * At most 20 requests in 60 seconds.
   *
   * `GET /api/v2/tickers/search`
   */
  searchTickers(request: t.SearchTickersRequest, options?: CallOptions): Promise<t.SearchTickersResult>;
  searchTickers(request: t.SearchTickersRequest, options: ConditionalOptions): Promise<t.SearchTickersResult | t.NotModified>;
  searchTickers(request: t.SearchTickersRequest, options: CallOptions | ConditionalOptions = {}): Promise<t.SearchTickersResult | t.NotModified> {
    return this.#call(ROUTES.searchTickers, request, options);
  }

  /**
   * End this session.
   *
   * Other sessions of the same user go on. The credential is worth nothing from now on.
   *
   * For: session.
   *
   * `POST /api/v2/auth/signout`
   */
  signOut(options: CallOptions = {}): Promise<t.SignOutResult> {
    return this.#call(ROUTES.signOut, {}, options);
  }

  /**
   * Follow the tickers of a watchlist live.
   *
   * Server-sent events of the sentiment buckets of a watchlist's tickers. Changing the tickers changes the stream
   * within a second; without tickers it has heartbeats only. Every event has an id, which is a position in the
   * stored data: a client that comes back with it in `Last-Event-ID`, to whichever process, is brought the latest
   * state of each bucket that has changed since, and may be brought a state again that it has seen. A position
   * that is older than 24 hours, or none of ours, brings `reset`. Heartbeats come on connecting and every 30
   * seconds. Before the function's time is over comes `deadline`, and the stream ends.
   *
   * For: session.
   *
   * `GET /api/v2/configurations/{config_id}/stream`
   */
  streamConfiguration(request: t.StreamConfigurationRequest, options: StreamOptions = {}): Promise<t.StreamConfigurationResult> {
    return this.#open(ROUTES.streamConfiguration, request, options);
  }

  /**
   * Follow sentiment and metrics live.
   *
   * Server-sent events of all sentiment buckets, or of some tickers and resolutions, and of the metrics over all
   * articles. Every event has an id, which is a position in the stored data: a client that comes back with it in
   * `Last-Event-ID`, to whichever process, is brought the latest state of each bucket that has changed since, and
   * may be brought a state again that it has seen. A position that is older than 24 hours, or none of ours, brings
   * `reset`. Heartbeats come on connecting and every 30 seconds. Before the function's time is over comes
   * `deadline`, and the stream ends.
   *
   * `GET /api/v2/stream`
   */
  streamMarket(request: t.StreamMarketRequest = {}, options: StreamOptions = {}): Promise<t.StreamMarketResult> {
    return this.#open(ROUTES.streamMarket, request, options);
  }

  /**
   * Change parts of a watchlist.
   *
   * What is absent or null stays as it is; an empty object only renews updated_at.
   *
   * For: session.
   *
   * `PATCH /api/v2/configurations/{config_id}`
   */
  updateConfiguration(request: t.UpdateConfigurationRequest, options: CallOptions = {}): Promise<t.UpdateConfigurationResult> {
    return this.#call(ROUTES.updateConfiguration, request, options);
  }

  /**
   * Whether the credential belongs to a live session.
   *
   * Notes that the user was active, which is no effect that a mail scanner's HEAD could spoil. Prolongs nothing.
   *
   * For: session.
   *
   * `GET /api/v2/auth/validate`
   */
  validateSession(options: CallOptions = {}): Promise<t.ValidateSessionResult> {
    return this.#call(ROUTES.validateSession, {}, options);
  }

  /**
   * Check a symbol.
   *
   * Says whether a symbol can be put on a watchlist. A symbol that nobody ever listed is an answer, not an error.
   *
   * At most 30 requests in 60 seconds.
   *
   * `GET /api/v2/tickers/validate`
   */
  validateTicker(request: t.ValidateTickerRequest, options?: CallOptions): Promise<t.ValidateTickerResult>;
  validateTicker(request: t.ValidateTickerRequest, options: ConditionalOptions): Promise<t.ValidateTickerResult | t.NotModified>;
  validateTicker(request: t.ValidateTickerRequest, options: CallOptions | ConditionalOptions = {}): Promise<t.ValidateTickerResult | t.NotModified> {
    return this.#call(ROUTES.validateTicker, request, options);
  }

  async #call<Result>(route: Route, request: object, options: CallOptions | ConditionalOptions): Promise<Result> {
    const response = await this.#send(route, request as Fields, options);
    return (await answered(route, response)) as Result;
  }

  async #open<Result>(route: Route, request: object, options: StreamOptions): Promise<Result> {
    const closing = new AbortController();
    const signal = either(closing.signal, options.signal);
    const connect = (position: string | undefined): Promise<Response> =>
      this.#send(route, { ...request, last_event_id: position }, { ...options, signal });
    const first = await this.#send(route, request as Fields, { ...options, signal });
    if (route.statuses[first.status] !== "events") {
      return (await answered(route, first)) as Result;
    }
    const position = (request as Fields)["last_event_id"] as string | undefined;
    const data = new Stream({ route, connect, first, position, closing, signal, options });
    return { ok: true, status: first.status, data, headers: first.headers } as Result;
  }

  async #send(route: Route, request: Fields, options: CallOptions | ConditionalOptions): Promise<Response> {
    const send = this.#options.fetch ?? globalThis.fetch;
    const body = request["body"];
    return send(this.#url(route, request), {
      method: route.method,
      headers: await this.#headers(route, request, options),
      body: body === undefined ? null : JSON.stringify(body),
      credentials: this.#options.credentials ?? "include",
      signal: options.signal ?? null,
    });
  }

  #url(route: Route, request: Fields): string {
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => segment(name, request[name]));
    const pairs = (route.query ?? [])
      .filter((name) => request[name] !== undefined)
      .map((name) => `${encodeURIComponent(name)}=${listed(request[name])}`);
    const query = pairs.length > 0 ? `?${pairs.join("&")}` : "";
    return (this.#options.baseUrl ?? "").replace(/\/+$/, "") + path + query;
  }

  async #headers(route: Route, request: Fields, options: CallOptions | ConditionalOptions): Promise<Headers> {
    const headers = new Headers({ ...this.#options.headers, ...options.headers });
    for (const [field, wire] of Object.entries(route.headers ?? {})) {
      set(headers, wire, request[field] === undefined ? undefined : String(request[field]));
    }
    if (request["body"] !== undefined) {
      headers.set("Content-Type", "application/json");
    }
    if ("ifNoneMatch" in options) {
      set(headers, "If-None-Match", options.ifNoneMatch);
    }
    if (route.secured) {
      await this.#identify(headers);
    }
    if (route.csrf) {
      await this.#repeatToken(headers);
    }
    return headers;
  }

  async #identify(headers: Headers): Promise<void> {
    const token = await provided(this.#options.token);
    if (token) {
      headers.set("Authorization", `Bearer ${token}`);
    } else {
      set(headers, "X-User-ID", await provided(this.#options.userId));
    }
  }

  async #repeatToken(headers: Headers): Promise<void> {
    const token = await provided(this.#options.csrfToken);
    set(headers, "X-CSRF-Token", token);
    // A browser sends its own cookies and drops this line; elsewhere nobody else would send the cookie.
    if (token && !headers.has("Cookie")) {
      headers.set("Cookie", `csrf_token=${token}`);
    }
  }
}

function set(headers: Headers, name: string, value: Given): void {
  if (value) {
    headers.set(name, value);
  }
}

async function provided(provider: Provider): Promise<Given> {
  return typeof provider === "function" ? provider() : provider;
}

/** A value as one segment of a path. A URL cannot say an empty one, nor one of dots. */
function segment(name: string, value: unknown): string {
  const text = String(value ?? "");
  if (text === "" || text === "." || text === "..") {
    throw new TypeError(`${name} cannot be ${JSON.stringify(text)}: a path has no such segment`);
  }
  return encodeURIComponent(text);
}

/** A value of the query; the members of a list are separated by commas. */
function listed(value: unknown): string {
  return (Array.isArray(value) ? value : [value]).map((member) => encodeURIComponent(String(member))).join(",");
}

/** A response as a result. Throws `UnexpectedResponse`. */
async function answered(route: Route, response: Response): Promise<AnyResult> {
  const { status, headers } = response;
  const text = await response.text();
  const kind = route.statuses[status];
  if (kind === "empty") {
    return status === 304
      ? { ok: false, status, code: null, error: null, headers }
      : { ok: true, status, data: null, headers };
  }
  const body = parsed(text);
  if (kind === "data" && body !== undefined) {
    return { ok: true, status, data: body, headers };
  }
  const { code, detail } = (body ?? {}) as { code?: unknown; detail?: unknown };
  if (kind === "coded" && typeof code === "string") {
    return { ok: false, status, code, error: body, headers };
  }
  if (kind === "values" && Array.isArray(detail)) {
    return { ok: false, status, code: null, error: body, headers };
  }
  throw new UnexpectedResponse(status, headers, text);
}

/** The value of JSON text; undefined for text that is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Aborts with the first of two signals. `AbortSignal.any` is younger than some browsers. */
function either(own: AbortSignal, given: AbortSignal | undefined): AbortSignal {
  if (given === undefined) {
    return own;
  }
  const both = new AbortController();
  for (const signal of [own, given]) {
    if (signal.aborted) {
      both.abort(signal.reason);
    }
    signal.addEventListener("abort", () => both.abort(signal.reason), { once: true });
  }
  return both.signal;
}

interface Message {
  event: string;
  data: string[];
  id: string | undefined;
}

/** Yields what a connection brings; the rest of an event that is cut off is lost, as the standard says. */
async function* messages(response: Response, retry: (milliseconds: number) => void): AsyncGenerator<Message> {
  let message: Message = { event: "", data: [], id: undefined };
  for await (const line of lines(response)) {
    if (line === "") {
      yield message;
      message = { event: "", data: [], id: undefined };
      continue;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") {
      message.event = value;
    } else if (field === "data") {
      message.data.push(value);
    } else if (field === "id" && !value.includes("\0")) {
      message.id = value;
    } else if (field === "retry" && /^[0-9]+$/.test(value)) {
      retry(Number(value));
    }
  }
}

/** The lines of a body, without their ends (LF, CRLF or CR). */
async function* lines(response: Response): AsyncGenerator<string> {
  if (response.body === null) {
    return;
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      rest += decoder.decode(value, { stream: true });
      // A CR at the end may be half of a CRLF: it waits for what follows.
      const whole = rest.split(/\r\n|\n|\r(?!$)/);
      rest = whole.pop() ?? "";
      yield* whole;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** What a stream goes on from. */
interface Connection {
  readonly route: Route;
  readonly connect: (position: string | undefined) => Promise<Response>;
  readonly first: Response;
  readonly position: string | undefined;
  readonly closing: AbortController;
  /** Aborts when the stream is closed and when its caller aborts. */
  readonly signal: AbortSignal;
  readonly options: StreamOptions;
}

class Stream implements t.EventStream<t.Sent<string, unknown>> {
  readonly #with: Connection;
  #position: string | undefined;
  #wait: number;
  #iterated = false;

  constructor(connection: Connection) {
    this.#with = connection;
    this.#position = connection.position;
    this.#wait = connection.options.reconnectMilliseconds ?? DEFAULT_WAIT_MILLISECONDS;
  }

  get position(): string | undefined {
    return this.#position;
  }

  close(): void {
    this.#with.closing.abort();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<t.Sent<string, unknown>> {
    if (this.#iterated) {
      throw new TypeError("a stream is iterated once; open another one from its position");
    }
    this.#iterated = true;
    try {
      yield* this.#events(this.#with.first);
      while (this.#with.options.reconnect !== false) {
        yield* this.#events(await this.#resumed());
      }
    } catch (error) {
      if (!this.#with.closing.signal.aborted) {
        throw error;
      }
    } finally {
      this.close();
    }
  }

  /** The events of one connection. That it breaks ends them: the next one goes on. */
  async *#events(response: Response): AsyncGenerator<t.Sent<string, unknown>> {
    const source = messages(response, (milliseconds) => this.#retry(milliseconds));
    try {
      for (let message = await this.#next(source); message !== undefined; message = await this.#next(source)) {
        this.#position = message.id ?? this.#position;
        // Later versions of the service may send events that this client does not know.
        if (message.data.length > 0 && this.#with.route.events?.includes(message.event)) {
          yield { event: message.event, id: this.#position ?? "", data: JSON.parse(message.data.join("\n")) };
        }
      }
    } finally {
      await source.return(undefined);
    }
  }

  #retry(milliseconds: number): void {
    this.#wait = this.#with.options.reconnectMilliseconds ?? milliseconds;
  }

  async #next(source: AsyncGenerator<Message>): Promise<Message | undefined> {
    try {
      // What has been read already is not delivered after the end.
      this.#with.signal.throwIfAborted();
      const { done, value } = await source.next();
      return done ? undefined : value;
    } catch (error) {
      if (this.#with.signal.aborted || this.#with.options.reconnect === false) {
        throw error;
      }
      return undefined;
    }
  }

  /** The next connection. Tries until there is one or it is refused for good. */
  async #resumed(): Promise<Response> {
    for (let wait = this.#wait; ; ) {
      await pause(wait, this.#with.signal);
      const response = await this.#connected();
      if (response !== undefined && this.#with.route.statuses[response.status] === "events") {
        return response;
      }
      wait = (response && (await this.#refused(response))) ?? longer(wait);
    }
  }

  /** A response to the next try; undefined if the network brought none. */
  async #connected(): Promise<Response | undefined> {
    try {
      return await this.#with.connect(this.#position);
    } catch (error) {
      if (this.#with.signal.aborted) {
        throw error;
      }
      return undefined;
    }
  }

  /** How long a refusal that passes wants to be waited for, if it says so; one that stays is thrown. */
  async #refused(response: Response): Promise<number | undefined> {
    if (response.status === 429 || response.status >= 500) {
      await response.body?.cancel();
      return this.#with.options.reconnectMilliseconds ?? retryAfter(response.headers);
    }
    const result = await answered(this.#with.route, response);
    throw new StreamRefused(result as t.Failure<number, string | null, unknown>);
  }
}

function longer(milliseconds: number): number {
  return Math.min(milliseconds * 2, Math.max(milliseconds, LONGEST_WAIT_MILLISECONDS));
}

/** `Retry-After` in milliseconds; undefined if the header is not there or is a date. */
function retryAfter(headers: Headers): number | undefined {
  const text = headers.get("Retry-After");
  return text !== null && /^[0-9]+$/.test(text) ? Number(text) * 1000 : undefined;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) {
      stop();
    }
  });
}
