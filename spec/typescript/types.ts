// Generated from the models by "python -m tools generate". Do not edit.

/**
 * Bellwether 2.0.0: News sentiment, prices, watchlists and live streams for US equities.
 *
 * Every validation failure, wherever it sits, is a 422 with one entry for each broken value. Every other refusal
 * has a `detail` for people and a `code` for programs. A known path with a method it does not serve is 405 with
 * `Allow`; `HEAD` answers as `GET` without a body; `OPTIONS` is 204 with `Allow`. A response too large for the
 * gateway is 502. What JSON Schema cannot say of a request stands beside its operation as `x-constraint`: a 422 of
 * one of these types can meet a request that fits its schema.
 * @packageDocumentation
 */

/** A status of success; `status` tells several apart. */
export interface Success<Status extends number, Data> {
  readonly ok: true;
  readonly status: Status;
  readonly data: Data;
  readonly headers: Headers;
}

/** A status that refuses; `status` and `code` tell what `error` is. `code` is null where the body has none (422). */
export interface Failure<Status extends number, Code extends string | null, Body> {
  readonly ok: false;
  readonly status: Status;
  readonly code: Code;
  readonly error: Body;
  readonly headers: Headers;
}

/** What the client has is still current. Only a call with `ifNoneMatch` is answered so. */
export interface NotModified {
  readonly ok: false;
  readonly status: 304;
  readonly code: null;
  readonly error: null;
  readonly headers: Headers;
}

/** One server-sent event. `id` is a position in the stored data: a stream can be resumed from it. */
export interface Sent<Name extends string, Data> {
  readonly event: Name;
  readonly id: string;
  readonly data: Data;
}

/** The events of a stream, across reconnections. It is iterated once; leaving the loop closes it. */
export interface EventStream<Event> extends AsyncIterable<Event> {
  /** The id of the last event; give it as `last_event_id` to go on after a reload. */
  readonly position: string | undefined;
  /** Ends the connection and the iteration. */
  close(): void;
}

