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
  /** Name in a request → name of the cookie. */
  readonly cookies?: Readonly<Record<string, string>>;
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
  checkEmailConflict: { method: "POST", path: "/api/v2/auth/check-email", csrf: true, statuses: { 200: "data", 400: "coded", 403: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  checkHealth: { method: "GET", path: "/health", statuses: { 200: "data", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  createAlert: { method: "POST", path: "/api/v2/alerts", secured: true, statuses: { 201: "data", 400: "coded", 401: "coded", 403: "coded", 404: "coded", 409: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  createAnonymousSession: { method: "POST", path: "/api/v2/auth/anonymous", statuses: { 201: "data", 400: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  createConfiguration: { method: "POST", path: "/api/v2/configurations", secured: true, statuses: { 201: "data", 400: "coded", 401: "coded", 409: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  createConfigurationAlert: { method: "POST", path: "/api/v2/configurations/{config_id}/alerts", secured: true, statuses: { 201: "data", 400: "coded", 401: "coded", 403: "coded", 404: "coded", 409: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  deleteAlert: { method: "DELETE", path: "/api/v2/alerts/{alert_id}", secured: true, statuses: { 204: "empty", 401: "coded", 403: "coded", 404: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  deleteConfiguration: { method: "DELETE", path: "/api/v2/configurations/{config_id}", secured: true, statuses: { 204: "empty", 401: "coded", 404: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  deleteConfigurationAlert: { method: "DELETE", path: "/api/v2/configurations/{config_id}/alerts/{alert_id}", secured: true, statuses: { 204: "empty", 401: "coded", 403: "coded", 404: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  disableAllNotifications: { method: "POST", path: "/api/v2/notifications/disable-all", secured: true, statuses: { 200: "data", 401: "coded", 403: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  extendSession: { method: "POST", path: "/api/v2/auth/extend", secured: true, csrf: true, statuses: { 200: "data", 401: "coded", 403: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  findUserByEmail: { method: "GET", path: "/api/v2/users/lookup", query: ["email"], secured: true, statuses: { 200: "data", 401: "coded", 403: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getAlert: { method: "GET", path: "/api/v2/alerts/{alert_id}", secured: true, statuses: { 200: "data", 401: "coded", 403: "coded", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getAlertQuota: { method: "GET", path: "/api/v2/alerts/quota", secured: true, statuses: { 200: "data", 401: "coded", 403: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getArticles: { method: "GET", path: "/api/v2/articles", query: ["tags", "sentiment", "limit", "cursor"], secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getCandles: { method: "GET", path: "/api/v2/tickers/{ticker}/ohlc", query: ["range", "start_date", "end_date", "resolution"], secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 404: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  getConfiguration: { method: "GET", path: "/api/v2/configurations/{config_id}", secured: true, statuses: { 200: "data", 401: "coded", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getConfigurationCorrelation: { method: "GET", path: "/api/v2/configurations/{config_id}/correlation", secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 404: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  getConfigurationHeatmap: { method: "GET", path: "/api/v2/configurations/{config_id}/heatmap", query: ["view"], secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getConfigurationPremarket: { method: "GET", path: "/api/v2/configurations/{config_id}/premarket", secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 404: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  getConfigurationSentiment: { method: "GET", path: "/api/v2/configurations/{config_id}/sentiment", query: ["sources"], secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getConfigurationTickerHistory: { method: "GET", path: "/api/v2/configurations/{config_id}/sentiment/{ticker}/history", query: ["source", "days", "limit", "cursor"], secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getConfigurationVolatility: { method: "GET", path: "/api/v2/configurations/{config_id}/volatility", secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 404: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  getDigestSettings: { method: "GET", path: "/api/v2/notifications/digest", secured: true, statuses: { 200: "data", 401: "coded", 403: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getIndex: { method: "GET", path: "/api", statuses: { 200: "data", 304: "empty", 413: "coded", 422: "values", 500: "coded" } },
  getMarketStatus: { method: "GET", path: "/api/v2/market/status", statuses: { 200: "data", 304: "empty", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getMe: { method: "GET", path: "/api/v2/auth/me", secured: true, statuses: { 200: "data", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getMergeStatus: { method: "GET", path: "/api/v2/auth/merge-status", query: ["anonymous_user_id"], secured: true, statuses: { 200: "data", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getMetrics: { method: "GET", path: "/api/v2/metrics", query: ["hours"], secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getNotification: { method: "GET", path: "/api/v2/notifications/{notification_id}", secured: true, statuses: { 200: "data", 401: "coded", 403: "coded", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getNotificationPreferences: { method: "GET", path: "/api/v2/notifications/preferences", secured: true, statuses: { 200: "data", 401: "coded", 403: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getOauthUrls: { method: "GET", path: "/api/v2/auth/oauth/urls", query: ["redirect_uri"], secured: true, statuses: { 200: "data", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  getRefreshStatus: { method: "GET", path: "/api/v2/configurations/{config_id}/refresh/status", secured: true, statuses: { 200: "data", 401: "coded", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getRuntime: { method: "GET", path: "/api/v2/runtime", statuses: { 200: "data", 304: "empty", 413: "coded", 422: "values", 500: "coded" } },
  getSentimentByTags: { method: "GET", path: "/api/v2/sentiment", query: ["tags", "start", "end"], secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getSession: { method: "GET", path: "/api/v2/auth/session", secured: true, statuses: { 200: "data", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getStreamStatus: { method: "GET", path: "/api/v2/stream/status", statuses: { 200: "data", 413: "coded", 422: "values", 500: "coded" } },
  getTickerSentimentHistory: { method: "GET", path: "/api/v2/tickers/{ticker}/sentiment/history", query: ["range", "start_date", "end_date", "source", "limit", "cursor"], secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getTimeseries: { method: "GET", path: "/api/v2/timeseries/{ticker}", query: ["resolution", "start", "end", "limit", "cursor"], statuses: { 200: "data", 304: "empty", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getTimeseriesBatch: { method: "GET", path: "/api/v2/timeseries/batch", query: ["tickers", "resolution", "start", "end", "limit"], statuses: { 200: "data", 304: "empty", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  getTrends: { method: "GET", path: "/api/v2/trends", query: ["tags", "interval", "range"], secured: true, statuses: { 200: "data", 304: "empty", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  linkAccounts: { method: "POST", path: "/api/v2/auth/link-accounts", secured: true, csrf: true, statuses: { 200: "data", 400: "coded", 401: "coded", 403: "coded", 404: "coded", 409: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  listAlerts: { method: "GET", path: "/api/v2/alerts", query: ["config_id", "ticker", "enabled"], secured: true, statuses: { 200: "data", 401: "coded", 403: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  listConfigurationAlerts: { method: "GET", path: "/api/v2/configurations/{config_id}/alerts", secured: true, statuses: { 200: "data", 401: "coded", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  listConfigurations: { method: "GET", path: "/api/v2/configurations", secured: true, statuses: { 200: "data", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  listNotifications: { method: "GET", path: "/api/v2/notifications", query: ["status", "alert_id", "limit", "cursor"], secured: true, statuses: { 200: "data", 401: "coded", 403: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  mergeAnonymousData: { method: "POST", path: "/api/v2/auth/merge", secured: true, csrf: true, statuses: { 200: "data", 400: "coded", 401: "coded", 403: "coded", 404: "coded", 409: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  refreshConfiguration: { method: "POST", path: "/api/v2/configurations/{config_id}/refresh", secured: true, statuses: { 202: "data", 401: "coded", 404: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  refreshSession: { method: "POST", path: "/api/v2/auth/session/refresh", secured: true, statuses: { 200: "data", 401: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  refreshTokens: { method: "POST", path: "/api/v2/auth/refresh", cookies: { refresh_token: "refresh_token" }, statuses: { 200: "data", 400: "coded", 401: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  replaceConfiguration: { method: "PUT", path: "/api/v2/configurations/{config_id}", secured: true, statuses: { 200: "data", 400: "coded", 401: "coded", 404: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  requestMagicLink: { method: "POST", path: "/api/v2/auth/magic-link", secured: true, statuses: { 202: "data", 400: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  resubscribeToMails: { method: "POST", path: "/api/v2/notifications/resubscribe", secured: true, statuses: { 200: "data", 401: "coded", 403: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  revokeSessionsBulk: { method: "POST", path: "/api/v2/admin/sessions/revoke", secured: true, statuses: { 200: "data", 400: "coded", 401: "coded", 403: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  searchTickers: { method: "GET", path: "/api/v2/tickers/search", query: ["q", "limit"], statuses: { 200: "data", 304: "empty", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  sendTestDigest: { method: "POST", path: "/api/v2/notifications/digest/test", secured: true, statuses: { 202: "data", 401: "coded", 403: "coded", 409: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  signInWithProvider: { method: "POST", path: "/api/v2/auth/oauth/callback", secured: true, statuses: { 200: "data", 400: "coded", 409: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  signOut: { method: "POST", path: "/api/v2/auth/signout", secured: true, statuses: { 200: "data", 401: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  streamConfiguration: { method: "GET", path: "/api/v2/configurations/{config_id}/stream", query: ["user_token", "resolutions"], headers: { last_event_id: "Last-Event-ID" }, secured: true, events: ["bucket_update", "deadline", "heartbeat", "partial_bucket", "reset", "sentiment_update"], statuses: { 200: "events", 401: "coded", 404: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  streamMarket: { method: "GET", path: "/api/v2/stream", query: ["tickers", "resolutions"], headers: { last_event_id: "Last-Event-ID" }, events: ["bucket_update", "deadline", "heartbeat", "metrics", "partial_bucket", "reset", "sentiment_update"], statuses: { 200: "events", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  toggleAlert: { method: "POST", path: "/api/v2/alerts/{alert_id}/toggle", secured: true, statuses: { 200: "data", 401: "coded", 403: "coded", 404: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  toggleConfigurationAlert: { method: "POST", path: "/api/v2/configurations/{config_id}/alerts/{alert_id}/toggle", secured: true, statuses: { 200: "data", 401: "coded", 403: "coded", 404: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  unsubscribeFromMails: { method: "GET", path: "/api/v2/notifications/unsubscribe", query: ["token"], statuses: { 200: "data", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  unsubscribeInOneClick: { method: "POST", path: "/api/v2/notifications/unsubscribe", query: ["token"], statuses: { 200: "data", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  updateAlert: { method: "PATCH", path: "/api/v2/alerts/{alert_id}", secured: true, statuses: { 200: "data", 400: "coded", 401: "coded", 403: "coded", 404: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  updateConfiguration: { method: "PATCH", path: "/api/v2/configurations/{config_id}", secured: true, statuses: { 200: "data", 400: "coded", 401: "coded", 404: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  updateConfigurationAlert: { method: "PATCH", path: "/api/v2/configurations/{config_id}/alerts/{alert_id}", secured: true, statuses: { 200: "data", 400: "coded", 401: "coded", 403: "coded", 404: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  updateDigestSettings: { method: "PATCH", path: "/api/v2/notifications/digest", secured: true, statuses: { 200: "data", 400: "coded", 401: "coded", 403: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  updateNotificationPreferences: { method: "PATCH", path: "/api/v2/notifications/preferences", secured: true, statuses: { 200: "data", 400: "coded", 401: "coded", 403: "coded", 413: "coded", 415: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  validateSession: { method: "GET", path: "/api/v2/auth/validate", secured: true, statuses: { 200: "data", 401: "coded", 413: "coded", 422: "values", 500: "coded", 503: "coded" } },
  validateTicker: { method: "GET", path: "/api/v2/tickers/validate", query: ["symbol"], statuses: { 200: "data", 304: "empty", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
  verifyMagicLink: { method: "GET", path: "/api/v2/auth/magic-link/verify", query: ["token"], statuses: { 200: "data", 404: "coded", 409: "coded", 410: "coded", 413: "coded", 422: "values", 429: "coded", 500: "coded", 503: "coded" } },
} as const satisfies Record<t.OperationId, Route>;

export class Client {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions = {}) {
    this.#options = options;
  }

  /**
   * Whether a way in has to be confirmed first.
   *
   * For pages, before signing in: whether signInWithProvider would answer with a conflict instead of signing in,
   * if the provider has verified the address and knows its owner by the identity that the account knows. A
   * conflict is settled by signing in the existing way and sending the confirmation token of signInWithProvider to
   * linkAccounts. Anybody may ask, so it says no more than it must: that an address is known is told only where a
   * sign-in would end in a conflict, and only a few times an hour.
   *
   * At most 20 requests in 3600 seconds.
   *
   * `POST /api/v2/auth/check-email`
   */
  checkEmailConflict(request: t.CheckEmailConflictRequest, options: CallOptions = {}): Promise<t.CheckEmailConflictResult> {
    return this.#call(ROUTES.checkEmailConflict, request, options);
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
   * Create an alert.
   *
   * It is enabled at once. Values are compared as watchlists show them: sentiment to four decimals, volatility to
   * two. A watchlist has at most ten, however many requests race. An alert lives as long as its symbol is on the
   * watchlist: it is deleted when the symbol leaves or the watchlist is deleted. Both ways to create one count
   * together.
   *
   * For: member.
   *
   * At most 20 requests in 3600 seconds.
   *
   * `POST /api/v2/alerts`
   */
  createAlert(request: t.CreateAlertRequest, options: CallOptions = {}): Promise<t.CreateAlertResult> {
    return this.#call(ROUTES.createAlert, request, options);
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
   * At most 10 requests in 3600 seconds, 5 of an anonymous session.
   *
   * `POST /api/v2/configurations`
   */
  createConfiguration(request: t.CreateConfigurationRequest, options: CallOptions = {}): Promise<t.CreateConfigurationResult> {
    return this.#call(ROUTES.createConfiguration, request, options);
  }

  /**
   * Create an alert on a watchlist.
   *
   * As createAlert does, by shorter names; it can be made disabled. A watchlist has at most ten. Both ways to
   * create one count together.
   *
   * For: member.
   *
   * At most 20 requests in 3600 seconds.
   *
   * `POST /api/v2/configurations/{config_id}/alerts`
   */
  createConfigurationAlert(request: t.CreateConfigurationAlertRequest, options: CallOptions = {}): Promise<t.CreateConfigurationAlertResult> {
    return this.#call(ROUTES.createConfigurationAlert, request, options);
  }

  /**
   * Delete an alert.
   *
   * For good. Deleting it again is 404.
   *
   * For: member.
   *
   * At most 100 requests in 60 seconds.
   *
   * `DELETE /api/v2/alerts/{alert_id}`
   */
  deleteAlert(request: t.DeleteAlertRequest, options: CallOptions = {}): Promise<t.DeleteAlertResult> {
    return this.#call(ROUTES.deleteAlert, request, options);
  }

  /**
   * Delete a watchlist.
   *
   * Its alerts are deleted with it. Deleting it again is 404.
   *
   * For: session.
   *
   * At most 100 requests in 60 seconds.
   *
   * `DELETE /api/v2/configurations/{config_id}`
   */
  deleteConfiguration(request: t.DeleteConfigurationRequest, options: CallOptions = {}): Promise<t.DeleteConfigurationResult> {
    return this.#call(ROUTES.deleteConfiguration, request, options);
  }

  /**
   * Delete an alert of a watchlist.
   *
   * For good, as deleteAlert does. An alert of another watchlist is not found here.
   *
   * For: member.
   *
   * At most 100 requests in 60 seconds.
   *
   * `DELETE /api/v2/configurations/{config_id}/alerts/{alert_id}`
   */
  deleteConfigurationAlert(request: t.DeleteConfigurationAlertRequest, options: CallOptions = {}): Promise<t.DeleteConfigurationAlertResult> {
    return this.#call(ROUTES.deleteConfigurationAlert, request, options);
  }

  /**
   * Turn off mails, digest and every alert.
   *
   * Repeating it changes nothing. Mails that are on their way already still arrive.
   *
   * For: member.
   *
   * At most 100 requests in 60 seconds.
   *
   * `POST /api/v2/notifications/disable-all`
   */
  disableAllNotifications(options: CallOptions = {}): Promise<t.DisableAllNotificationsResult> {
    return this.#call(ROUTES.disableAllNotifications, {}, options);
  }

  /**
   * Prolong the session by 30 days.
   *
   * For pages: protected against requests that another origin makes in the user's name.
   *
   * For: session, with a CSRF token.
   *
   * At most 100 requests in 60 seconds.
   *
   * `POST /api/v2/auth/extend`
   */
  extendSession(options: CallOptions = {}): Promise<t.ExtendSessionResult> {
    return this.#call(ROUTES.extendSession, {}, options);
  }

  /**
   * Find a user by address.
   *
   * For operators. Each lookup is logged with who asked and who was found, never with the address.
   *
   * For: operator.
   *
   * `GET /api/v2/users/lookup`
   */
  findUserByEmail(request: t.FindUserByEmailRequest, options: CallOptions = {}): Promise<t.FindUserByEmailResult> {
    return this.#call(ROUTES.findUserByEmail, request, options);
  }

  /**
   * One alert.
   *
   * The alert of somebody else is not found, like one that never was.
   *
   * For: member.
   *
   * `GET /api/v2/alerts/{alert_id}`
   */
  getAlert(request: t.GetAlertRequest, options: CallOptions = {}): Promise<t.GetAlertResult> {
    return this.#call(ROUTES.getAlert, request, options);
  }

  /**
   * Alert mails left today.
   *
   * Ten a UTC day, of all alerts together. An alert that finds none left does not fire and does not rest.
   *
   * For: member.
   *
   * `GET /api/v2/alerts/quota`
   */
  getAlertQuota(options: CallOptions = {}): Promise<t.GetAlertQuotaResult> {
    return this.#call(ROUTES.getAlertQuota, {}, options);
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
   * At most 100 requests in 60 seconds.
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
   * Sentiment against volatility.
   *
   * ↑↓ is positive_divergence, ↓↑ negative_divergence, ↑↑ positive_convergence, ↓↓ negative_convergence, sentiment
   * first; anything with → is stable. Of an odd number of days the oldest is in neither half.
   *
   * For: session.
   *
   * At most 100 requests in 60 seconds.
   *
   * `GET /api/v2/configurations/{config_id}/correlation`
   */
  getConfigurationCorrelation(request: t.GetConfigurationCorrelationRequest, options?: CallOptions): Promise<t.GetConfigurationCorrelationResult>;
  getConfigurationCorrelation(request: t.GetConfigurationCorrelationRequest, options: ConditionalOptions): Promise<t.GetConfigurationCorrelationResult | t.NotModified>;
  getConfigurationCorrelation(request: t.GetConfigurationCorrelationRequest, options: CallOptions | ConditionalOptions = {}): Promise<t.GetConfigurationCorrelationResult | t.NotModified> {
    return this.#call(ROUTES.getConfigurationCorrelation, request, options);
  }

  /**
   * Sentiment of a watchlist as colours.
   *
   * By source over the watchlist's timeframe_days, or by period for all sources together. Every cell is the real
   * mean over its days: 1w is the same seven days and today as the range 1W of a history.
   *
   * For: session.
   *
   * `GET /api/v2/configurations/{config_id}/heatmap`
   */
  getConfigurationHeatmap(request: t.GetConfigurationHeatmapRequest, options?: CallOptions): Promise<t.GetConfigurationHeatmapResult>;
  getConfigurationHeatmap(request: t.GetConfigurationHeatmapRequest, options: ConditionalOptions): Promise<t.GetConfigurationHeatmapResult | t.NotModified>;
  getConfigurationHeatmap(request: t.GetConfigurationHeatmapRequest, options: CallOptions | ConditionalOptions = {}): Promise<t.GetConfigurationHeatmapResult | t.NotModified> {
    return this.#call(ROUTES.getConfigurationHeatmap, request, options);
  }

  /**
   * Estimates while the market is closed.
   *
   * Compares the last price outside of the session with the close of the session before, also in the evening, over
   * weekends and holidays. While the market is open there are no estimates: sentiment itself is up to date then.
   *
   * For: session.
   *
   * At most 100 requests in 60 seconds.
   *
   * `GET /api/v2/configurations/{config_id}/premarket`
   */
  getConfigurationPremarket(request: t.GetConfigurationPremarketRequest, options?: CallOptions): Promise<t.GetConfigurationPremarketResult>;
  getConfigurationPremarket(request: t.GetConfigurationPremarketRequest, options: ConditionalOptions): Promise<t.GetConfigurationPremarketResult | t.NotModified>;
  getConfigurationPremarket(request: t.GetConfigurationPremarketRequest, options: CallOptions | ConditionalOptions = {}): Promise<t.GetConfigurationPremarketResult | t.NotModified> {
    return this.#call(ROUTES.getConfigurationPremarket, request, options);
  }

  /**
   * Sentiment of a watchlist by source.
   *
   * Means over the watchlist's timeframe_days, counted back from today, computed from the collected articles. A
   * source that said nothing about a ticker is null: our_model judges what the others only report.
   *
   * For: session.
   *
   * `GET /api/v2/configurations/{config_id}/sentiment`
   */
  getConfigurationSentiment(request: t.GetConfigurationSentimentRequest, options?: CallOptions): Promise<t.GetConfigurationSentimentResult>;
  getConfigurationSentiment(request: t.GetConfigurationSentimentRequest, options: ConditionalOptions): Promise<t.GetConfigurationSentimentResult | t.NotModified>;
  getConfigurationSentiment(request: t.GetConfigurationSentimentRequest, options: CallOptions | ConditionalOptions = {}): Promise<t.GetConfigurationSentimentResult | t.NotModified> {
    return this.#call(ROUTES.getConfigurationSentiment, request, options);
  }

  /**
   * Sentiment of a watched ticker day by day.
   *
   * Days in UTC, computed from the collected articles. A ticker that is not on the watchlist is not found;
   * getTickerSentimentHistory has every listed one. Pages of one range stay one range after midnight.
   *
   * For: session.
   *
   * `GET /api/v2/configurations/{config_id}/sentiment/{ticker}/history`
   */
  getConfigurationTickerHistory(request: t.GetConfigurationTickerHistoryRequest, options?: CallOptions): Promise<t.GetConfigurationTickerHistoryResult>;
  getConfigurationTickerHistory(request: t.GetConfigurationTickerHistoryRequest, options: ConditionalOptions): Promise<t.GetConfigurationTickerHistoryResult | t.NotModified>;
  getConfigurationTickerHistory(request: t.GetConfigurationTickerHistoryRequest, options: CallOptions | ConditionalOptions = {}): Promise<t.GetConfigurationTickerHistoryResult | t.NotModified> {
    return this.#call(ROUTES.getConfigurationTickerHistory, request, options);
  }

  /**
   * Volatility of a watchlist.
   *
   * The true range of a day is the greatest of high − low, |high − close before| and |low − close before|. Its
   * average starts as the mean of the first 14 days and is smoothed by each later one, (13 × average + true range)
   * / 14, over the last 180 days of sessions that are over. Days without a candle are left out, never filled.
   *
   * For: session.
   *
   * At most 100 requests in 60 seconds.
   *
   * `GET /api/v2/configurations/{config_id}/volatility`
   */
  getConfigurationVolatility(request: t.GetConfigurationVolatilityRequest, options?: CallOptions): Promise<t.GetConfigurationVolatilityResult>;
  getConfigurationVolatility(request: t.GetConfigurationVolatilityRequest, options: ConditionalOptions): Promise<t.GetConfigurationVolatilityResult | t.NotModified>;
  getConfigurationVolatility(request: t.GetConfigurationVolatilityRequest, options: CallOptions | ConditionalOptions = {}): Promise<t.GetConfigurationVolatilityResult | t.NotModified> {
    return this.#call(ROUTES.getConfigurationVolatility, request, options);
  }

  /**
   * When the daily digest comes and what it covers.
   *
   * Who never said gets the defaults: no digest, and once one is enabled, at 09:00 in the profile's time zone,
   * about all watchlists.
   *
   * For: member.
   *
   * `GET /api/v2/notifications/digest`
   */
  getDigestSettings(options: CallOptions = {}): Promise<t.GetDigestSettingsResult> {
    return this.#call(ROUTES.getDigestSettings, {}, options);
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
   * Sessions of the New York Stock Exchange with its holidays and half days, 2000 to 2035; no other years.
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
   * How far a merge is.
   *
   * An anonymous session can only be told of itself: that it has something to merge, or nothing. An account is
   * told of what was or could be merged into it; a session that another account got has nothing for it.
   *
   * For: session.
   *
   * `GET /api/v2/auth/merge-status`
   */
  getMergeStatus(request: t.GetMergeStatusRequest = {}, options: CallOptions = {}): Promise<t.GetMergeStatusResult> {
    return this.#call(ROUTES.getMergeStatus, request, options);
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
   * One mail about an alert.
   *
   * With where it went and whether it was read. That of somebody else is not found, like one that never was.
   *
   * For: member.
   *
   * `GET /api/v2/notifications/{notification_id}`
   */
  getNotification(request: t.GetNotificationRequest, options: CallOptions = {}): Promise<t.GetNotificationResult> {
    return this.#call(ROUTES.getNotification, request, options);
  }

  /**
   * What the caller wants to be mailed.
   *
   * Who never said gets the defaults: alerts, and no digest. One record with the digest settings.
   *
   * For: member.
   *
   * `GET /api/v2/notifications/preferences`
   */
  getNotificationPreferences(options: CallOptions = {}): Promise<t.GetNotificationPreferencesResult> {
    return this.#call(ROUTES.getNotificationPreferences, {}, options);
  }

  /**
   * Where sign-ins at Google and GitHub begin.
   *
   * Each call begins a sign-in at each provider: the states are new, bound to provider and page, and work once
   * within 300 seconds; so HEAD is not answered. The secret of the code challenge stays here. If an anonymous
   * session asks, the states remember it; any other credential is ignored.
   *
   * At most 30 requests in 60 seconds.
   *
   * `GET /api/v2/auth/oauth/urls`
   */
  getOauthUrls(request: t.GetOauthUrlsRequest = {}, options: CallOptions = {}): Promise<t.GetOauthUrlsResult> {
    return this.#call(ROUTES.getOauthUrls, request, options);
  }

  /**
   * Whether a watchlist is being refreshed.
   *
   * Ask every few seconds while is_refreshing; nothing of it is cached. Only the owner may.
   *
   * For: session.
   *
   * `GET /api/v2/configurations/{config_id}/refresh/status`
   */
  getRefreshStatus(request: t.GetRefreshStatusRequest, options: CallOptions = {}): Promise<t.GetRefreshStatusResult> {
    return this.#call(ROUTES.getRefreshStatus, request, options);
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
   * Add a way to sign in to this account.
   *
   * When a provider's address belongs to an account with another way in, signInWithProvider answers with a
   * conflict and a confirmation token instead of signing in. Both have to be proved to be the same person's: the
   * caller is signed in to the account, and the token stands for the identity, whose address the provider had
   * verified. A token that is unknown, used, too old, about another address or about another account is not found,
   * and which of these is not told.
   *
   * For: member, with a CSRF token.
   *
   * At most 20 requests in 3600 seconds.
   *
   * `POST /api/v2/auth/link-accounts`
   */
  linkAccounts(request: t.LinkAccountsRequest, options: CallOptions = {}): Promise<t.LinkAccountsResult> {
    return this.#call(ROUTES.linkAccounts, request, options);
  }

  /**
   * The caller's alerts.
   *
   * All that fit the filters: a caller has at most twenty. A filter that nothing fits gives none.
   *
   * For: member.
   *
   * `GET /api/v2/alerts`
   */
  listAlerts(request: t.ListAlertsRequest = {}, options: CallOptions = {}): Promise<t.ListAlertsResult> {
    return this.#call(ROUTES.listAlerts, request, options);
  }

  /**
   * Alerts of a watchlist.
   *
   * All of them: there are at most ten. Anonymous callers may ask too; theirs have none, as only members make
   * them.
   *
   * For: session.
   *
   * `GET /api/v2/configurations/{config_id}/alerts`
   */
  listConfigurationAlerts(request: t.ListConfigurationAlertsRequest, options: CallOptions = {}): Promise<t.ListConfigurationAlertsResult> {
    return this.#call(ROUTES.listConfigurationAlerts, request, options);
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
   * What was mailed about alerts.
   *
   * The last 90 days, newest first. Digests and sign-in links are not notifications.
   *
   * For: member.
   *
   * `GET /api/v2/notifications`
   */
  listNotifications(request: t.ListNotificationsRequest = {}, options: CallOptions = {}): Promise<t.ListNotificationsResult> {
    return this.#call(ROUTES.listNotifications, request, options);
  }

  /**
   * Move an anonymous user's data into this account.
   *
   * For pages, after signing in by a link or a provider that did not know the anonymous session; one that did has
   * merged. The caller is the account, the body names the anonymous session by its token, which proves that both
   * are the same person's. The token is worth nothing from then on. Everything the anonymous user had moves:
   * watchlists, their alerts, deleted watchlists, preferences. Two watchlists may be active: those that find no
   * place are kept and listed; delete one and repeat. Repeating is safe at any time and finishes what was
   * interrupted.
   *
   * For: member, with a CSRF token.
   *
   * At most 30 requests in 3600 seconds.
   *
   * `POST /api/v2/auth/merge`
   */
  mergeAnonymousData(request: t.MergeAnonymousDataRequest, options: CallOptions = {}): Promise<t.MergeAnonymousDataResult> {
    return this.#call(ROUTES.mergeAnonymousData, request, options);
  }

  /**
   * Collect a watchlist anew.
   *
   * Queues a job that collects the news and prices of the watchlist's tickers and judges them, each source and
   * each symbol for itself: where one does not answer, the rest is collected and the status says what was left
   * out. At most one is on its way, however many requests race: all get the same refresh_id. Once it has ended,
   * the next may be asked for 300 seconds after it was; before that 429 says when, as it is about too many
   * requests in a time, not about a conflict. Only the owner may: the watchlist of somebody else is not found.
   *
   * For: session.
   *
   * At most 100 requests in 60 seconds.
   *
   * `POST /api/v2/configurations/{config_id}/refresh`
   */
  refreshConfiguration(request: t.RefreshConfigurationRequest, options: CallOptions = {}): Promise<t.RefreshConfigurationResult> {
    return this.#call(ROUTES.refreshConfiguration, request, options);
  }

  /**
   * Start the session's 30 days again.
   *
   * For programs that keep no cookies.
   *
   * For: session.
   *
   * At most 100 requests in 60 seconds.
   *
   * `POST /api/v2/auth/session/refresh`
   */
  refreshSession(options: CallOptions = {}): Promise<t.RefreshSessionResult> {
    return this.#call(ROUTES.refreshSession, {}, options);
  }

  /**
   * Trade the refresh token for new tokens.
   *
   * A refresh token works once: each use replaces it. A second use, however soon, may be that of a copy, so it
   * ends the session for everybody (REFRESH_TOKEN_REUSED): of requests that use one token at the same time at most
   * one succeeds, and its session ends as well. Tabs that share the cookie therefore have to take turns. An answer
   * that is lost, by a crash between replacement and answer or on its way, takes the newer token with it: showing
   * the older one again ends the session, and the user signs in again. A token unused for 30 days is worth
   * nothing, nor is one that was never issued or whose session ended, expired or was revoked; showing one of these
   * ends nothing. The session itself is not prolonged: extendSession and refreshSession do that.
   *
   * At most 60 requests in 60 seconds.
   *
   * `POST /api/v2/auth/refresh`
   */
  refreshTokens(request: t.RefreshTokensRequest = {}, options: CallOptions = {}): Promise<t.RefreshTokensResult> {
    return this.#call(ROUTES.refreshTokens, request, options);
  }

  /**
   * Replace a watchlist.
   *
   * What is not given gets its default. A symbol that stays keeps the instant when it was added, and its alerts;
   * the alerts on a symbol that leaves are deleted. The last writer wins: If-Match is not looked at.
   *
   * For: session.
   *
   * At most 100 requests in 60 seconds.
   *
   * `PUT /api/v2/configurations/{config_id}`
   */
  replaceConfiguration(request: t.ReplaceConfigurationRequest, options: CallOptions = {}): Promise<t.ReplaceConfigurationResult> {
    return this.#call(ROUTES.replaceConfiguration, request, options);
  }

  /**
   * Mail a sign-in link.
   *
   * The answer is the same for every address, known or not: an unknown one gets an account when its link is used.
   * The link works once, for an hour, and only until a newer one is asked for. An address gets at most five links
   * in five minutes; beyond, the answer stays the same, nothing is mailed, and the newest link stays good. If an
   * anonymous session asks, the link remembers it: what it has moves to the account that the link opens, whoever
   * opens it, and its token is worth nothing from then on. Any other credential is ignored.
   *
   * At most 5 requests in 300 seconds.
   *
   * `POST /api/v2/auth/magic-link`
   */
  requestMagicLink(request: t.RequestMagicLinkRequest, options: CallOptions = {}): Promise<t.RequestMagicLinkResult> {
    return this.#call(ROUTES.requestMagicLink, request, options);
  }

  /**
   * Start mails again.
   *
   * Undoes an unsubscription. Alerts and digest are as they were; those that were disabled stay so.
   *
   * For: member.
   *
   * At most 100 requests in 60 seconds.
   *
   * `POST /api/v2/notifications/resubscribe`
   */
  resubscribeToMails(options: CallOptions = {}): Promise<t.ResubscribeToMailsResult> {
    return this.#call(ROUTES.resubscribeToMails, {}, options);
  }

  /**
   * End all sessions of many users.
   *
   * Every session of each user ends at once, tokens already issued included. It is no ban: an account can sign in
   * again. An anonymous user has no other way in, so theirs is over for good. A user is revoked wholly or not at
   * all; if the store fails half way, repeat the request.
   *
   * For: operator.
   *
   * At most 100 requests in 60 seconds.
   *
   * `POST /api/v2/admin/sessions/revoke`
   */
  revokeSessionsBulk(request: t.RevokeSessionsBulkRequest, options: CallOptions = {}): Promise<t.RevokeSessionsBulkResult> {
    return this.#call(ROUTES.revokeSessionsBulk, request, options);
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
   * Mail a sample of the digest.
   *
   * To the caller's address, with what the digest would tell now. It goes out whether or not mails are enabled,
   * since it was asked for, and changes nothing about when the next one is due.
   *
   * For: member.
   *
   * At most 5 requests in 3600 seconds.
   *
   * `POST /api/v2/notifications/digest/test`
   */
  sendTestDigest(options: CallOptions = {}): Promise<t.SendTestDigestResult> {
    return this.#call(ROUTES.sendTestDigest, {}, options);
  }

  /**
   * Sign in with what a provider sent back.
   *
   * Uses the state up, exchanges the code with the provider and signs its user in. An identity that was used
   * before opens its account. A new one whose verified address nobody has makes an account. Where somebody has the
   * address, Google and GitHub stand for each other, and Google for an address at gmail.com; anything else is a
   * conflict that the holder confirms. An address that the provider has not verified never opens or makes an
   * account, nor does a new identity without one (AUTH_022), nor one that belongs to one account under the address
   * of another (AUTH_023). A conflict sets csrf_token only. What the anonymous session had that asks now, else the
   * one that began the sign-in, moves along, as with mergeAnonymousData.
   *
   * At most 20 requests in 60 seconds.
   *
   * `POST /api/v2/auth/oauth/callback`
   */
  signInWithProvider(request: t.SignInWithProviderRequest, options: CallOptions = {}): Promise<t.SignInWithProviderResult> {
    return this.#call(ROUTES.signInWithProvider, request, options);
  }

  /**
   * End this session.
   *
   * Other sessions of the same user go on. The credential is worth nothing from now on.
   *
   * For: session.
   *
   * At most 100 requests in 60 seconds.
   *
   * `POST /api/v2/auth/signout`
   */
  signOut(options: CallOptions = {}): Promise<t.SignOutResult> {
    return this.#call(ROUTES.signOut, {}, options);
  }

  /**
   * Follow the tickers of a watchlist live.
   *
   * Server-sent events of the sentiment of a watchlist's tickers and of its buckets. Changing the tickers changes
   * the stream within a second; without tickers it has heartbeats only. Every event has an id, which is a position
   * in the stored data: a client that comes back with it in `Last-Event-ID`, to whichever process, is brought the
   * latest state of each bucket and of each ticker's sentiment that has changed since, and may be brought a state
   * again that it has seen. A position that is older than 24 hours, or none of ours, brings `reset`. Heartbeats
   * come on connecting and every 30 seconds. Before the function's time is over comes `deadline`, and the stream
   * ends.
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
   * Server-sent events of all sentiment buckets, or of some tickers and resolutions, of the tickers' sentiment,
   * and of the metrics over all articles. Every event has an id, which is a position in the stored data: a client
   * that comes back with it in `Last-Event-ID`, to whichever process, is brought the latest state of each bucket
   * and of each ticker's sentiment that has changed since, and may be brought a state again that it has seen. A
   * position that is older than 24 hours, or none of ours, brings `reset`. Heartbeats come on connecting and every
   * 30 seconds. Before the function's time is over comes `deadline`, and the stream ends.
   *
   * `GET /api/v2/stream`
   */
  streamMarket(request: t.StreamMarketRequest = {}, options: StreamOptions = {}): Promise<t.StreamMarketResult> {
    return this.#open(ROUTES.streamMarket, request, options);
  }

  /**
   * Enable or disable an alert.
   *
   * Each call flips it; of two at the same time both do. To set it whatever it was, use updateAlert.
   *
   * For: member.
   *
   * At most 100 requests in 60 seconds.
   *
   * `POST /api/v2/alerts/{alert_id}/toggle`
   */
  toggleAlert(request: t.ToggleAlertRequest, options: CallOptions = {}): Promise<t.ToggleAlertResult> {
    return this.#call(ROUTES.toggleAlert, request, options);
  }

  /**
   * Enable or disable an alert of a watchlist.
   *
   * Each call flips it, as toggleAlert does. An alert of another watchlist is not found here.
   *
   * For: member.
   *
   * At most 100 requests in 60 seconds.
   *
   * `POST /api/v2/configurations/{config_id}/alerts/{alert_id}/toggle`
   */
  toggleConfigurationAlert(request: t.ToggleConfigurationAlertRequest, options: CallOptions = {}): Promise<t.ToggleConfigurationAlertResult> {
    return this.#call(ROUTES.toggleConfigurationAlert, request, options);
  }

  /**
   * Stop all mails by the link in one.
   *
   * For who follows the link, without a session. The link works for 30 days after its mail was written, as often
   * as it is followed; what is wrong with one that does not is not told. Alerts and digest settings stay as they
   * are and mail nothing until the caller resubscribes. Unknown query keys are ignored: mail programs add some.
   *
   * At most 100 requests in 60 seconds.
   *
   * `GET /api/v2/notifications/unsubscribe`
   */
  unsubscribeFromMails(request: t.UnsubscribeFromMailsRequest, options: CallOptions = {}): Promise<t.UnsubscribeFromMailsResult> {
    return this.#call(ROUTES.unsubscribeFromMails, request, options);
  }

  /**
   * Stop all mails by the button of a mail program.
   *
   * RFC 8058: mails name this address in List-Unsubscribe, and a mail program posts List-Unsubscribe=One-Click to
   * it when its button is pressed. The body is not read, whatever its type: the token alone says whose mails to
   * stop. Without a session, and otherwise as unsubscribeFromMails.
   *
   * At most 300 requests in 60 seconds.
   *
   * `POST /api/v2/notifications/unsubscribe`
   */
  unsubscribeInOneClick(request: t.UnsubscribeInOneClickRequest, options: CallOptions = {}): Promise<t.UnsubscribeInOneClickResult> {
    return this.#call(ROUTES.unsubscribeInOneClick, request, options);
  }

  /**
   * Change parts of an alert.
   *
   * What is absent or null stays as it is; an empty object changes nothing. What it watches stays for ever.
   *
   * For: member.
   *
   * At most 100 requests in 60 seconds.
   *
   * `PATCH /api/v2/alerts/{alert_id}`
   */
  updateAlert(request: t.UpdateAlertRequest, options: CallOptions = {}): Promise<t.UpdateAlertResult> {
    return this.#call(ROUTES.updateAlert, request, options);
  }

  /**
   * Change parts of a watchlist.
   *
   * What is absent or null stays as it is; an empty object only renews updated_at. The alerts on a symbol that
   * leaves are deleted. Of two writers who change different fields both are kept, of the same field the last one:
   * If-Match is not looked at.
   *
   * For: session.
   *
   * At most 100 requests in 60 seconds.
   *
   * `PATCH /api/v2/configurations/{config_id}`
   */
  updateConfiguration(request: t.UpdateConfigurationRequest, options: CallOptions = {}): Promise<t.UpdateConfigurationResult> {
    return this.#call(ROUTES.updateConfiguration, request, options);
  }

  /**
   * Change parts of an alert of a watchlist.
   *
   * As updateAlert does. An alert of another watchlist is not found here.
   *
   * For: member.
   *
   * At most 100 requests in 60 seconds.
   *
   * `PATCH /api/v2/configurations/{config_id}/alerts/{alert_id}`
   */
  updateConfigurationAlert(request: t.UpdateConfigurationAlertRequest, options: CallOptions = {}): Promise<t.UpdateConfigurationAlertResult> {
    return this.#call(ROUTES.updateConfigurationAlert, request, options);
  }

  /**
   * Change when the daily digest comes and what it covers.
   *
   * What is absent or null stays. One record with the preferences: enabled and time are seen there. However
   * settings change, there is at most one digest on a local day.
   *
   * For: member.
   *
   * At most 100 requests in 60 seconds.
   *
   * `PATCH /api/v2/notifications/digest`
   */
  updateDigestSettings(request: t.UpdateDigestSettingsRequest, options: CallOptions = {}): Promise<t.UpdateDigestSettingsResult> {
    return this.#call(ROUTES.updateDigestSettings, request, options);
  }

  /**
   * Change what is mailed.
   *
   * What is absent or null stays. The names of the answer are taken as well as the short ones. The time zone is
   * changed with updateDigestSettings.
   *
   * For: member.
   *
   * At most 100 requests in 60 seconds.
   *
   * `PATCH /api/v2/notifications/preferences`
   */
  updateNotificationPreferences(request: t.UpdateNotificationPreferencesRequest, options: CallOptions = {}): Promise<t.UpdateNotificationPreferencesResult> {
    return this.#call(ROUTES.updateNotificationPreferences, request, options);
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

  /**
   * Sign in with a mailed link.
   *
   * Uses the link up, so HEAD is not answered: a mail scanner that only looks burns nothing. Opens a session of 30
   * days; of more than five the oldest ends. An account that knew the address by another way in keeps it and gains
   * this one. What the anonymous session that asked for the link had moves along, as with mergeAnonymousData.
   * Query parameters that mailers and trackers add are ignored.
   *
   * At most 30 requests in 60 seconds.
   *
   * `GET /api/v2/auth/magic-link/verify`
   */
  verifyMagicLink(request: t.VerifyMagicLinkRequest, options: CallOptions = {}): Promise<t.VerifyMagicLinkResult> {
    return this.#call(ROUTES.verifyMagicLink, request, options);
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
    for (const [field, wire] of Object.entries(route.cookies ?? {})) {
      addCookie(headers, wire, request[field] === undefined ? undefined : String(request[field]));
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
    addCookie(headers, "csrf_token", token);
  }
}

function set(headers: Headers, name: string, value: Given): void {
  if (value) {
    headers.set(name, value);
  }
}

/** Adds a cookie that is not there. A browser drops it and sends its own; elsewhere nobody else would send it. */
function addCookie(headers: Headers, name: string, value: Given): void {
  const pairs = (headers.get("Cookie") ?? "").split(/; */).filter((pair) => pair !== "");
  if (!value || pairs.some((pair) => pair.startsWith(`${name}=`))) {
    return;
  }
  if (/[;,\s]/.test(value)) {
    throw new TypeError(`${name} cannot be ${JSON.stringify(value)}: a cookie has no such value`);
  }
  headers.set("Cookie", [...pairs, `${name}=${value}`].join("; "));
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