/** A session that just started. Keep `token`: nobody is ever shown it again. */
export interface AnonymousSession {
  /** Nobody has signed in. */
  auth_type: "anonymous";
  /**
   * When the session started.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  created_at: string;
  /**
   * When it ends unless it is prolonged: 30 days later.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  session_expires_at: string;
  /** Where a web page is expected to keep the token. */
  storage_hint: "localStorage";
  /**
   * The credential: send it as `Authorization: Bearer`.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  token: string;
  /**
   * The anonymous user.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  user_id: string;
}

/** What a new anonymous session may know of its user. */
export interface AnonymousStart {
  /**
   * Accepted and not stored: every call starts a session of its own. Null is as if it were absent.
   *
   * maxLength `256`
   */
  device_fingerprint?: string | null;
  /**
   * Where the user's days begin and end.
   *
   * minLength `1`, maxLength `64`, pattern `^[A-Za-z0-9_+/-]+$`
   * @defaultValue `"America/New_York"`
   */
  timezone?: string;
}

/** Articles with any of some tags. */
export interface ArticlePage {
  /**
   * Newest first, each once.
   *
   * maxItems `100`
   */
  articles: NewsArticle[];
  /**
   * Where the next page starts; null on the last one.
   *
   * minLength `16`, maxLength `512`, pattern `^[A-Za-z0-9_-]+$`
   */
  next_cursor: string | null;
}

/** The request cannot be read. */
export interface BadRequest {
  /** What happened, for programs. */
  code: "BAD_REQUEST";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** One value that breaks the contract. The value itself is never repeated. */
export interface BrokenValue {
  /**
   * Where it is: path, query, header, cookie or body, then names and indices.
   *
   * minItems `1`
   */
  loc: (string | number)[];
  /** What is wrong, for people. */
  msg: string;
  /**
   * What is wrong, for programs.
   *
   * pattern `^[a-z0-9_]+$`
   */
  type: string;
}

/** A bucket's time is over, or a late article changed one whose time was over. */
export interface BucketEvent {
  /** Its values; they replace what was said of the same ticker, resolution and start before. */
  bucket: StreamedBucket;
  /** Always false: its time is over. */
  is_partial: false;
  /**
   * When its last score was stored or its time was over, whichever made it new.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  origin_timestamp: string;
  /** How long the bucket is. */
  resolution: "1m" | "5m" | "10m" | "1h" | "3h" | "6h" | "12h" | "24h";
  /**
   * Whose sentiment.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  ticker: string;
  /**
   * When the event was made.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  timestamp: string;
}

/** One candle; the last of a half day is short. */
export interface Candle {
  /**
   * Last price.
   *
   * minimum `0`
   */
  close: number;
  /**
   * Start of the candle; a daily one starts when its session opens.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  date: string;
  /**
   * Highest price.
   *
   * minimum `0`
   */
  high: number;
  /**
   * Lowest price.
   *
   * minimum `0`
   */
  low: number;
  /**
   * First price.
   *
   * minimum `0`
   */
  open: number;
  /**
   * Shares traded; null where the source does not say.
   *
   * minimum `0`
   */
  volume: number | null;
}

/** Candles of one symbol. */
export interface CandleSeries {
  /**
   * When the answer may change next.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  cache_expires_at: string;
  /**
   * Oldest first; times without trading are absent.
   *
   * maxItems `2340`
   */
  candles: Candle[];
  /**
   * The number of candles.
   *
   * minimum `0`
   */
  count: number;
  /**
   * New York day of the last candle; null if there is none.
   *
   * pattern `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`, format `date`
   */
  end_date: string | null;
  /** What to tell a person about the fallback; null without one. */
  fallback_message: string | null;
  /** recorded for the built-in market, live for a real source. */
  provenance: "recorded" | "live";
  /** The resolution of the candles: the one asked for, or D if that one has no data. */
  resolution: "1" | "5" | "15" | "30" | "60" | "D";
  /** Whether daily candles stand in for the resolution asked for. */
  resolution_fallback: boolean;
  /** Who delivered the prices. */
  source: "tiingo" | "finnhub";
  /**
   * New York day of the first candle; null if there is none.
   *
   * pattern `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`, format `date`
   */
  start_date: string | null;
  /**
   * The symbol.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  ticker: string;
  /** The range asked for; custom if dates were given. */
  time_range: "1W" | "1M" | "3M" | "6M" | "1Y" | "custom";
}

/** A watchlist. */
export interface Configuration {
  /**
   * Names it.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
  /**
   * When it was made.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  created_at: string;
  /** Whether trading before and after the session counts. */
  include_extended_hours: boolean;
  /**
   * What its owner calls it.
   *
   * maxLength `50`
   */
  name: string;
  /**
   * Its symbols, in the owner's order.
   *
   * maxItems `5`
   */
  tickers: WatchedTicker[];
  /**
   * Days that its sentiment looks back.
   *
   * minimum `1`, maximum `365`
   */
  timeframe_days: number;
  /**
   * When it was changed last; at first when it was made.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  updated_at: string;
}

/** What to change of a watchlist; what is absent or null stays. */
export interface ConfigurationChanges {
  /** Whether trading before and after the session counts from now on. */
  include_extended_hours?: boolean | null;
  /**
   * The new name.
   *
   * maxLength `50`
   */
  name?: string | null;
  /**
   * The new symbols, all of them.
   *
   * maxItems `5`
   */
  tickers?: string[] | null;
  /**
   * The new number of days.
   *
   * minimum `1`, maximum `365`
   */
  timeframe_days?: number | null;
}

/** A watchlist as its owner decides it. */
export interface ConfigurationDraft {
  /**
   * Whether trading before and after the session counts.
   * @defaultValue `false`
   */
  include_extended_hours?: boolean;
  /**
   * What the owner calls it; may be empty.
   *
   * maxLength `50`
   */
  name: string;
  /**
   * Listed symbols, in the owner's order.
   *
   * maxItems `5`
   */
  tickers: string[];
  /**
   * Days that its sentiment looks back.
   *
   * minimum `1`, maximum `365`
   * @defaultValue `7`
   */
  timeframe_days?: number;
}

/** The caller has as many active configurations as are allowed. */
export interface ConfigurationLimitReached {
  /** What happened, for programs. */
  code: "CONFIGURATION_LIMIT_REACHED";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** All active watchlists of the caller. */
export interface ConfigurationList {
  /**
   * Newest first.
   *
   * maxItems `2`
   */
  configurations: Configuration[];
  /** How many may be active at a time. */
  max_allowed: 2;
}

/** No such configuration of the caller. */
export interface ConfigurationNotFound {
  /** What happened, for programs. */
  code: "CONFIGURATION_NOT_FOUND";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** Every stream connection of this process is taken. */
export interface ConnectionLimitReached {
  /** What happened, for programs. */
  code: "CONNECTION_LIMIT_REACHED";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** The body is larger than 1 MiB. */
export interface ContentTooLarge {
  /** What happened, for programs. */
  code: "CONTENT_TOO_LARGE";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** The csrf_token cookie and the X-CSRF-Token header differ or are missing. */
export interface CsrfMismatch {
  /** What happened, for programs. */
  code: "AUTH_019";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** Counts of articles. */
export interface DashboardMetrics {
  /**
   * Tag → judged articles of the span that carry it; the hundred most frequent, most frequent first, then by name.
   *
   * maxProperties `100`
   */
  by_tag: Record<string, number>;
  /**
   * Of these, how many are negative.
   *
   * minimum `0`
   */
  negative: number;
  /**
   * Of these, how many are neutral.
   *
   * minimum `0`
   */
  neutral: number;
  /**
   * Of these, how many are positive.
   *
   * minimum `0`
   */
  positive: number;
  /**
   * All articles of the last 24 hours, judged or not, whatever `hours` is.
   *
   * minimum `0`
   */
  rate_last_24h: number;
  /**
   * All articles of the last hour, judged or not.
   *
   * minimum `0`
   */
  rate_last_hour: number;
  /**
   * The newest articles of the span, at most 20, newest first.
   *
   * maxItems `20`
   */
  recent_items: NewsArticle[];
  /**
   * Articles of the span that have been judged.
   *
   * minimum `0`
   */
  total: number;
}

/** The function's time is nearly over, and the stream ends after this. Connect again with its id. */
export interface DeadlineEvent {
  /**
   * When the function's time is over.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  ends_at: string;
  /**
   * When it was sent.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  timestamp: string;
}

/** The service can do its work. */
export interface Health {
  /** The name of this deployment. */
  environment: string;
  /** Always healthy; what is not healthy answers 503. */
  status: "healthy";
  /** The engine that keeps the data. */
  store: "sqlite" | "dynamodb";
}

/** The connection lives. Its id repeats the position up to which everything has been sent. */
export interface Heartbeat {
  /**
   * Streams open in this process, this one included.
   *
   * minimum `0`
   */
  connections: number;
  /**
   * When it was sent.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  timestamp: string;
  /**
   * How long this process has been streaming.
   *
   * minimum `0`
   */
  uptime_seconds: number;
}

/** Every operation of the service. */
export interface Index {
  /** Tag → method and path → what it does. */
  endpoints: Record<string, Record<string, string>>;
  /** The service. */
  name: "Bellwether";
  /** The version of the interface. */
  version: "2.0";
}

/** Internal Server Error. */
export interface InternalServerError {
  /** What happened, for programs. */
  code: "INTERNAL_SERVER_ERROR";
  /** What happened and what to do next, for people. */
  detail: string;
  /** Quote this when you report the failure. */
  request_id: string;
}

/** Every value of the request that breaks the contract. */
export interface Invalid {
  /**
   * One entry for each broken value, in the order path, query, header, cookie, body.
   *
   * minItems `1`
   */
  detail: BrokenValue[];
}

/** The exchange at one instant. */
export interface MarketStatus {
  /**
   * The instant that the answer is about.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  current_time: string;
  /** Whose calendar this is. */
  exchange: "NYSE";
  /** The holiday; null on other days. */
  holiday_name: string | null;
  /** Whether trading goes on before or after the session: 04:00 to 20:00 in New York, to 17:00 on half days. */
  is_extended_hours: boolean;
  /** Whether today is a weekday without a session. */
  is_holiday: boolean;
  /**
   * When today's session closes or closed, early on half days; null on a day without one.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  market_close: string | null;
  /**
   * When today's session opens or opened; null on a day without one.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  market_open: string | null;
  /**
   * The next instant at which a session opens, after now.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  next_open: string;
  /** Why it is closed; null while it is open. */
  reason: "holiday" | "weekend" | "premarket" | "after_hours" | null;
  /** open during the regular session only. */
  status: "open" | "closed";
}

/** As much of the user as a page needs; no ids, no address in full. */
export interface Me {
  /** How the user signed in, if at all. */
  auth_type: "anonymous" | "email" | "google" | "github";
  /**
   * Active watchlists.
   *
   * minimum `0`
   */
  configs_count: number;
  /** First character and domain of the user's address, stars for the rest; null without one. */
  email_masked: string | null;
  /** How the user signed in last; null if never. */
  last_provider_used: "email" | "google" | "github" | null;
  /** Ways in which the user can sign in. */
  linked_providers: ("email" | "google" | "github")[];
  /** Watchlists that may be active at a time. */
  max_configs: 2;
  /** What the user may do. */
  role: "anonymous" | "free" | "paid" | "operator";
  /**
   * Time left in this session.
   *
   * minimum `0`
   */
  session_expires_in_seconds: number;
  /** Whether the address was verified. */
  verification: "none" | "pending" | "verified";
}

/** What the articles of the last 24 hours say, on connecting and whenever a number changes. */
export interface MetricsEvent {
  /**
   * Tag → judged articles that carry it; the hundred most frequent, most frequent first, then by name.
   *
   * maxProperties `100`
   */
  by_tag: Record<string, number>;
  /**
   * Of these, how many are negative.
   *
   * minimum `0`
   */
  negative: number;
  /**
   * Of these, how many are neutral.
   *
   * minimum `0`
   */
  neutral: number;
  /**
   * Of these, how many are positive.
   *
   * minimum `0`
   */
  positive: number;
  /**
   * All articles of the last 24 hours, judged or not.
   *
   * minimum `0`
   */
  rate_last_24h: number;
  /**
   * All articles of the last hour, judged or not.
   *
   * minimum `0`
   */
  rate_last_hour: number;
  /**
   * When it was counted.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  timestamp: string;
  /**
   * Articles of the last 24 hours that have been judged.
   *
   * minimum `0`
   */
  total: number;
}

/** One story as one source carries it. */
export interface NewsArticle {
  /** recorded for the built-in market, live for a real source. */
  provenance: "recorded" | "live";
  /**
   * How it was judged, with four decimals; null if nobody has.
   *
   * minimum `-1`, maximum `1`
   */
  score: number | null;
  /** positive from 0.33 up, negative from −0.33 down, else neutral; null if nobody has judged it. */
  sentiment: "positive" | "neutral" | "negative" | null;
  /**
   * What it says in short, at most 200 characters.
   *
   * maxLength `200`
   */
  snippet: string;
  /** Which source carries it. */
  source: "tiingo" | "finnhub";
  /** Names the article; each source's copy of a story has its own. */
  source_id: string;
  /** The publisher that the source names. */
  source_name: string;
  /** What it is about, as its source says, in lower case. */
  tags: string[];
  /** The symbols it is about. */
  tickers: string[];
  /**
   * When it was published.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  timestamp: string;
  /** Its headline. */
  title: string;
  /** Where it can be read. */
  url: string;
}

/** The bucket whose time is not over, with the values so far. */
export interface PartialBucket {
  /**
   * The mean score.
   *
   * minimum `-1`, maximum `1`
   */
  avg: number;
  /**
   * The last score by the time of its article.
   *
   * minimum `-1`, maximum `1`
   */
  close: number;
  /**
   * How many scores there are; a span without any has no bucket.
   *
   * minimum `1`
   */
  count: number;
  /**
   * The highest score.
   *
   * minimum `-1`, maximum `1`
   */
  high: number;
  /** Always true: its time is not over. */
  is_partial: true;
  /** Scores by label; a label that does not occur is absent. */
  label_counts: Partial<Record<"positive" | "neutral" | "negative", number>>;
  /**
   * The lowest score.
   *
   * minimum `-1`, maximum `1`
   */
  low: number;
  /**
   * When its time is over and it becomes one of `buckets`.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  next_update_at: string;
  /**
   * The first score by the time of its article.
   *
   * minimum `-1`, maximum `1`
   */
  open: number;
  /**
   * How much of its time has passed.
   *
   * minimum `0`, maximum `100`
   */
  progress_pct: number;
  /** How long the span is. */
  resolution: "1m" | "5m" | "10m" | "1h" | "3h" | "6h" | "12h" | "24h";
  /**
   * Who gave the scores, in alphabetical order.
   *
   * minItems `1`, maxItems `4`
   */
  sources: ("tiingo" | "finnhub" | "our_model" | "aggregated")[];
  /** The sum of the scores, exact. */
  sum: number;
  /**
   * Whose sentiment.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  ticker: string;
  /**
   * Where the span starts: a multiple of its length in UTC.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  timestamp: string;
}

/** A bucket whose time is not over has a new score. */
export interface PartialBucketEvent {
  /** Its running values; they replace what was said of the same ticker, resolution and start before. */
  bucket: StreamedBucket;
  /** Always true: its time is not over. */
  is_partial: true;
  /**
   * When the score was stored.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  origin_timestamp: string;
  /**
   * How much of its time has passed.
   *
   * minimum `0`, maximum `100`
   */
  progress_pct: number;
  /** How long the bucket is. */
  resolution: "1m" | "5m" | "10m" | "1h" | "3h" | "6h" | "12h" | "24h";
  /**
   * Whose sentiment.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  ticker: string;
  /**
   * When the event was made.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  timestamp: string;
}

/** The stream cannot go on where the client left: fetch everything anew. What follows starts now. */
export interface ResetEvent {
  /** The oldest id from which a stream can go on. */
  oldest_position: string;
  /** position_expired if `Last-Event-ID` is older than what is kept, position_unknown if it is no id of ours. */
  reason: "position_expired" | "position_unknown";
  /**
   * When it was sent.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  timestamp: string;
}

/** What a front end has to know about this deployment. */
export interface Runtime {
  /** The name of this deployment. */
  environment: string;
  /** Base URL of the stream function; null if streams are served at the same origin. */
  sse_url: string | null;
}

/** A bucket whose time is over. Only an article that arrives late can still change it. */
export interface SentimentBucket {
  /**
   * The mean score.
   *
   * minimum `-1`, maximum `1`
   */
  avg: number;
  /**
   * The last score by the time of its article.
   *
   * minimum `-1`, maximum `1`
   */
  close: number;
  /**
   * How many scores there are; a span without any has no bucket.
   *
   * minimum `1`
   */
  count: number;
  /**
   * The highest score.
   *
   * minimum `-1`, maximum `1`
   */
  high: number;
  /** Always false: its time is over. */
  is_partial: false;
  /** Scores by label; a label that does not occur is absent. */
  label_counts: Partial<Record<"positive" | "neutral" | "negative", number>>;
  /**
   * The lowest score.
   *
   * minimum `-1`, maximum `1`
   */
  low: number;
  /**
   * The first score by the time of its article.
   *
   * minimum `-1`, maximum `1`
   */
  open: number;
  /** How long the span is. */
  resolution: "1m" | "5m" | "10m" | "1h" | "3h" | "6h" | "12h" | "24h";
  /**
   * Who gave the scores, in alphabetical order.
   *
   * minItems `1`, maxItems `4`
   */
  sources: ("tiingo" | "finnhub" | "our_model" | "aggregated")[];
  /** The sum of the scores, exact. */
  sum: number;
  /**
   * Whose sentiment.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  ticker: string;
  /**
   * Where the span starts: a multiple of its length in UTC.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  timestamp: string;
}

/** What was said on one day. */
export interface SentimentDay {
  /**
   * How much the scores, or the sources' means if aggregated, agree: 1 − variance / 2. Null if there is only one.
   *
   * minimum `0`, maximum `1`
   */
  confidence: number | null;
  /**
   * The day, in UTC.
   *
   * pattern `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`, format `date`
   */
  date: string;
  /** positive from 0.33 up, negative from −0.33 down, else neutral. */
  label: "positive" | "neutral" | "negative";
  /**
   * Mean score of the day's articles. Aggregated: mean of the sources' means, weighted finnhub 0.40, our_model 0.35,
   * tiingo 0.25 among those that have articles.
   *
   * minimum `-1`, maximum `1`
   */
  score: number;
  /** Whose sentiment: the one asked for. */
  source: "tiingo" | "finnhub" | "our_model" | "aggregated";
}

/** Days of one ticker. */
export interface SentimentHistory {
  /**
   * The number of days in this page.
   *
   * minimum `0`
   */
  count: number;
  /**
   * Last day of the range.
   *
   * pattern `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`, format `date`
   */
  end_date: string;
  /**
   * Oldest first; days without articles are absent.
   *
   * maxItems `366`
   */
  history: SentimentDay[];
  /**
   * Where the next page starts; null on the last one.
   *
   * minLength `16`, maxLength `512`, pattern `^[A-Za-z0-9_-]+$`
   */
  next_cursor: string | null;
  /** Whose sentiment. */
  source: "tiingo" | "finnhub" | "our_model" | "aggregated";
  /**
   * First day of the range, with or without articles.
   *
   * pattern `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`, format `date`
   */
  start_date: string;
  /**
   * The symbol.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  ticker: string;
}

/** The store or a source does not answer; retry after the seconds that Retry-After gives. */
export interface ServiceUnavailable {
  /** What happened, for programs. */
  code: "SERVICE_UNAVAILABLE";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** The session was prolonged. */
export interface SessionExtension {
  /**
   * When the session ends now: 30 days from this call.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  expires_at: string;
  /** What happened, for people. */
  message: string;
}

/** What a page shows of the session. */
export interface SessionInfo {
  /** How the user signed in, if at all. */
  auth_type: "anonymous" | "email" | "google" | "github";
  /** First character and domain of the user's address, stars for the rest; null without one. */
  email_masked: string | null;
  /** Ways in which the user can sign in. */
  linked_providers: ("email" | "google" | "github")[];
  /**
   * Time left.
   *
   * minimum `0`
   */
  session_expires_in_seconds: number;
}

/** The session's 30 days started again. */
export interface SessionRefresh {
  /** Always true; a session that cannot be refreshed is 401. */
  refreshed: true;
  /**
   * Time left.
   *
   * minimum `0`
   */
  remaining_seconds: number;
  /**
   * When the session ends now.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  session_expires_at: string;
  /**
   * Whose session it is.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  user_id: string;
}

/** The credential belongs to a live session. */
export interface SessionValidity {
  /** How the user signed in, if at all. */
  auth_type: "anonymous" | "email" | "google" | "github";
  /**
   * When the session ends unless it is prolonged.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  expires_at: string;
  /**
   * Whose session it is.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  user_id: string;
  /** Always true; anything else is 401. */
  valid: true;
}

/** Shares of the labels, with two decimals; all 0 without articles. */
export interface Shares {
  /**
   * Share of negative articles.
   *
   * minimum `0`, maximum `1`
   */
  negative: number;
  /**
   * Share of neutral articles.
   *
   * minimum `0`, maximum `1`
   */
  neutral: number;
  /**
   * Share of positive articles.
   *
   * minimum `0`, maximum `1`
   */
  positive: number;
}

/** The session has ended. */
export interface SignedOut {
  /** What happened, for people. */
  message: string;
  /** Always signed_out. */
  status: "signed_out";
}

/** The connections of the process that answers. */
export interface StreamStatus {
  /**
   * Streams that may still be opened.
   *
   * minimum `0`
   */
  available: number;
  /**
   * Streams that are open.
   *
   * minimum `0`
   */
  connections: number;
  /**
   * Streams that may be open at once.
   *
   * minimum `0`
   */
  max_connections: number;
  /**
   * How long this process has been streaming.
   *
   * minimum `0`
   */
  uptime_seconds: number;
}

/**
 * The scores of one span of time, as far as they are known, as the time series has them. Scores have four
 * decimals.
 */
export interface StreamedBucket {
  /**
   * The mean score.
   *
   * minimum `-1`, maximum `1`
   */
  avg: number;
  /**
   * The last score by the time of its article.
   *
   * minimum `-1`, maximum `1`
   */
  close: number;
  /**
   * How many scores there are.
   *
   * minimum `1`
   */
  count: number;
  /**
   * The highest score.
   *
   * minimum `-1`, maximum `1`
   */
  high: number;
  /** Scores by label; a label that does not occur is absent. */
  label_counts: Partial<Record<"positive" | "neutral" | "negative", number>>;
  /**
   * The lowest score.
   *
   * minimum `-1`, maximum `1`
   */
  low: number;
  /**
   * The first score by the time of its article.
   *
   * minimum `-1`, maximum `1`
   */
  open: number;
  /**
   * Who gave the scores, in alphabetical order.
   *
   * minItems `1`, maxItems `4`
   */
  sources: ("tiingo" | "finnhub" | "our_model" | "aggregated")[];
  /** The sum of the scores, exact. */
  sum: number;
  /**
   * Where the span starts.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  timestamp: string;
}

/** How the articles with some tags are judged. */
export interface TagSentiment {
  /** Shares of all of them, an article with two of the tags counted once. */
  overall: Shares;
  /** Tag → shares of its articles, in the order asked for. */
  tags: Record<string, TagShares>;
  /** The span that was counted. */
  time_range: TimeRange;
  /**
   * How many judged articles carry any of the tags.
   *
   * minimum `0`
   */
  total_count: number;
  /** improving if more than 0.6 of all are positive, else declining if more than 0.4 are negative, else stable. */
  trend: "improving" | "declining" | "stable";
}

/** Shares of the labels among the articles with a tag. */
export interface TagShares {
  /**
   * How many judged articles carry the tag.
   *
   * minimum `0`
   */
  count: number;
  /**
   * Share of negative articles.
   *
   * minimum `0`, maximum `1`
   */
  negative: number;
  /**
   * Share of neutral articles.
   *
   * minimum `0`, maximum `1`
   */
  neutral: number;
  /**
   * Share of positive articles.
   *
   * minimum `0`, maximum `1`
   */
  positive: number;
}

/** A listed symbol that matches a search. */
export interface TickerMatch {
  /** Where it trades. */
  exchange: "NYSE" | "NASDAQ" | "AMEX";
  /** The company's name. */
  name: string;
  /**
   * The symbol in upper case.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  symbol: string;
}

/** The result of a search. */
export interface TickerMatches {
  /**
   * Exact symbol first, then symbols starting with the text, then names containing it. Delisted symbols are absent.
   *
   * maxItems `20`
   */
  results: TickerMatch[];
}

/** No listing under this ticker. */
export interface TickerNotListed {
  /** What happened, for programs. */
  code: "TICKER_NOT_LISTED";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** What is known of one symbol. */
export interface TickerValidation {
  /** Where it trades or traded; null if never listed. */
  exchange: "NYSE" | "NASDAQ" | "AMEX" | null;
  /** What to tell a person about a symbol that cannot be used; null for a valid one. */
  message: string | null;
  /** The company's name; null if never listed. */
  name: string | null;
  /** valid while it trades, delisted once it has stopped, invalid if it was never listed. */
  status: "valid" | "delisted" | "invalid";
  /**
   * The symbol that replaced a delisted one; null otherwise.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  successor: string | null;
  /**
   * The symbol in upper case.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  symbol: string;
}

/** A span of time. */
export interface TimeRange {
  /**
   * Where it ends, exclusive.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  end: string;
  /**
   * First instant, inclusive.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  start: string;
}

/** Buckets of one ticker. */
export interface Timeseries {
  /**
   * Buckets whose time is over, oldest first; spans without scores are absent.
   *
   * maxItems `1000`
   */
  buckets: SentimentBucket[];
  /** Whether the buckets come from the memory of the process that answers: they are then up to a minute old. */
  cache_hit: boolean;
  /** Whether there is a next page. */
  has_more: boolean;
  /**
   * Where the next page starts; null on the last one, and always without start and end.
   *
   * minLength `16`, maxLength `512`, pattern `^[A-Za-z0-9_-]+$`
   */
  next_cursor: string | null;
  /** The bucket that is still open, with the last page that reaches it; null without scores in it. */
  partial_bucket: PartialBucket | null;
  /**
   * Milliseconds that reading the store took; 0 if it was not read.
   *
   * minimum `0`
   */
  query_time_ms: number;
  /** How long a bucket is. */
  resolution: "1m" | "5m" | "10m" | "1h" | "3h" | "6h" | "12h" | "24h";
  /**
   * The symbol.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  ticker: string;
}

/** Stands for the buckets of a ticker that could not be read. The other tickers have theirs. */
export interface TimeseriesFailure {
  /** What went wrong, for programs: the code that the request for this ticker alone would be refused with. */
  code: string;
  /** What went wrong, for people. */
  error: string;
  /**
   * When to try again.
   *
   * minimum `0`
   */
  retry_after_seconds: number;
  /**
   * The symbol.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  ticker: string;
}

/** The rate limit of this operation is used up. */
export interface TooManyRequests {
  /** What happened, for programs. */
  code: "TOO_MANY_REQUESTS";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** The articles of one span. */
export interface TrendPoint {
  /**
   * How many judged articles there are.
   *
   * minimum `0`
   */
  count: number;
  /**
   * (positive − negative + all) / (2 · all), with two decimals: 0 if all are negative, 1 if all are positive, 0.5
   * without any.
   *
   * minimum `0`, maximum `1`
   */
  sentiment: number;
  /**
   * Where the span starts: a multiple of the interval in UTC.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  timestamp: string;
}

/** Not authenticated. */
export interface Unauthenticated {
  /** What happened, for programs. */
  code: "UNAUTHENTICATED";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** The body is not JSON. */
export interface UnsupportedMediaType {
  /** What happened, for programs. */
  code: "UNSUPPORTED_MEDIA_TYPE";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** A symbol on a watchlist. */
export interface WatchedTicker {
  /**
   * When it came onto this watchlist.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  added_at: string;
  /** Where it trades. */
  exchange: "NYSE" | "NASDAQ" | "AMEX";
  /** The company's name when it was added. */
  name: string;
  /**
   * The symbol in upper case.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  symbol: string;
}

/** The bodies of `checkHealth` by status. */
export interface CheckHealthResponses {
  /** The store answers */
  200: Health;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `checkHealth` succeeds. */
export type CheckHealthSuccess = Success<200, Health>;

/** How `checkHealth` is refused, told apart by `status` and `code`. */
export type CheckHealthError =
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `checkHealth` answers. */
export type CheckHealthResult = CheckHealthSuccess | CheckHealthError;

/** Everything that `createAnonymousSession` is told. */
export interface CreateAnonymousSessionRequest {
  /** What is known of the user; nothing has to be. */
  body?: AnonymousStart;
}

/** The bodies of `createAnonymousSession` by status. */
export interface CreateAnonymousSessionResponses {
  /** The session, and the only time its token is shown */
  201: AnonymousSession;
  /** The request cannot be read */
  400: BadRequest;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** The body is not JSON */
  415: UnsupportedMediaType;
  /** One or more values break the contract */
  422: Invalid;
  /** The rate limit of this operation is used up */
  429: TooManyRequests;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `createAnonymousSession` succeeds. */
export type CreateAnonymousSessionSuccess = Success<201, AnonymousSession>;

/** How `createAnonymousSession` is refused, told apart by `status` and `code`. */
export type CreateAnonymousSessionError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `createAnonymousSession` answers. */
export type CreateAnonymousSessionResult = CreateAnonymousSessionSuccess | CreateAnonymousSessionError;

/** Everything that `createConfiguration` is told. */
export interface CreateConfigurationRequest {
  /** The watchlist. */
  body: ConfigurationDraft;
}

/** The bodies of `createConfiguration` by status. */
export interface CreateConfigurationResponses {
  /** The watchlist */
  201: Configuration;
  /** The request cannot be read */
  400: BadRequest;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller has as many active configurations as are allowed */
  409: ConfigurationLimitReached;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** The body is not JSON */
  415: UnsupportedMediaType;
  /** One or more values break the contract */
  422: Invalid;
  /** The rate limit of this operation is used up */
  429: TooManyRequests;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `createConfiguration` succeeds. */
export type CreateConfigurationSuccess = Success<201, Configuration>;

/** How `createConfiguration` is refused, told apart by `status` and `code`. */
export type CreateConfigurationError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<409, "CONFIGURATION_LIMIT_REACHED", ConfigurationLimitReached>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `createConfiguration` answers. */
export type CreateConfigurationResult = CreateConfigurationSuccess | CreateConfigurationError;

/** The path parameters of `deleteConfiguration`. */
export interface DeleteConfigurationPath {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
}

/** Everything that `deleteConfiguration` is told. */
export interface DeleteConfigurationRequest extends DeleteConfigurationPath {}

/** The bodies of `deleteConfiguration` by status. */
export interface DeleteConfigurationResponses {
  /** The watchlist is gone and its place free */
  204: null;
  /** Not authenticated */
  401: Unauthenticated;
  /** No such configuration of the caller */
  404: ConfigurationNotFound;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `deleteConfiguration` succeeds. */
export type DeleteConfigurationSuccess = Success<204, null>;

/** How `deleteConfiguration` is refused, told apart by `status` and `code`. */
export type DeleteConfigurationError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `deleteConfiguration` answers. */
export type DeleteConfigurationResult = DeleteConfigurationSuccess | DeleteConfigurationError;

/** The bodies of `extendSession` by status. */
export interface ExtendSessionResponses {
  /** The session lasts 30 days from now */
  200: SessionExtension;
  /** Not authenticated */
  401: Unauthenticated;
  /** The csrf_token cookie and the X-CSRF-Token header differ or are missing */
  403: CsrfMismatch;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `extendSession` succeeds. */
export type ExtendSessionSuccess = Success<200, SessionExtension>;

/** How `extendSession` is refused, told apart by `status` and `code`. */
export type ExtendSessionError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "AUTH_019", CsrfMismatch>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `extendSession` answers. */
export type ExtendSessionResult = ExtendSessionSuccess | ExtendSessionError;

/** The query parameters of `getArticles`. */
export interface GetArticlesQuery {
  /**
   * One to five tags; articles with any of them are found.
   *
   * minItems `1`, maxItems `5`
   */
  tags: string[];
  /** Only articles with this label. */
  sentiment?: "positive" | "neutral" | "negative";
  /**
   * The most articles wanted.
   *
   * minimum `1`, maximum `100`
   * @defaultValue `20`
   */
  limit?: number;
  /**
   * `next_cursor` of the page before, with the same tags and sentiment.
   *
   * minLength `16`, maxLength `512`, pattern `^[A-Za-z0-9_-]+$`
   */
  cursor?: string;
}

/** Everything that `getArticles` is told. */
export interface GetArticlesRequest extends GetArticlesQuery {}

/** The bodies of `getArticles` by status. */
export interface GetArticlesResponses {
  /** The articles, possibly none */
  200: ArticlePage;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** Not authenticated */
  401: Unauthenticated;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getArticles` succeeds. */
export type GetArticlesSuccess = Success<200, ArticlePage>;

/** How `getArticles` is refused, told apart by `status` and `code`. */
export type GetArticlesError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getArticles` answers. */
export type GetArticlesResult = GetArticlesSuccess | GetArticlesError;

/** The path parameters of `getCandles`. */
export interface GetCandlesPath {
  /**
   * The symbol, in any case.
   *
   * pattern `^[A-Za-z]{1,5}(\.[A-Za-z]{1,2})?$`
   */
  ticker: string;
}

/** The query parameters of `getCandles`. */
export interface GetCandlesQuery {
  /**
   * How far back from today, if no dates are given: 7, 30, 90, 180 or 365 days.
   * @defaultValue `"1M"`
   */
  range?: "1W" | "1M" | "3M" | "6M" | "1Y";
  /**
   * First day wanted, inclusive.
   *
   * pattern `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`, format `date`
   */
  start_date?: string;
  /**
   * Last day wanted, inclusive.
   *
   * pattern `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`, format `date`
   */
  end_date?: string;
  /**
   * Minutes of one candle, or D for a trading day. A range beyond the cap of the resolution is cut to the cap.
   * @defaultValue `"D"`
   */
  resolution?: "1" | "5" | "15" | "30" | "60" | "D";
}

/** Everything that `getCandles` is told. */
export interface GetCandlesRequest extends GetCandlesPath, GetCandlesQuery {}

/** The bodies of `getCandles` by status. */
export interface GetCandlesResponses {
  /** The candles, possibly none */
  200: CandleSeries;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** Not authenticated */
  401: Unauthenticated;
  /** No listing under this ticker */
  404: TickerNotListed;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getCandles` succeeds. */
export type GetCandlesSuccess = Success<200, CandleSeries>;

/** How `getCandles` is refused, told apart by `status` and `code`. */
export type GetCandlesError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "TICKER_NOT_LISTED", TickerNotListed>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getCandles` answers. */
export type GetCandlesResult = GetCandlesSuccess | GetCandlesError;

/** The path parameters of `getConfiguration`. */
export interface GetConfigurationPath {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
}

/** Everything that `getConfiguration` is told. */
export interface GetConfigurationRequest extends GetConfigurationPath {}

/** The bodies of `getConfiguration` by status. */
export interface GetConfigurationResponses {
  /** The watchlist */
  200: Configuration;
  /** Not authenticated */
  401: Unauthenticated;
  /** No such configuration of the caller */
  404: ConfigurationNotFound;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getConfiguration` succeeds. */
export type GetConfigurationSuccess = Success<200, Configuration>;

/** How `getConfiguration` is refused, told apart by `status` and `code`. */
export type GetConfigurationError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getConfiguration` answers. */
export type GetConfigurationResult = GetConfigurationSuccess | GetConfigurationError;

/** The bodies of `getIndex` by status. */
export interface GetIndexResponses {
  /** Every operation by tag */
  200: Index;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
}

/** How `getIndex` succeeds. */
export type GetIndexSuccess = Success<200, Index>;

/** How `getIndex` is refused, told apart by `status` and `code`. */
export type GetIndexError =
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
;

/** What `getIndex` answers. */
export type GetIndexResult = GetIndexSuccess | GetIndexError;

/** The bodies of `getMarketStatus` by status. */
export interface GetMarketStatusResponses {
  /** The exchange now */
  200: MarketStatus;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
}

/** How `getMarketStatus` succeeds. */
export type GetMarketStatusSuccess = Success<200, MarketStatus>;

/** How `getMarketStatus` is refused, told apart by `status` and `code`. */
export type GetMarketStatusError =
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
;

/** What `getMarketStatus` answers. */
export type GetMarketStatusResult = GetMarketStatusSuccess | GetMarketStatusError;

/** The bodies of `getMe` by status. */
export interface GetMeResponses {
  /** The user */
  200: Me;
  /** Not authenticated */
  401: Unauthenticated;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getMe` succeeds. */
export type GetMeSuccess = Success<200, Me>;

/** How `getMe` is refused, told apart by `status` and `code`. */
export type GetMeError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getMe` answers. */
export type GetMeResult = GetMeSuccess | GetMeError;

/** The query parameters of `getMetrics`. */
export interface GetMetricsQuery {
  /**
   * How many hours back from now the counts reach.
   *
   * minimum `1`, maximum `168`
   * @defaultValue `24`
   */
  hours?: number;
}

/** Everything that `getMetrics` is told. */
export interface GetMetricsRequest extends GetMetricsQuery {}

/** The bodies of `getMetrics` by status. */
export interface GetMetricsResponses {
  /** The counts */
  200: DashboardMetrics;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** Not authenticated */
  401: Unauthenticated;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getMetrics` succeeds. */
export type GetMetricsSuccess = Success<200, DashboardMetrics>;

/** How `getMetrics` is refused, told apart by `status` and `code`. */
export type GetMetricsError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getMetrics` answers. */
export type GetMetricsResult = GetMetricsSuccess | GetMetricsError;

/** The bodies of `getRuntime` by status. */
export interface GetRuntimeResponses {
  /** The settings */
  200: Runtime;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
}

/** How `getRuntime` succeeds. */
export type GetRuntimeSuccess = Success<200, Runtime>;

/** How `getRuntime` is refused, told apart by `status` and `code`. */
export type GetRuntimeError =
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
;

/** What `getRuntime` answers. */
export type GetRuntimeResult = GetRuntimeSuccess | GetRuntimeError;

/** The query parameters of `getSentimentByTags`. */
export interface GetSentimentByTagsQuery {
  /**
   * One to five tags; one given twice counts once.
   *
   * minItems `1`, maxItems `5`
   */
  tags: string[];
  /**
   * First instant, inclusive; 24 hours before the end if absent. Articles are kept for 30 days.
   *
   * pattern
   * `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$`,
   * format `date-time`
   */
  start?: string;
  /**
   * Where the span ends, exclusive; now if absent.
   *
   * pattern
   * `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$`,
   * format `date-time`
   */
  end?: string;
}

/** Everything that `getSentimentByTags` is told. */
export interface GetSentimentByTagsRequest extends GetSentimentByTagsQuery {}

/** The bodies of `getSentimentByTags` by status. */
export interface GetSentimentByTagsResponses {
  /** The shares */
  200: TagSentiment;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** Not authenticated */
  401: Unauthenticated;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getSentimentByTags` succeeds. */
export type GetSentimentByTagsSuccess = Success<200, TagSentiment>;

/** How `getSentimentByTags` is refused, told apart by `status` and `code`. */
export type GetSentimentByTagsError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getSentimentByTags` answers. */
export type GetSentimentByTagsResult = GetSentimentByTagsSuccess | GetSentimentByTagsError;

/** The bodies of `getSession` by status. */
export interface GetSessionResponses {
  /** The session */
  200: SessionInfo;
  /** Not authenticated */
  401: Unauthenticated;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getSession` succeeds. */
export type GetSessionSuccess = Success<200, SessionInfo>;

/** How `getSession` is refused, told apart by `status` and `code`. */
export type GetSessionError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getSession` answers. */
export type GetSessionResult = GetSessionSuccess | GetSessionError;

/** The bodies of `getStreamStatus` by status. */
export interface GetStreamStatusResponses {
  /** The connections now */
  200: StreamStatus;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
}

/** How `getStreamStatus` succeeds. */
export type GetStreamStatusSuccess = Success<200, StreamStatus>;

/** How `getStreamStatus` is refused, told apart by `status` and `code`. */
export type GetStreamStatusError =
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
;

/** What `getStreamStatus` answers. */
export type GetStreamStatusResult = GetStreamStatusSuccess | GetStreamStatusError;

/** The path parameters of `getTickerSentimentHistory`. */
export interface GetTickerSentimentHistoryPath {
  /**
   * The symbol, in any case.
   *
   * pattern `^[A-Za-z]{1,5}(\.[A-Za-z]{1,2})?$`
   */
  ticker: string;
}

/** The query parameters of `getTickerSentimentHistory`. */
export interface GetTickerSentimentHistoryQuery {
  /**
   * How far back from today, if no dates are given: 7, 30, 90, 180 or 365 days.
   * @defaultValue `"1M"`
   */
  range?: "1W" | "1M" | "3M" | "6M" | "1Y";
  /**
   * First day wanted, inclusive.
   *
   * pattern `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`, format `date`
   */
  start_date?: string;
  /**
   * Last day wanted, inclusive.
   *
   * pattern `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`, format `date`
   */
  end_date?: string;
  /**
   * Whose sentiment; aggregated for that of all sources together.
   * @defaultValue `"aggregated"`
   */
  source?: "tiingo" | "finnhub" | "our_model" | "aggregated";
  /**
   * The most days wanted.
   *
   * minimum `1`, maximum `366`
   * @defaultValue `366`
   */
  limit?: number;
  /**
   * `next_cursor` of the page before, with the same ticker, source and range or dates.
   *
   * minLength `16`, maxLength `512`, pattern `^[A-Za-z0-9_-]+$`
   */
  cursor?: string;
}

/** Everything that `getTickerSentimentHistory` is told. */
export interface GetTickerSentimentHistoryRequest extends GetTickerSentimentHistoryPath, GetTickerSentimentHistoryQuery {}

/** The bodies of `getTickerSentimentHistory` by status. */
export interface GetTickerSentimentHistoryResponses {
  /** The days, possibly none */
  200: SentimentHistory;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** Not authenticated */
  401: Unauthenticated;
  /** No listing under this ticker */
  404: TickerNotListed;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getTickerSentimentHistory` succeeds. */
export type GetTickerSentimentHistorySuccess = Success<200, SentimentHistory>;

/** How `getTickerSentimentHistory` is refused, told apart by `status` and `code`. */
export type GetTickerSentimentHistoryError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "TICKER_NOT_LISTED", TickerNotListed>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getTickerSentimentHistory` answers. */
export type GetTickerSentimentHistoryResult = GetTickerSentimentHistorySuccess | GetTickerSentimentHistoryError;

/** The path parameters of `getTimeseries`. */
export interface GetTimeseriesPath {
  /**
   * The symbol, in any case.
   *
   * pattern `^[A-Za-z]{1,5}(\.[A-Za-z]{1,2})?$`
   */
  ticker: string;
}

/** The query parameters of `getTimeseries`. */
export interface GetTimeseriesQuery {
  /** How long a bucket is. */
  resolution: "1m" | "5m" | "10m" | "1h" | "3h" | "6h" | "12h" | "24h";
  /**
   * First instant wanted, inclusive: buckets that start at it or later. As far back as is kept if only `end` is
   * given.
   *
   * pattern
   * `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$`,
   * format `date-time`
   */
  start?: string;
  /**
   * Where the range ends, exclusive. Now if only `start` is given.
   *
   * pattern
   * `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$`,
   * format `date-time`
   */
  end?: string;
  /**
   * The most buckets wanted. Without start and end 60, 12, 6, 24, 8, 4, 14 or 7 by resolution, with one of them
   * 1000.
   *
   * minimum `1`, maximum `1000`
   */
  limit?: number;
  /**
   * `next_cursor` of the page before, with the same ticker, resolution, start and end.
   *
   * minLength `16`, maxLength `512`, pattern `^[A-Za-z0-9_-]+$`
   */
  cursor?: string;
}

/** Everything that `getTimeseries` is told. */
export interface GetTimeseriesRequest extends GetTimeseriesPath, GetTimeseriesQuery {}

/** The bodies of `getTimeseries` by status. */
export interface GetTimeseriesResponses {
  /** The buckets, possibly none */
  200: Timeseries;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** No listing under this ticker */
  404: TickerNotListed;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getTimeseries` succeeds. */
export type GetTimeseriesSuccess = Success<200, Timeseries>;

/** How `getTimeseries` is refused, told apart by `status` and `code`. */
export type GetTimeseriesError =
  | Failure<404, "TICKER_NOT_LISTED", TickerNotListed>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getTimeseries` answers. */
export type GetTimeseriesResult = GetTimeseriesSuccess | GetTimeseriesError;

/** The query parameters of `getTimeseriesBatch`. */
export interface GetTimeseriesBatchQuery {
  /**
   * One to twenty symbols, in any case; one given twice counts once.
   *
   * minItems `1`, maxItems `20`
   */
  tickers: string[];
  /** How long a bucket is. */
  resolution: "1m" | "5m" | "10m" | "1h" | "3h" | "6h" | "12h" | "24h";
  /**
   * First instant wanted, inclusive: buckets that start at it or later. As far back as is kept if only `end` is
   * given.
   *
   * pattern
   * `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$`,
   * format `date-time`
   */
  start?: string;
  /**
   * Where the range ends, exclusive. Now if only `start` is given.
   *
   * pattern
   * `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$`,
   * format `date-time`
   */
  end?: string;
  /**
   * The most buckets wanted of each ticker; if absent as for one ticker, but no more than 10000 in all.
   *
   * minimum `1`, maximum `1000`
   */
  limit?: number;
}

/** Everything that `getTimeseriesBatch` is told. */
export interface GetTimeseriesBatchRequest extends GetTimeseriesBatchQuery {}

/** The bodies of `getTimeseriesBatch` by status. */
export interface GetTimeseriesBatchResponses {
  /** Ticker → its buckets, in the order asked for */
  200: Record<string, Timeseries | TimeseriesFailure>;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getTimeseriesBatch` succeeds. */
export type GetTimeseriesBatchSuccess = Success<200, Record<string, Timeseries | TimeseriesFailure>>;

/** How `getTimeseriesBatch` is refused, told apart by `status` and `code`. */
export type GetTimeseriesBatchError =
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getTimeseriesBatch` answers. */
export type GetTimeseriesBatchResult = GetTimeseriesBatchSuccess | GetTimeseriesBatchError;

/** The query parameters of `getTrends`. */
export interface GetTrendsQuery {
  /**
   * One to five tags; one given twice counts once.
   *
   * minItems `1`, maxItems `5`
   */
  tags: string[];
  /**
   * How long the span of one point is.
   * @defaultValue `"1h"`
   */
  interval?: "1h" | "6h" | "1d";
  /**
   * How far back from now: 1h to 168h or 1d to 7d.
   *
   * pattern `^(([1-9][0-9]?|1[0-5][0-9]|16[0-8])h|[1-7]d)$`
   * @defaultValue `"24h"`
   */
  range?: string;
}

/** Everything that `getTrends` is told. */
export interface GetTrendsRequest extends GetTrendsQuery {}

/** The bodies of `getTrends` by status. */
export interface GetTrendsResponses {
  /** Tag → its points, oldest first, in the order asked for */
  200: Record<string, TrendPoint[]>;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** Not authenticated */
  401: Unauthenticated;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getTrends` succeeds. */
export type GetTrendsSuccess = Success<200, Record<string, TrendPoint[]>>;

/** How `getTrends` is refused, told apart by `status` and `code`. */
export type GetTrendsError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getTrends` answers. */
export type GetTrendsResult = GetTrendsSuccess | GetTrendsError;

/** The bodies of `listConfigurations` by status. */
export interface ListConfigurationsResponses {
  /** The watchlists */
  200: ConfigurationList;
  /** Not authenticated */
  401: Unauthenticated;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `listConfigurations` succeeds. */
export type ListConfigurationsSuccess = Success<200, ConfigurationList>;

/** How `listConfigurations` is refused, told apart by `status` and `code`. */
export type ListConfigurationsError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `listConfigurations` answers. */
export type ListConfigurationsResult = ListConfigurationsSuccess | ListConfigurationsError;

/** The bodies of `refreshSession` by status. */
export interface RefreshSessionResponses {
  /** The session lasts 30 days from now */
  200: SessionRefresh;
  /** Not authenticated */
  401: Unauthenticated;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `refreshSession` succeeds. */
export type RefreshSessionSuccess = Success<200, SessionRefresh>;

/** How `refreshSession` is refused, told apart by `status` and `code`. */
export type RefreshSessionError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `refreshSession` answers. */
export type RefreshSessionResult = RefreshSessionSuccess | RefreshSessionError;

/** The path parameters of `replaceConfiguration`. */
export interface ReplaceConfigurationPath {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
}

/** Everything that `replaceConfiguration` is told. */
export interface ReplaceConfigurationRequest extends ReplaceConfigurationPath {
  /** What it is from now on; what is not given gets its default. */
  body: ConfigurationDraft;
}

/** The bodies of `replaceConfiguration` by status. */
export interface ReplaceConfigurationResponses {
  /** The watchlist as it is now */
  200: Configuration;
  /** The request cannot be read */
  400: BadRequest;
  /** Not authenticated */
  401: Unauthenticated;
  /** No such configuration of the caller */
  404: ConfigurationNotFound;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** The body is not JSON */
  415: UnsupportedMediaType;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `replaceConfiguration` succeeds. */
export type ReplaceConfigurationSuccess = Success<200, Configuration>;

/** How `replaceConfiguration` is refused, told apart by `status` and `code`. */
export type ReplaceConfigurationError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `replaceConfiguration` answers. */
export type ReplaceConfigurationResult = ReplaceConfigurationSuccess | ReplaceConfigurationError;

/** The query parameters of `searchTickers`. */
export interface SearchTickersQuery {
  /**
   * A symbol or a part of a company's name, in any case. Spaces around it do not count.
   *
   * minLength `1`, maxLength `50`
   */
  q: string;
  /**
   * The most results wanted.
   *
   * minimum `1`, maximum `20`
   * @defaultValue `10`
   */
  limit?: number;
}

/** Everything that `searchTickers` is told. */
export interface SearchTickersRequest extends SearchTickersQuery {}

/** The bodies of `searchTickers` by status. */
export interface SearchTickersResponses {
  /** The best matches */
  200: TickerMatches;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** The rate limit of this operation is used up */
  429: TooManyRequests;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `searchTickers` succeeds. */
export type SearchTickersSuccess = Success<200, TickerMatches>;

/** How `searchTickers` is refused, told apart by `status` and `code`. */
export type SearchTickersError =
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `searchTickers` answers. */
export type SearchTickersResult = SearchTickersSuccess | SearchTickersError;

/** The bodies of `signOut` by status. */
export interface SignOutResponses {
  /** The session has ended; both cookies are removed */
  200: SignedOut;
  /** Not authenticated */
  401: Unauthenticated;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `signOut` succeeds. */
export type SignOutSuccess = Success<200, SignedOut>;

/** How `signOut` is refused, told apart by `status` and `code`. */
export type SignOutError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `signOut` answers. */
export type SignOutResult = SignOutSuccess | SignOutError;

/** The path parameters of `streamConfiguration`. */
export interface StreamConfigurationPath {
  /**
   * The watchlist, which is the caller's.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
}

/** The query parameters of `streamConfiguration`. */
export interface StreamConfigurationQuery {
  /** The credential, for clients that cannot set headers. `Authorization` and `X-User-ID` come before it. */
  user_token?: string;
  /**
   * Only buckets of these lengths; every length if absent.
   *
   * minItems `1`, maxItems `8`
   */
  resolutions?: ("1m" | "5m" | "10m" | "1h" | "3h" | "6h" | "12h" | "24h")[];
}

/** The headers of `streamConfiguration`. */
export interface StreamConfigurationHeaders {
  /**
   * The id of the last event that the client has seen.
   *
   * Sent as the header `Last-Event-ID`.
   *
   * maxLength `128`
   */
  last_event_id?: string;
}

/** Everything that `streamConfiguration` is told. */
export interface StreamConfigurationRequest extends StreamConfigurationPath, StreamConfigurationQuery, StreamConfigurationHeaders {}

/** The events of `streamConfiguration`, told apart by `event`. */
export type StreamConfigurationEvent =
  | Sent<"bucket_update", BucketEvent>
  | Sent<"deadline", DeadlineEvent>
  | Sent<"heartbeat", Heartbeat>
  | Sent<"partial_bucket", PartialBucketEvent>
  | Sent<"reset", ResetEvent>
;

/** The bodies of `streamConfiguration` by status. */
export interface StreamConfigurationResponses {
  /** Events until the deadline, until the watchlist is deleted, or until the client goes */
  200: EventStream<StreamConfigurationEvent>;
  /** Not authenticated */
  401: Unauthenticated;
  /** No such configuration of the caller */
  404: ConfigurationNotFound;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /**
   * Every stream connection of this process is taken; The store or a source does not answer; retry after the
   * seconds that Retry-After gives
   */
  503: ConnectionLimitReached | ServiceUnavailable;
}

/** How `streamConfiguration` succeeds. */
export type StreamConfigurationSuccess = Success<200, EventStream<StreamConfigurationEvent>>;

/** How `streamConfiguration` is refused, told apart by `status` and `code`. */
export type StreamConfigurationError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "CONNECTION_LIMIT_REACHED", ConnectionLimitReached>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `streamConfiguration` answers. */
export type StreamConfigurationResult = StreamConfigurationSuccess | StreamConfigurationError;

/** The query parameters of `streamMarket`. */
export interface StreamMarketQuery {
  /**
   * Only the buckets of these; every ticker if absent.
   *
   * minItems `1`, maxItems `20`
   */
  tickers?: string[];
  /**
   * Only buckets of these lengths; every length if absent.
   *
   * minItems `1`, maxItems `8`
   */
  resolutions?: ("1m" | "5m" | "10m" | "1h" | "3h" | "6h" | "12h" | "24h")[];
}

/** The headers of `streamMarket`. */
export interface StreamMarketHeaders {
  /**
   * The id of the last event that the client has seen.
   *
   * Sent as the header `Last-Event-ID`.
   *
   * maxLength `128`
   */
  last_event_id?: string;
}

/** Everything that `streamMarket` is told. */
export interface StreamMarketRequest extends StreamMarketQuery, StreamMarketHeaders {}

/** The events of `streamMarket`, told apart by `event`. */
export type StreamMarketEvent =
  | Sent<"bucket_update", BucketEvent>
  | Sent<"deadline", DeadlineEvent>
  | Sent<"heartbeat", Heartbeat>
  | Sent<"metrics", MetricsEvent>
  | Sent<"partial_bucket", PartialBucketEvent>
  | Sent<"reset", ResetEvent>
;

/** The bodies of `streamMarket` by status. */
export interface StreamMarketResponses {
  /** Events until the deadline or until the client goes */
  200: EventStream<StreamMarketEvent>;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /**
   * Every stream connection of this process is taken; The store or a source does not answer; retry after the
   * seconds that Retry-After gives
   */
  503: ConnectionLimitReached | ServiceUnavailable;
}

/** How `streamMarket` succeeds. */
export type StreamMarketSuccess = Success<200, EventStream<StreamMarketEvent>>;

/** How `streamMarket` is refused, told apart by `status` and `code`. */
export type StreamMarketError =
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "CONNECTION_LIMIT_REACHED", ConnectionLimitReached>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `streamMarket` answers. */
export type StreamMarketResult = StreamMarketSuccess | StreamMarketError;

/** The path parameters of `updateConfiguration`. */
export interface UpdateConfigurationPath {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
}

/** Everything that `updateConfiguration` is told. */
export interface UpdateConfigurationRequest extends UpdateConfigurationPath {
  /** What to change. */
  body: ConfigurationChanges;
}

/** The bodies of `updateConfiguration` by status. */
export interface UpdateConfigurationResponses {
  /** The watchlist as it is now */
  200: Configuration;
  /** The request cannot be read */
  400: BadRequest;
  /** Not authenticated */
  401: Unauthenticated;
  /** No such configuration of the caller */
  404: ConfigurationNotFound;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** The body is not JSON */
  415: UnsupportedMediaType;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `updateConfiguration` succeeds. */
export type UpdateConfigurationSuccess = Success<200, Configuration>;

/** How `updateConfiguration` is refused, told apart by `status` and `code`. */
export type UpdateConfigurationError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `updateConfiguration` answers. */
export type UpdateConfigurationResult = UpdateConfigurationSuccess | UpdateConfigurationError;

/** The bodies of `validateSession` by status. */
export interface ValidateSessionResponses {
  /** The session lives */
  200: SessionValidity;
  /** Not authenticated */
  401: Unauthenticated;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `validateSession` succeeds. */
export type ValidateSessionSuccess = Success<200, SessionValidity>;

/** How `validateSession` is refused, told apart by `status` and `code`. */
export type ValidateSessionError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `validateSession` answers. */
export type ValidateSessionResult = ValidateSessionSuccess | ValidateSessionError;

/** The query parameters of `validateTicker`. */
export interface ValidateTickerQuery {
  /**
   * The symbol to look up, in any case.
   *
   * pattern `^[A-Za-z]{1,5}(\.[A-Za-z]{1,2})?$`
   */
  symbol: string;
}

/** Everything that `validateTicker` is told. */
export interface ValidateTickerRequest extends ValidateTickerQuery {}

/** The bodies of `validateTicker` by status. */
export interface ValidateTickerResponses {
  /** What is known of the symbol, also when it is not listed */
  200: TickerValidation;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** The rate limit of this operation is used up */
  429: TooManyRequests;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `validateTicker` succeeds. */
export type ValidateTickerSuccess = Success<200, TickerValidation>;

/** How `validateTicker` is refused, told apart by `status` and `code`. */
export type ValidateTickerError =
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `validateTicker` answers. */
export type ValidateTickerResult = ValidateTickerSuccess | ValidateTickerError;

/** Every operation by its id, for code that is about operations in general. */
export interface Operations {
  checkHealth: {
    method: "GET";
    path: "/health";
    request: undefined;
    responses: CheckHealthResponses;
    result: CheckHealthResult;
  };
  createAnonymousSession: {
    method: "POST";
    path: "/api/v2/auth/anonymous";
    request: CreateAnonymousSessionRequest;
    responses: CreateAnonymousSessionResponses;
    result: CreateAnonymousSessionResult;
  };
  createConfiguration: {
    method: "POST";
    path: "/api/v2/configurations";
    request: CreateConfigurationRequest;
    responses: CreateConfigurationResponses;
    result: CreateConfigurationResult;
  };
  deleteConfiguration: {
    method: "DELETE";
    path: "/api/v2/configurations/{config_id}";
    request: DeleteConfigurationRequest;
    responses: DeleteConfigurationResponses;
    result: DeleteConfigurationResult;
  };
  extendSession: {
    method: "POST";
    path: "/api/v2/auth/extend";
    request: undefined;
    responses: ExtendSessionResponses;
    result: ExtendSessionResult;
  };
  getArticles: {
    method: "GET";
    path: "/api/v2/articles";
    request: GetArticlesRequest;
    responses: GetArticlesResponses;
    result: GetArticlesResult;
  };
  getCandles: {
    method: "GET";
    path: "/api/v2/tickers/{ticker}/ohlc";
    request: GetCandlesRequest;
    responses: GetCandlesResponses;
    result: GetCandlesResult;
  };
  getConfiguration: {
    method: "GET";
    path: "/api/v2/configurations/{config_id}";
    request: GetConfigurationRequest;
    responses: GetConfigurationResponses;
    result: GetConfigurationResult;
  };
  getIndex: {
    method: "GET";
    path: "/api";
    request: undefined;
    responses: GetIndexResponses;
    result: GetIndexResult;
  };
  getMarketStatus: {
    method: "GET";
    path: "/api/v2/market/status";
    request: undefined;
    responses: GetMarketStatusResponses;
    result: GetMarketStatusResult;
  };
  getMe: {
    method: "GET";
    path: "/api/v2/auth/me";
    request: undefined;
    responses: GetMeResponses;
    result: GetMeResult;
  };
  getMetrics: {
    method: "GET";
    path: "/api/v2/metrics";
    request: GetMetricsRequest;
    responses: GetMetricsResponses;
    result: GetMetricsResult;
  };
  getRuntime: {
    method: "GET";
    path: "/api/v2/runtime";
    request: undefined;
    responses: GetRuntimeResponses;
    result: GetRuntimeResult;
  };
  getSentimentByTags: {
    method: "GET";
    path: "/api/v2/sentiment";
    request: GetSentimentByTagsRequest;
    responses: GetSentimentByTagsResponses;
    result: GetSentimentByTagsResult;
  };
  getSession: {
    method: "GET";
    path: "/api/v2/auth/session";
    request: undefined;
    responses: GetSessionResponses;
    result: GetSessionResult;
  };
  getStreamStatus: {
    method: "GET";
    path: "/api/v2/stream/status";
    request: undefined;
    responses: GetStreamStatusResponses;
    result: GetStreamStatusResult;
  };
  getTickerSentimentHistory: {
    method: "GET";
    path: "/api/v2/tickers/{ticker}/sentiment/history";
    request: GetTickerSentimentHistoryRequest;
    responses: GetTickerSentimentHistoryResponses;
    result: GetTickerSentimentHistoryResult;
  };
  getTimeseries: {
    method: "GET";
    path: "/api/v2/timeseries/{ticker}";
    request: GetTimeseriesRequest;
    responses: GetTimeseriesResponses;
    result: GetTimeseriesResult;
  };
  getTimeseriesBatch: {
    method: "GET";
    path: "/api/v2/timeseries/batch";
    request: GetTimeseriesBatchRequest;
    responses: GetTimeseriesBatchResponses;
    result: GetTimeseriesBatchResult;
  };
  getTrends: {
    method: "GET";
    path: "/api/v2/trends";
    request: GetTrendsRequest;
    responses: GetTrendsResponses;
    result: GetTrendsResult;
  };
  listConfigurations: {
    method: "GET";
    path: "/api/v2/configurations";
    request: undefined;
    responses: ListConfigurationsResponses;
    result: ListConfigurationsResult;
  };
  refreshSession: {
    method: "POST";
    path: "/api/v2/auth/session/refresh";
    request: undefined;
    responses: RefreshSessionResponses;
    result: RefreshSessionResult;
  };
  replaceConfiguration: {
    method: "PUT";
    path: "/api/v2/configurations/{config_id}";
    request: ReplaceConfigurationRequest;
    responses: ReplaceConfigurationResponses;
    result: ReplaceConfigurationResult;
  };
  searchTickers: {
    method: "GET";
    path: "/api/v2/tickers/search";
    request: SearchTickersRequest;
    responses: SearchTickersResponses;
    result: SearchTickersResult;
  };
  signOut: {
    method: "POST";
    path: "/api/v2/auth/signout";
    request: undefined;
    responses: SignOutResponses;
    result: SignOutResult;
  };
  streamConfiguration: {
    method: "GET";
    path: "/api/v2/configurations/{config_id}/stream";
    request: StreamConfigurationRequest;
    responses: StreamConfigurationResponses;
    result: StreamConfigurationResult;
  };
  streamMarket: {
    method: "GET";
    path: "/api/v2/stream";
    request: StreamMarketRequest;
    responses: StreamMarketResponses;
    result: StreamMarketResult;
  };
  updateConfiguration: {
    method: "PATCH";
    path: "/api/v2/configurations/{config_id}";
    request: UpdateConfigurationRequest;
    responses: UpdateConfigurationResponses;
    result: UpdateConfigurationResult;
  };
  validateSession: {
    method: "GET";
    path: "/api/v2/auth/validate";
    request: undefined;
    responses: ValidateSessionResponses;
    result: ValidateSessionResult;
  };
  validateTicker: {
    method: "GET";
    path: "/api/v2/tickers/validate";
    request: ValidateTickerRequest;
    responses: ValidateTickerResponses;
    result: ValidateTickerResult;
  };
}

export type OperationId = keyof Operations;
