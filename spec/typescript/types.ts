// Generated from the models by "python -m tools generate". Do not edit.

/**
 * Bellwether 2.0.0: News sentiment, prices, watchlists and live streams for US equities.
 *
 * Every validation failure, wherever it sits, is a 422 with one entry for each broken value. Every other refusal
 * has a `detail` for people and a `code` for programs. A known path with a method it does not serve is 405 with
 * `Allow`; `HEAD` answers as `GET` without a body; `OPTIONS` is 204 with `Allow`. A response too large for the
 * gateway is 502. What JSON Schema cannot say of a request stands beside its operation as `x-constraint`: a 422 of
 * one of these types can meet a request that fits its schema. Whatever changes something, sends a mail, signs in
 * or asks a source while you wait has an `x-rate-limit` for each user, or for each address where nobody has to say
 * who is calling; beyond it comes a 429 with `Retry-After`, and operations that name the same `bucket` count
 * together. Plain reads have none: only the gateway bounds them.
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

/** A way in that waits to be added to the caller's account. */
export interface AccountLink {
  /** Whether the user said yes: only then anything is linked. */
  confirmation: boolean;
  /**
   * From the answer of signInWithProvider that told of the conflict; good for 15 minutes and for one use.
   *
   * maxLength `128`, pattern `^[A-Za-z0-9_-]+$`
   */
  confirmation_token: string;
  /**
   * The address that the provider gave, in full: it has to be the one that the confirmation is about.
   *
   * maxLength `254`, pattern
   * `^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-](\.?[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]){0,63}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$`
   */
  email: string;
}

/** A threshold on a symbol of a watchlist. */
export interface Alert {
  /**
   * Names it.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  alert_id: string;
  /** What it watches. */
  alert_type: "sentiment_threshold" | "volatility_threshold";
  /**
   * The watchlist that it belongs to.
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
  /** Whether it may fire. */
  is_enabled: boolean;
  /**
   * When it fired last; it rests for an hour from then. Null if it never did.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  last_triggered_at: string | null;
  /** On which side of the threshold a value fires. */
  threshold_direction: "above" | "below";
  /**
   * From -1 to 1 for sentiment, from 0 to 100 for volatility.
   *
   * minimum `-1`, maximum `100`
   */
  threshold_value: number;
  /**
   * The symbol.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  ticker: string;
  /**
   * How often it has fired.
   *
   * minimum `0`
   */
  trigger_count: number;
}

/**
 * What to change of an alert; what is absent or null stays. Each field has a short and a long name: give one of
 * them.
 */
export interface AlertChanges {
  /** On which side of the threshold a value fires from now on. */
  condition?: "above" | "below" | null;
  /** Whether it may fire from now on. */
  enabled?: boolean | null;
  /** The same as enabled. */
  is_enabled?: boolean | null;
  /**
   * The new threshold: from -1 to 1 for sentiment, from 0 to 100 for volatility.
   *
   * minimum `-1`, maximum `100`
   */
  threshold?: number | null;
  /** The same as condition. */
  threshold_direction?: "above" | "below" | null;
  /**
   * The same as threshold.
   *
   * minimum `-1`, maximum `100`
   */
  threshold_value?: number | null;
}

/** An alert as its owner decides it. */
export interface AlertDraft {
  /**
   * What is watched: the aggregated sentiment over the watchlist's timeframe_days, so that changing these changes
   * when it fires, or the volatility as average true range in percent of the price.
   */
  alert_type: "sentiment_threshold" | "volatility_threshold";
  /**
   * The watchlist that has the symbol.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
  /** On which side of the threshold a value fires. The threshold itself never does. */
  threshold_direction: "above" | "below";
  /**
   * From -1 to 1 for sentiment, from 0 to 100 for volatility.
   *
   * minimum `-1`, maximum `100`
   */
  threshold_value: number;
  /**
   * A symbol of the watchlist.
   *
   * pattern `^[A-Za-z]{1,5}(\.[A-Za-z]{1,2})?$`
   */
  ticker: string;
}

/** The configuration has as many alerts as are allowed. */
export interface AlertLimitReached {
  /** What happened, for programs. */
  code: "ALERT_LIMIT_REACHED";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** Alerts of the caller, with what is left of the day's mails. */
export interface AlertList {
  /**
   * Newest first.
   *
   * maxItems `20`
   */
  alerts: Alert[];
  /** What is left of the day's mails, of all alerts together. */
  daily_email_quota: AlertQuota;
  /**
   * How many these are.
   *
   * minimum `0`, maximum `20`
   */
  total: number;
}

/** No such alert of the caller. */
export interface AlertNotFound {
  /** What happened, for programs. */
  code: "ALERT_NOT_FOUND";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** How many alert mails the caller may still be sent today. */
export interface AlertQuota {
  /** Whether none is left: alerts keep their turn and fire on the next day. */
  is_exceeded: boolean;
  /** Mails on one UTC day. */
  limit: 10;
  /**
   * Mails left on this UTC day.
   *
   * minimum `0`, maximum `10`
   */
  remaining: number;
  /**
   * The next midnight in UTC.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  resets_at: string;
  /**
   * Mails sent on this UTC day.
   *
   * minimum `0`, maximum `10`
   */
  used: number;
}

/** Whether an alert may fire, after it was toggled. */
export interface AlertSwitch {
  /**
   * The one that was toggled.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  alert_id: string;
  /** Whether it may fire from now on. */
  is_enabled: boolean;
  /**
   * The same as a sentence.
   *
   * maxLength `50`
   */
  message: string;
}

/** No mail is sent any more. */
export interface AllDisabled {
  /**
   * How many alerts were enabled until now.
   *
   * minimum `0`
   */
  alerts_disabled: number;
  /** What happened, for people. */
  message: string;
  /** Always disabled. */
  status: "disabled";
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

/** No live anonymous session has this token, so there is nothing to merge. */
export interface AnonymousSessionNotFound {
  /** What happened, for programs. */
  code: "ANONYMOUS_SESSION_NOT_FOUND";
  /** What happened and what to do next, for people. */
  detail: string;
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

/** Wilder's average true range over daily candles. */
export interface AverageTrueRange {
  /**
   * The average in percent of the last close; null where that is zero.
   *
   * minimum `0`
   */
  percent: number | null;
  /** Over how many candles it is smoothed. */
  period: 14;
  /**
   * The average without the last candle; null if there were too few.
   *
   * minimum `0`
   */
  previous_value: number | null;
  /**
   * increasing or decreasing if the last candle changed it by more than 5 %, else stable. Null if that is the first
   * average.
   */
  trend: "increasing" | "decreasing" | "stable" | null;
  /** The trend as an arrow; null with it. */
  trend_arrow: "↑" | "↓" | "→" | null;
  /**
   * The average, in dollars.
   *
   * minimum `0`
   */
  value: number;
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

/** An alert under both of its vocabularies. */
export interface ChangedAlert {
  /**
   * Names it.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  alert_id: string;
  /** What it watches. */
  alert_type: "sentiment_threshold" | "volatility_threshold";
  /** The same as threshold_direction. */
  condition: "above" | "below";
  /**
   * The watchlist that it belongs to.
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
  /** The same as is_enabled. */
  enabled: boolean;
  /** Whether it may fire. */
  is_enabled: boolean;
  /**
   * When it fired last; it rests for an hour from then. Null if it never did.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  last_triggered_at: string | null;
  /**
   * The same as threshold_value.
   *
   * minimum `-1`, maximum `100`
   */
  threshold: number;
  /** On which side of the threshold a value fires. */
  threshold_direction: "above" | "below";
  /**
   * From -1 to 1 for sentiment, from 0 to 100 for volatility.
   *
   * minimum `-1`, maximum `100`
   */
  threshold_value: number;
  /**
   * The symbol.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  ticker: string;
  /**
   * How often it has fired.
   *
   * minimum `0`
   */
  trigger_count: number;
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

/** An alert of a watchlist, also by the names that it was made with. */
export interface ConfigurationAlert {
  /**
   * Names it.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  alert_id: string;
  /** What it watches. */
  alert_type: "sentiment_threshold" | "volatility_threshold";
  /**
   * The watchlist that it belongs to.
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
  /** The same as is_enabled. */
  enabled: boolean;
  /** Whether it may fire. */
  is_enabled: boolean;
  /**
   * When it fired last; it rests for an hour from then. Null if it never did.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  last_triggered_at: string | null;
  /** On which side of the threshold a value fires. */
  threshold_direction: "above" | "below";
  /**
   * From -1 to 1 for sentiment, from 0 to 100 for volatility.
   *
   * minimum `-1`, maximum `100`
   */
  threshold_value: number;
  /**
   * The symbol.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  ticker: string;
  /**
   * How often it has fired.
   *
   * minimum `0`
   */
  trigger_count: number;
  /** The same as alert_type. */
  type: "sentiment" | "volatility";
}

/** An alert on a symbol of the watchlist, as its owner decides it. */
export interface ConfigurationAlertDraft {
  /** On which side of the threshold a value fires. The threshold itself never does. */
  condition: "above" | "below";
  /**
   * Whether it may fire; null is the same as true.
   * @defaultValue `true`
   */
  enabled?: boolean | null;
  /**
   * From -1 to 1 for sentiment, from 0 to 100 for volatility.
   *
   * minimum `-1`, maximum `100`
   */
  threshold: number;
  /**
   * A symbol of the watchlist.
   *
   * pattern `^[A-Za-z]{1,5}(\.[A-Za-z]{1,2})?$`
   */
  ticker: string;
  /**
   * What is watched: the aggregated sentiment over the watchlist's timeframe_days, so that changing these changes
   * when it fires, or the volatility as average true range in percent of the price.
   */
  type: "sentiment" | "volatility";
}

/** Alerts of one watchlist, with what is left of the day's mails. */
export interface ConfigurationAlertList {
  /**
   * Newest first.
   *
   * maxItems `10`
   */
  alerts: Alert[];
  /** What is left of the day's mails, of all alerts together. */
  daily_email_quota: AlertQuota;
  /**
   * How many these are.
   *
   * minimum `0`, maximum `10`
   */
  total: number;
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

/** Sentiment and volatility of a watchlist. */
export interface ConfigurationCorrelation {
  /**
   * refreshing while a refresh waits or runs, fresh until next_refresh_at, else stale; stale too while last_updated
   * is null.
   */
  cache_status: "fresh" | "stale" | "refreshing";
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
  /**
   * Up to when the news of all the tickers that this is about are known. Of one ticker: when a source last told
   * everything about it, or when its newest article appeared, whichever is later; of several the earliest. A source
   * that failed has told nothing. Null if one of them was never collected, or if there are none.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  last_updated: string | null;
  /**
   * When this counts as stale: 300 seconds after last_updated. Null with it.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  next_refresh_at: string | null;
  /** recorded for the built-in market, live for real sources. */
  provenance: "recorded" | "live";
  /**
   * Its tickers, in the owner's order.
   *
   * maxItems `5`
   */
  tickers: TickerCorrelation[];
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

/** What prices outside of the session suggest for a watchlist. */
export interface ConfigurationPremarket {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
  /** What to tell a person about the estimates; null while the market is open. */
  disclaimer: string | null;
  /**
   * Its tickers, in the owner's order; null while the market is open.
   *
   * maxItems `5`
   */
  estimates: PremarketEstimate[] | null;
  /** open during the regular session only. */
  market_status: "open" | "closed";
  /** What to tell a person while the market is open; null while it is closed. */
  message: string | null;
  /**
   * The next instant at which a session opens, after now.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  next_market_open: string;
  /** recorded for the built-in market, live for real sources. */
  provenance: "recorded" | "live";
  /**
   * Where sentiment is while the market is open; null while it is closed.
   *
   * pattern `^/api/v2/configurations/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/sentiment$`
   */
  redirect_to: string | null;
}

/** Sentiment of a watchlist. */
export interface ConfigurationSentiment {
  /**
   * refreshing while a refresh waits or runs, fresh until next_refresh_at, else stale; stale too while last_updated
   * is null.
   */
  cache_status: "fresh" | "stale" | "refreshing";
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
  /**
   * Last day that counts: today.
   *
   * pattern `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`, format `date`
   */
  end_date: string;
  /**
   * Up to when the news of all the tickers that this is about are known. Of one ticker: when a source last told
   * everything about it, or when its newest article appeared, whichever is later; of several the earliest. A source
   * that failed has told nothing. Null if one of them was never collected, or if there are none.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  last_updated: string | null;
  /**
   * When this counts as stale: 300 seconds after last_updated. Null with it.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  next_refresh_at: string | null;
  /** recorded for the built-in market, live for real sources. */
  provenance: "recorded" | "live";
  /**
   * First day that counts, in UTC: so many days ago as the watchlist looks back.
   *
   * pattern `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`, format `date`
   */
  start_date: string;
  /**
   * Its tickers, in the owner's order.
   *
   * maxItems `5`
   */
  tickers: TickerSentiment[];
}

/** How far the prices of a watchlist range. */
export interface ConfigurationVolatility {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
  /** recorded for the built-in market, live for real sources. */
  provenance: "recorded" | "live";
  /**
   * Its tickers, in the owner's order.
   *
   * maxItems `5`
   */
  tickers: TickerVolatility[];
}

/** No way in of this account and address waits under this token; sign in with the provider again for a new one. */
export interface ConfirmationNotFound {
  /** What happened, for programs. */
  code: "CONFIRMATION_NOT_FOUND";
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

/** Where sentiment and volatility of a ticker went. */
export interface Correlation {
  /** The same for people. */
  description: string;
  /**
   * Divergence if the arrows part, convergence if they agree, positive where sentiment goes up; stable if either is
   * →. Null if either is null.
   */
  interpretation: "positive_divergence" | "negative_divergence" | "positive_convergence" | "negative_convergence" | "stable" | null;
  /**
   * Sentiment of all sources: the later half of the watchlist's days against the earlier half, → within 0.05. Null
   * if a half has no articles.
   */
  sentiment_trend: "↑" | "↓" | "→" | null;
  /**
   * The average true range of 14 days against that of the day before, → within 5 %. Null if too few candles are
   * known.
   */
  volatility_trend: "↑" | "↓" | "→" | null;
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

/** What to change; what is absent or null stays. */
export interface DigestChanges {
  /**
   * The watchlists that it covers where it does not cover all.
   *
   * maxItems `2`
   */
  config_ids?: string[] | null;
  /** Whether the digest is wanted. */
  enabled?: boolean | null;
  /** Whether it covers all watchlists, also later ones; if not, `config_ids` has to be given. */
  include_all_configs?: boolean | null;
  /**
   * When it is due, by the clocks of the time zone.
   *
   * pattern `^([01][0-9]|2[0-3]):[0-5][0-9]$`
   */
  time?: string | null;
  /**
   * Where the caller's days begin and end.
   *
   * minLength `1`, maxLength `64`, pattern `^[A-Za-z0-9_+/-]+$`
   */
  timezone?: string | null;
}

/** A sample is on its way. */
export interface DigestSampleQueued {
  /** What happens next, for people. */
  message: string;
  /** Always test_queued. */
  status: "test_queued";
}

/** When the daily digest comes and what it covers. */
export interface DigestSettings {
  /**
   * The watchlists that it covers where it does not cover all, without those deleted since; null if never said.
   *
   * maxItems `2`
   */
  config_ids: string[] | null;
  /** Whether it is wanted. It leaves only while mails are wanted at all: see the preferences. */
  enabled: boolean;
  /** Whether it covers all watchlists, also later ones. It does, too, once none of those that were named is left. */
  include_all_configs: boolean;
  /**
   * When the next one is due by these settings, wanted or not: once on each local day, always in the future. One
   * that would tell nothing, as no watchlist that it covers has a ticker then, is left out. Where clocks are set
   * forward over the time it is due as much later as they skip; where they show it twice, the first time.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  next_scheduled: string;
  /**
   * When it is due, by the clocks of the time zone.
   *
   * pattern `^([01][0-9]|2[0-3]):[0-5][0-9]$`
   */
  time: string;
  /**
   * Where the caller's days begin and end.
   *
   * minLength `1`, maxLength `64`, pattern `^[A-Za-z0-9_+/-]+$`
   */
  timezone: string;
}

/** An address, and how its owner is about to sign in. */
export interface EmailCheck {
  /** The way in that the page is about to take. */
  current_provider: "email" | "google" | "github";
  /**
   * The address; its case does not matter.
   *
   * maxLength `254`, pattern
   * `^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-](\.?[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]){0,63}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$`
   */
  email: string;
}

/** Whether the way in has to be confirmed by the owner of the address's account. */
export interface EmailConflict {
  /**
   * Whether signInWithProvider would answer with a conflict. False alike where nobody has the address and where the
   * account opens this way or gains it at once; always false for `email`, as a mailed link proves the address.
   */
  conflict: boolean;
  /** How the account signs in: the way to sign in before confirming; null without a conflict. */
  existing_provider: "email" | "google" | "github" | null;
  /** What to do next, for people; null without a conflict. */
  message: string | null;
}

/** The caller's role does not allow this. */
export interface Forbidden {
  /** What happened, for programs. */
  code: "FORBIDDEN";
  /** What happened and what to do next, for people. */
  detail: string;
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

/** A matrix: a row for each ticker, a column for each source or period. */
export interface Heatmap {
  /**
   * refreshing while a refresh waits or runs, fresh until next_refresh_at, else stale; stale too while last_updated
   * is null.
   */
  cache_status: "fresh" | "stale" | "refreshing";
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
  /**
   * Up to when the news of all the tickers that this is about are known. Of one ticker: when a source last told
   * everything about it, or when its newest article appeared, whichever is later; of several the earliest. A source
   * that failed has told nothing. Null if one of them was never collected, or if there are none.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  last_updated: string | null;
  /** What the colours mean; null in the view of periods, where they mean the same. */
  legend: Legend | null;
  /**
   * One row for each ticker, in the owner's order.
   *
   * maxItems `5`
   */
  matrix: HeatmapRow[];
  /**
   * When this counts as stale: 300 seconds after last_updated. Null with it.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  next_refresh_at: string | null;
  /** recorded for the built-in market, live for real sources. */
  provenance: "recorded" | "live";
  /** What the columns are. */
  view: "sources" | "timeperiods";
}

/** One cell: a ticker in a column. */
export interface HeatmapCell {
  /** The colour of the score: green from 0.33 up, red from −0.33 down, else yellow. Null without a score. */
  color: "#22c55e" | "#eab308" | "#ef4444" | null;
  /**
   * Over which days, counted back from today: none, 7, 30 or 90. Null in the view of sources, whose days are the
   * watchlist's.
   */
  period: "today" | "1w" | "1m" | "3m" | null;
  /**
   * The mean over these days, as histories have it; null where nothing was said.
   *
   * minimum `-1`, maximum `1`
   */
  score: number | null;
  /** Whose sentiment; null in the view of periods, where all sources count together. */
  source: "tiingo" | "finnhub" | "our_model" | null;
}

/** The cells of one ticker. */
export interface HeatmapRow {
  /**
   * One for each column: tiingo, finnhub, our_model, or today, 1w, 1m, 3m.
   *
   * minItems `3`, maxItems `4`
   */
  cells: HeatmapCell[];
  /**
   * The symbol.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  ticker: string;
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

/** What a refresh could not collect. What was collected of it before is still there. */
export interface LeftOut {
  /** Whose news; null for prices. */
  source: "tiingo" | "finnhub" | null;
  /**
   * Of which symbols.
   *
   * minItems `1`, maxItems `5`
   */
  tickers: string[];
  /** The news of one source, or the prices, which are left out where no source has them. */
  what: "news" | "prices";
}

/** What the colours mean. */
export interface Legend {
  /** Bad news. */
  negative: LegendEntry;
  /** No clear news. */
  neutral: LegendEntry;
  /** Good news. */
  positive: LegendEntry;
}

/** What a colour means. */
export interface LegendEntry {
  /** The colour. */
  color: "#22c55e" | "#eab308" | "#ef4444";
  /**
   * The lowest and the highest score; where ranges meet, the score belongs to positive or negative.
   *
   * minItems `2`, maxItems `2`
   */
  range: number[];
}

/** The account, which the provider opens from now on. */
export interface LinkedAccount {
  /** Every way in, the oldest first. */
  linked_providers: ("email" | "google" | "github")[];
  /** What happened, for people. */
  message: string;
  /** Always linked; anything else is an error. */
  status: "linked";
  /**
   * The account: the caller's own.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  user_id: string;
}

/** The sign-in link has expired: links last an hour; ask for a new link. */
export interface MagicLinkExpired {
  /** What happened, for programs. */
  code: "MAGIC_LINK_EXPIRED";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** No sign-in link has this token; ask for a new link. */
export interface MagicLinkNotFound {
  /** What happened, for programs. */
  code: "MAGIC_LINK_NOT_FOUND";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** Who wants to sign in, and where. */
export interface MagicLinkRequest {
  /**
   * Where the link is mailed to.
   *
   * maxLength `254`, pattern
   * `^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-](\.?[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]){0,63}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$`
   */
  email: string;
  /**
   * The page that the link opens, with `token` in its query; it has to be set up. The usual one if absent or null.
   *
   * maxLength `512`, pattern `^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?$`
   */
  redirect_url?: string | null;
}

/** A link is on its way. This says nothing about whether somebody has signed in with the address before. */
export interface MagicLinkRequested {
  /**
   * The address as it was understood, in lower case.
   *
   * maxLength `254`, pattern
   * `^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-](\.?[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]){0,63}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$`
   */
  email: string;
  /** How long the link can be used. */
  expires_in_seconds: 3600;
  /** What happens next, for people. */
  message: string;
  /** Always email_sent. */
  status: "email_sent";
}

/** A newer sign-in link was mailed to this address; use that one. */
export interface MagicLinkSuperseded {
  /** What happened, for programs. */
  code: "MAGIC_LINK_SUPERSEDED";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** The sign-in link was used; ask for a new link. */
export interface MagicLinkUsed {
  /** What happened, for programs. */
  code: "MAGIC_LINK_USED";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** Somebody has signed in. The refresh token is in its cookie. */
export interface MagicLinkVerified {
  /** How the user signed in. */
  auth_type: "email";
  /** First character and domain of the address, stars for the rest. */
  email_masked: string;
  /** Whether the account was made by this. */
  is_new_user: boolean;
  /**
   * Whether everything that the anonymous session which asked for the link had is in the account now. False if none
   * asked or it had nothing, and while anything waits: getMergeStatus says what, mergeAnonymousData goes on.
   */
  merged_anonymous_data: boolean;
  /** What happened, for people. */
  message: string;
  /** Always verified; a link that opens nothing is refused. */
  status: "verified";
  /** What the session is known by. */
  tokens: SessionTokens;
}

/** The exchange's calendar is not known for this day; it has to be brought up to date by whoever runs the service. */
export interface MarketCalendarEnded {
  /** What happened, for programs. */
  code: "MARKET_CALENDAR_ENDED";
  /** What happened and what to do next, for people. */
  detail: string;
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

/** What was merged. */
export interface Merge {
  /**
   * Alerts that moved with them.
   *
   * minimum `0`
   */
  alert_rules: number;
  /**
   * Watchlists that moved since then.
   *
   * minimum `0`
   */
  configurations: number;
  /**
   * When the anonymous session ended and the merge began; a repeat says the same.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  merged_at: string;
  /** What happened and what to do next, for people. */
  message: string;
  /**
   * Records of preferences that moved: none where the account has its own.
   *
   * minimum `0`
   */
  preferences: number;
  /**
   * Watchlists that wait for a place, newest first, their alerts with them.
   *
   * maxItems `2`
   */
  skipped: SkippedConfiguration[];
  /** Everything moved · it had moved before · there was nothing, now or before · some watchlists found no place. */
  status: "completed" | "already_merged" | "no_data" | "partial";
}

/** The anonymous session whose data is to move. */
export interface MergeSource {
  /**
   * The token of the anonymous session. Whoever has it is its owner: nobody else was ever shown it.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  anonymous_user_id: string;
}

/** How far a merge is. */
export interface MergeStatus {
  /** What has moved; null if the merge has not begun. */
  items_merged: MergedItems | null;
  /**
   * When the merge began; null if it has not. A session that had nothing may have been merged all the same.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  merged_at: string | null;
  /** What that means and what to do next, for people. */
  message: string;
  /**
   * All moved · watchlists wait for a place · there is something that merging would move · there is, or was, nothing
   * to merge.
   */
  status: "completed" | "partial" | "pending" | "no_data";
}

/** The anonymous session was merged into another account; sign in to that one. */
export interface MergedElsewhere {
  /** What happened, for programs. */
  code: "MERGED_ELSEWHERE";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** What has moved. */
export interface MergedItems {
  /**
   * Alerts of these.
   *
   * minimum `0`
   */
  alert_rules: number;
  /**
   * Watchlists.
   *
   * minimum `0`
   */
  configurations: number;
  /**
   * Records of preferences.
   *
   * minimum `0`
   */
  preferences: number;
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

/** The caller has no verified address that mails could go to. */
export interface NoMailAddress {
  /** What happened, for programs. */
  code: "NO_MAIL_ADDRESS";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** A mail about an alert that fired. */
export interface Notification {
  /**
   * The alert that fired; it may have been deleted since.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  alert_id: string;
  /** What it watched. */
  alert_type: "sentiment_threshold" | "volatility_threshold";
  /**
   * The beginning of the mail.
   *
   * maxLength `200`
   */
  body_preview: string;
  /**
   * When the alert fired.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  created_at: string;
  /**
   * A page that shows what the alert watches.
   *
   * pattern `^https?://[!-~]+$`
   */
  deep_link: string;
  /**
   * Names it.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  notification_id: string;
  /**
   * When the mail left; null as long as it has not.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  sent_at: string | null;
  /** pending before the mail left, sent, failed if it was given up, bounced if the receiver's side returned it. */
  status: "pending" | "sent" | "failed" | "bounced";
  /**
   * The subject of the mail.
   *
   * maxLength `200`
   */
  subject: string;
  /** On which side of the threshold the value was. */
  threshold_direction: "above" | "below";
  /**
   * Its threshold then.
   *
   * minimum `-1`, maximum `100`
   */
  threshold_value: number;
  /**
   * The symbol that it watched.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  ticker: string;
  /**
   * The value that made it fire, rounded as its watchlist shows it: sentiment to four decimals, volatility to two.
   *
   * minimum `-1`
   */
  triggered_value: number;
}

/** A mail about an alert that fired, and what became of it. */
export interface NotificationDetail {
  /**
   * The alert that fired; it may have been deleted since.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  alert_id: string;
  /** What it watched. */
  alert_type: "sentiment_threshold" | "volatility_threshold";
  /**
   * The beginning of the mail.
   *
   * maxLength `200`
   */
  body_preview: string;
  /**
   * When the alert fired.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  created_at: string;
  /**
   * A page that shows what the alert watches.
   *
   * pattern `^https?://[!-~]+$`
   */
  deep_link: string;
  /**
   * Where it went.
   *
   * maxLength `254`, pattern
   * `^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-](\.?[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]){0,63}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$`
   */
  email: string;
  /**
   * Names it.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  notification_id: string;
  /**
   * When the mail left; null as long as it has not.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  sent_at: string | null;
  /** pending before the mail left, sent, failed if it was given up, bounced if the receiver's side returned it. */
  status: "pending" | "sent" | "failed" | "bounced";
  /**
   * The subject of the mail.
   *
   * maxLength `200`
   */
  subject: string;
  /** On which side of the threshold the value was. */
  threshold_direction: "above" | "below";
  /**
   * Its threshold then.
   *
   * minimum `-1`, maximum `100`
   */
  threshold_value: number;
  /**
   * The symbol that it watched.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  ticker: string;
  /** Whether it was read, as far as the mail provider says; null if nothing is known. */
  tracking: Tracking | null;
  /**
   * The value that made it fire, rounded as its watchlist shows it: sentiment to four decimals, volatility to two.
   *
   * minimum `-1`
   */
  triggered_value: number;
}

/** No such notification of the caller. */
export interface NotificationNotFound {
  /** What happened, for programs. */
  code: "NOTIFICATION_NOT_FOUND";
  /** What happened and what to do next, for people. */
  detail: string;
}

/**
 * Mails about alerts. There is no total: to count them means to read them all, which a page is there to spare.
 * `next_cursor` says whether there are more.
 */
export interface NotificationPage {
  /**
   * Where the next page starts; null on the last one.
   *
   * minLength `16`, maxLength `512`, pattern `^[A-Za-z0-9_-]+$`
   */
  next_cursor: string | null;
  /**
   * Newest first.
   *
   * maxItems `100`
   */
  notifications: Notification[];
}

/** What the caller wants to be mailed. */
export interface NotificationPreferences {
  /** Whether the daily digest is wanted. */
  daily_digest_enabled: boolean;
  /**
   * When it is due, by the clocks of the time zone.
   *
   * pattern `^([01][0-9]|2[0-3]):[0-5][0-9]$`
   */
  digest_time: string;
  /**
   * Where mails go; null without an address.
   *
   * maxLength `254`, pattern
   * `^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-](\.?[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]){0,63}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$`
   */
  email: string | null;
  /** Whether any mail is wanted. Without it alerts still fire and no digest leaves, whatever its settings say. */
  email_notifications_enabled: boolean;
  /** Whether the address was verified; nothing but sign-in links goes to one that was not. */
  email_verified: boolean;
  /**
   * Where the caller's days begin and end.
   *
   * minLength `1`, maxLength `64`, pattern `^[A-Za-z0-9_+/-]+$`
   */
  timezone: string;
}

/** Somebody has signed in, or has to confirm first that two accounts are theirs. */
export interface OAuthOutcome {
  /** The provider. */
  auth_type: "google" | "github";
  /**
   * Sign in to that account, then give this to linkAccounts within 15 minutes; null unless there is a conflict.
   *
   * maxLength `128`, pattern `^[A-Za-z0-9_-]+$`
   */
  confirmation_token: string | null;
  /** Whether the holder of the account has to confirm. */
  conflict: boolean;
  /** First character and domain of the account's address, stars for the rest; null if it has none. */
  email_masked: string | null;
  /** How the account that has the address is signed in to; null unless there is a conflict. */
  existing_provider: "email" | "google" | "github" | null;
  /** Whether the account was made by this. */
  is_new_user: boolean;
  /** The provider; null unless authenticated. */
  last_provider_used: "email" | "google" | "github" | null;
  /** Ways in which the user can sign in now; empty unless authenticated. */
  linked_providers: ("email" | "google" | "github")[];
  /**
   * Whether everything that the anonymous session of the sign-in had is in the account now. False if there was none
   * or it had nothing, and while anything waits: getMergeStatus says what, mergeAnonymousData goes on.
   */
  merged_anonymous_data: boolean;
  /** What happened and what to do next, for people. */
  message: string;
  /** What the user may do; null unless authenticated. */
  role: "anonymous" | "free" | "paid" | "operator" | null;
  /** `conflict` if an account has the address, and that alone does not prove that it is the same person's. */
  status: "authenticated" | "conflict";
  /** What the session is known by; null unless authenticated. */
  tokens: SessionTokens | null;
  /** Whether the address was verified; null unless authenticated. */
  verification: "none" | "pending" | "verified" | null;
}

/** The providers; one that is not set up is null. */
export interface OAuthProviders {
  /** Where a sign-in at GitHub begins; null if GitHub is not set up. */
  github: OAuthUrl | null;
  /** Where a sign-in at Google begins; null if Google is not set up. */
  google: OAuthUrl | null;
}

/** What the provider sent the page back with, and how the sign-in was begun. */
export interface OAuthReturn {
  /**
   * The code that the provider gave.
   *
   * maxLength `512`, pattern `^[!-~]+$`
   */
  code: string;
  /** Where the user signed in. */
  provider: "google" | "github";
  /**
   * The page that it was sent to: the one the sign-in was begun with.
   *
   * maxLength `512`, pattern `^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?$`
   */
  redirect_uri: string;
  /**
   * The state that the provider gave back.
   *
   * maxLength `128`, pattern `^[A-Za-z0-9_-]+$`
   */
  state: string;
}

/** Where a sign-in at one provider begins. */
export interface OAuthUrl {
  /** Send the browser there. */
  authorize_url: string;
  /** The picture that belongs to it. */
  icon: "google" | "github";
  /**
   * What the provider has to send back: compare it, then give it to signInWithProvider. It works once.
   *
   * maxLength `128`, pattern `^[A-Za-z0-9_-]+$`
   */
  state: string;
}

/** Where sign-ins at providers begin. */
export interface OAuthUrls {
  /** How long the states can be used. */
  expires_in_seconds: 300;
  /** Each provider. */
  providers: OAuthProviders;
  /**
   * The state of Google's address, for older clients; null where Google is not set up.
   *
   * maxLength `128`, pattern `^[A-Za-z0-9_-]+$`
   */
  state: string | null;
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

/** What to change; what is absent or null stays. Some fields have a short and a long name: give one of them. */
export interface PreferenceChanges {
  /** The same as digest_enabled. */
  daily_digest_enabled?: boolean | null;
  /**
   * Whether the daily digest is wanted; the answer says it as `daily_digest_enabled`, the digest settings as
   * `enabled`.
   */
  digest_enabled?: boolean | null;
  /**
   * When the digest is due, by the caller's clocks; it is `time` of the digest settings.
   *
   * pattern `^([01][0-9]|2[0-3]):[0-5][0-9]$`
   */
  digest_time?: string | null;
  /** Whether any mail is wanted, of alerts or digest; the answer says it as `email_notifications_enabled`. */
  email_enabled?: boolean | null;
  /** The same as email_enabled. */
  email_notifications_enabled?: boolean | null;
}

/** What the price of one ticker outside of the session suggests. */
export interface PremarketEstimate {
  /** What the score is made of; null without one. */
  basis: "premarket_momentum" | null;
  /** From last_close to price, two decimals; null if either is. */
  change_percent: number | null;
  /**
   * How much the score agrees with that of the news: 1 − variance / 2, which is close to 1 wherever both are small.
   * It is agreement, no probability that the estimate is right. Null if either is.
   *
   * minimum `0`, maximum `1`
   */
  confidence: number | null;
  /** Who delivered the price; null without one. */
  data_source: "tiingo" | "finnhub" | null;
  /** positive from 0.33 up, negative from −0.33 down, else neutral. Null without a score. */
  label: "positive" | "neutral" | "negative" | null;
  /**
   * The close of the session that ended last; null if it is not known.
   *
   * minimum `0`
   */
  last_close: number | null;
  /**
   * Articles about it since the session ended, as far as there are ten.
   *
   * minimum `0`, maximum `10`
   */
  news_count: number;
  /**
   * Mean score of these articles; null if none has one.
   *
   * minimum `-1`, maximum `1`
   */
  news_score: number | null;
  /**
   * The last price; null if no source has one.
   *
   * minimum `0`
   */
  price: number | null;
  /**
   * When the price was made; null without one.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  quoted_at: string | null;
  /**
   * A fifth of the percent where it changed by more than one, at most ±0.8, else a tenth. Null without a change.
   *
   * minimum `-1`, maximum `1`
   */
  score: number | null;
  /**
   * The symbol, as the watchlist has it.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  symbol: string;
}

/**
 * The provider has not verified the mail address, and only a verified one opens an account; verify it there, or
 * sign in by mail.
 */
export interface ProviderEmailUnverified {
  /** What happened, for programs. */
  code: "AUTH_022";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** This identity of the provider belongs to another account than the mail address; sign in to it another way. */
export interface ProviderIdentityTaken {
  /** What happened, for programs. */
  code: "AUTH_023";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** A refresh that is on its way. */
export interface QueuedRefresh {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
  /**
   * When it ends if it takes as long as the last one; may have passed. Null if there was none.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  estimated_completion: string | null;
  /**
   * Names the refresh; who asks while one is on its way gets the same.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  refresh_id: string;
  /**
   * When it was first asked for.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  requested_at: string;
  /** Whether it waits or runs. */
  status: "refresh_queued" | "refresh_running";
}

/** The refresh token of a client without cookies. */
export interface RefreshCredential {
  /**
   * The token, where it cannot be sent as a cookie; null or absent where it is. The cookie wins.
   *
   * maxLength `256`, pattern `^[A-Za-z0-9._-]+$`
   */
  refresh_token?: string | null;
}

/** What became of the refreshes of a watchlist. */
export interface RefreshStatus {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
  /**
   * Whole seconds until next_possible_refresh, rounded up; 0 if that is null.
   *
   * minimum `0`
   */
  countdown_seconds: number;
  /** Whether one waits or runs. */
  is_refreshing: boolean;
  /**
   * What it came to: succeeded if all was collected, partial if left_out was not but the rest was, failed if nothing
   * was, as no source could be asked. Null without one.
   */
  last_outcome: "succeeded" | "partial" | "failed" | null;
  /**
   * When the last one ended, whatever it came to; null if there was none.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  last_refresh: string | null;
  /**
   * What it left out: at most one entry for the news of each source, then one for prices. Empty if it succeeded, and
   * without one.
   *
   * maxItems `3`
   */
  left_out: LeftOut[];
  /**
   * When another one may be asked for: 300 seconds after the last request. Null if at once, or if one is on its way.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  next_possible_refresh: string | null;
  /** The least time from one request to the next. */
  refresh_interval_seconds: 300;
  /** queued while a refresh waits, running while it collects, else idle. */
  state: "idle" | "queued" | "running";
}

/** The refresh token is unknown or has expired, or its session has ended; sign in again. */
export interface RefreshTokenInvalid {
  /** What happened, for programs. */
  code: "INVALID_REFRESH_TOKEN";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** The refresh token was used before, as by somebody who has a copy: its session has ended; sign in again. */
export interface RefreshTokenReused {
  /** What happened, for programs. */
  code: "REFRESH_TOKEN_REUSED";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** The configuration was refreshed less than five minutes ago. */
export interface RefreshTooSoon {
  /** What happened, for programs. */
  code: "REFRESH_TOO_SOON";
  /** What happened and what to do next, for people. */
  detail: string;
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

/** Mails are sent again. */
export interface Resubscribed {
  /** What happened, for people. */
  message: string;
  /** Always resubscribed. */
  status: "resubscribed";
}

/** Whose sessions are to end, and why. */
export interface Revocation {
  /**
   * Why; kept with each user, not shown to them and not logged.
   *
   * minLength `1`, maxLength `500`
   */
  reason: string;
  /**
   * The users; one that is named twice counts once.
   *
   * maxItems `100`
   */
  user_ids: string[];
}

/** What became of one user's sessions. */
export interface RevocationOutcome {
  /** All sessions ended now · none was left to end · no such user, or an anonymous one that has expired. */
  outcome: "revoked" | "already_revoked" | "not_found";
  /**
   * As it was sent.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  user_id: string;
}

/** What was done, user by user. */
export interface RevocationReport {
  /**
   * Users who were not found.
   *
   * minimum `0`
   */
  failed_count: number;
  /**
   * Those, in the order of the request.
   *
   * maxItems `100`
   */
  failed_user_ids: string[];
  /**
   * All of them, each once, in the order of the request.
   *
   * maxItems `100`
   */
  outcomes: RevocationOutcome[];
  /**
   * Users who have no session now: those whose sessions ended and those who had none left.
   *
   * minimum `0`
   */
  revoked_count: number;
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

/**
 * What the judged articles of the last 24 hours say of a ticker, as soon as one more is among them. It replaces
 * what was said of the ticker before; a new stream begins without it. That articles have grown too old is told
 * with the next one that is judged.
 */
export interface SentimentEvent {
  /**
   * How many articles there are.
   *
   * minimum `1`
   */
  article_count: number;
  /**
   * How much the scores agree: 1 − variance / 2, four decimals. Null if there is only one.
   *
   * minimum `0`, maximum `1`
   */
  confidence: number | null;
  /** positive from 0.33 up, negative from −0.33 down, else neutral. */
  label: "positive" | "neutral" | "negative";
  /**
   * When the last of the scores was stored.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  origin_timestamp: string;
  /**
   * The mean score of the articles, four decimals.
   *
   * minimum `-1`, maximum `1`
   */
  score: number;
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

/** The tokens of a signed-in session. The refresh token is never here: it is in its cookie only. */
export interface SessionTokens {
  /**
   * The credential: send it as `Authorization: Bearer`.
   *
   * pattern `^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$`
   */
  access_token: string;
  /** Seconds until it has to be refreshed. */
  expires_in: 900;
  /**
   * The same token, under the name by which older clients read it.
   *
   * pattern `^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$`
   */
  id_token: string;
  /** How to send it. */
  token_type: "Bearer";
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

/** A watchlist that found no place in the account. It is kept. */
export interface SkippedConfiguration {
  /**
   * Names it; the account cannot read it before it has moved.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
  /**
   * What its owner called it.
   *
   * maxLength `50`
   */
  name: string;
}

/** What one source said about a ticker, over the days that the watchlist looks back. */
export interface SourceSentiment {
  /**
   * How many scores are in the mean; one article may have one of each source.
   *
   * minimum `1`
   */
  article_count: number;
  /**
   * How much the scores, or the sources' means if aggregated, agree: 1 − variance / 2. It is agreement, no
   * probability that the score is right. Null if there is only one.
   *
   * minimum `0`, maximum `1`
   */
  confidence: number | null;
  /** positive from 0.33 up, negative from −0.33 down, else neutral. */
  label: "positive" | "neutral" | "negative";
  /**
   * The last day, in UTC, on which it said something.
   *
   * pattern `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`, format `date`
   */
  newest_day: string;
  /**
   * Mean score of its articles. Aggregated: mean of the sources' means, weighted finnhub 0.40, our_model 0.35,
   * tiingo 0.25 among those that have articles.
   *
   * minimum `-1`, maximum `1`
   */
  score: number;
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

/** Sentiment and volatility of one ticker. */
export interface TickerCorrelation {
  /** Where both went. */
  correlation: Correlation;
  /**
   * The symbol, as the watchlist has it.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  symbol: string;
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

/** No such ticker on the configuration. */
export interface TickerNotWatched {
  /** What happened, for programs. */
  code: "TICKER_NOT_WATCHED";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** Sentiment of one ticker. */
export interface TickerSentiment {
  /** By source, those that were asked for; null for one that said nothing. */
  sentiment: Partial<Record<"tiingo" | "finnhub" | "our_model" | "aggregated", SourceSentiment | null>>;
  /**
   * The symbol, as the watchlist has it.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  symbol: string;
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

/** How far the price of one ticker ranges. */
export interface TickerVolatility {
  /** Null if fewer than 14 candles are known. */
  atr: AverageTrueRange | null;
  /** Whether the last candle reaches to a price made after its session: the watchlist asks for it and there is one. */
  includes_extended_hours: boolean;
  /** Who delivered the candles; null without any. */
  source: "tiingo" | "finnhub" | null;
  /**
   * The symbol, as the watchlist has it.
   *
   * pattern `^[A-Z]{1,5}(\.[A-Z]{1,2})?$`
   */
  symbol: string;
  /**
   * When the last candle ended, or when the price after it was made. Null without candles.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  updated_at: string | null;
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

/** What is known of the reader. */
export interface Tracking {
  /**
   * When a link in it was followed first; null if none is known to have been.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  clicked_at: string | null;
  /**
   * When the mail was opened first; null if nobody is known to have opened it.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  opened_at: string | null;
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

/** No mail is sent any more. */
export interface Unsubscribed {
  /** What happened, for people. */
  message: string;
  /** Always unsubscribed. */
  status: "unsubscribed";
  /**
   * Whose mails were stopped.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  user_id: string;
}

/** The body is not JSON. */
export interface UnsupportedMediaType {
  /** What happened, for programs. */
  code: "UNSUPPORTED_MEDIA_TYPE";
  /** What happened and what to do next, for people. */
  detail: string;
}

/** Who has an address. */
export interface UserLookup {
  /** How it signed up; null if there is none. */
  auth_type: "anonymous" | "email" | "google" | "github" | null;
  /** First character and domain of the account's main address, stars for the rest; null if there is no account. */
  email_masked: string | null;
  /** Whether anybody has verified it. */
  found: boolean;
  /**
   * The account; null if there is none.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  user_id: string | null;
}

/** What was said about a ticker on one day. */
export interface WatchedDay {
  /**
   * How many scores are in the mean.
   *
   * minimum `1`
   */
  article_count: number;
  /**
   * How much the scores, or the sources' means if aggregated, agree: 1 − variance / 2. It is agreement, no
   * probability that the score is right. Null if there is only one.
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

/** Days of one ticker of a watchlist. */
export interface WatchedHistory {
  /**
   * refreshing while a refresh waits or runs, fresh until next_refresh_at, else stale; stale too while last_updated
   * is null.
   */
  cache_status: "fresh" | "stale" | "refreshing";
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
  /**
   * The number of days in this page.
   *
   * minimum `0`
   */
  count: number;
  /**
   * Last day of the range: the day on which its first page was asked for.
   *
   * pattern `^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`, format `date`
   */
  end_date: string;
  /**
   * Oldest first; days without articles are absent.
   *
   * maxItems `31`
   */
  history: WatchedDay[];
  /**
   * Up to when the news of all the tickers that this is about are known. Of one ticker: when a source last told
   * everything about it, or when its newest article appeared, whichever is later; of several the earliest. A source
   * that failed has told nothing. Null if one of them was never collected, or if there are none.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  last_updated: string | null;
  /**
   * Where the next page starts; null on the last one.
   *
   * minLength `16`, maxLength `512`, pattern `^[A-Za-z0-9_-]+$`
   */
  next_cursor: string | null;
  /**
   * When this counts as stale: 300 seconds after last_updated. Null with it.
   *
   * pattern `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$`, format `date-time`
   */
  next_refresh_at: string | null;
  /** recorded for the built-in market, live for real sources. */
  provenance: "recorded" | "live";
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

/** Everything that `checkEmailConflict` is told. */
export interface CheckEmailConflictRequest {
  /** What is asked. */
  body: EmailCheck;
}

/** The bodies of `checkEmailConflict` by status. */
export interface CheckEmailConflictResponses {
  /** Whether there is a conflict */
  200: EmailConflict;
  /** The request cannot be read */
  400: BadRequest;
  /** The csrf_token cookie and the X-CSRF-Token header differ or are missing */
  403: CsrfMismatch;
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

/** How `checkEmailConflict` succeeds. */
export type CheckEmailConflictSuccess = Success<200, EmailConflict>;

/** How `checkEmailConflict` is refused, told apart by `status` and `code`. */
export type CheckEmailConflictError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<403, "AUTH_019", CsrfMismatch>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `checkEmailConflict` answers. */
export type CheckEmailConflictResult = CheckEmailConflictSuccess | CheckEmailConflictError;

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

/** Everything that `createAlert` is told. */
export interface CreateAlertRequest {
  /** The alert. */
  body: AlertDraft;
}

/** The bodies of `createAlert` by status. */
export interface CreateAlertResponses {
  /** The alert */
  201: Alert;
  /** The request cannot be read */
  400: BadRequest;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** No such configuration of the caller */
  404: ConfigurationNotFound;
  /** The configuration has as many alerts as are allowed */
  409: AlertLimitReached;
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

/** How `createAlert` succeeds. */
export type CreateAlertSuccess = Success<201, Alert>;

/** How `createAlert` is refused, told apart by `status` and `code`. */
export type CreateAlertError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<409, "ALERT_LIMIT_REACHED", AlertLimitReached>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `createAlert` answers. */
export type CreateAlertResult = CreateAlertSuccess | CreateAlertError;

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

/** The path parameters of `createConfigurationAlert`. */
export interface CreateConfigurationAlertPath {
  /**
   * The watchlist that has the symbol.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
}

/** Everything that `createConfigurationAlert` is told. */
export interface CreateConfigurationAlertRequest extends CreateConfigurationAlertPath {
  /** The alert. */
  body: ConfigurationAlertDraft;
}

/** The bodies of `createConfigurationAlert` by status. */
export interface CreateConfigurationAlertResponses {
  /** The alert */
  201: ConfigurationAlert;
  /** The request cannot be read */
  400: BadRequest;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** No such configuration of the caller */
  404: ConfigurationNotFound;
  /** The configuration has as many alerts as are allowed */
  409: AlertLimitReached;
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

/** How `createConfigurationAlert` succeeds. */
export type CreateConfigurationAlertSuccess = Success<201, ConfigurationAlert>;

/** How `createConfigurationAlert` is refused, told apart by `status` and `code`. */
export type CreateConfigurationAlertError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<409, "ALERT_LIMIT_REACHED", AlertLimitReached>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `createConfigurationAlert` answers. */
export type CreateConfigurationAlertResult = CreateConfigurationAlertSuccess | CreateConfigurationAlertError;

/** The path parameters of `deleteAlert`. */
export interface DeleteAlertPath {
  /**
   * One of the caller's alerts.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  alert_id: string;
}

/** Everything that `deleteAlert` is told. */
export interface DeleteAlertRequest extends DeleteAlertPath {}

/** The bodies of `deleteAlert` by status. */
export interface DeleteAlertResponses {
  /** The alert is gone and its place free */
  204: null;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** No such alert of the caller */
  404: AlertNotFound;
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

/** How `deleteAlert` succeeds. */
export type DeleteAlertSuccess = Success<204, null>;

/** How `deleteAlert` is refused, told apart by `status` and `code`. */
export type DeleteAlertError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<404, "ALERT_NOT_FOUND", AlertNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `deleteAlert` answers. */
export type DeleteAlertResult = DeleteAlertSuccess | DeleteAlertError;

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
  /** The rate limit of this operation is used up */
  429: TooManyRequests;
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
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `deleteConfiguration` answers. */
export type DeleteConfigurationResult = DeleteConfigurationSuccess | DeleteConfigurationError;

/** The path parameters of `deleteConfigurationAlert`. */
export interface DeleteConfigurationAlertPath {
  /**
   * The watchlist that the alert belongs to.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
  /**
   * One of the watchlist's alerts.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  alert_id: string;
}

/** Everything that `deleteConfigurationAlert` is told. */
export interface DeleteConfigurationAlertRequest extends DeleteConfigurationAlertPath {}

/** The bodies of `deleteConfigurationAlert` by status. */
export interface DeleteConfigurationAlertResponses {
  /** The alert is gone and its place free */
  204: null;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** No such alert of the caller */
  404: AlertNotFound;
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

/** How `deleteConfigurationAlert` succeeds. */
export type DeleteConfigurationAlertSuccess = Success<204, null>;

/** How `deleteConfigurationAlert` is refused, told apart by `status` and `code`. */
export type DeleteConfigurationAlertError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<404, "ALERT_NOT_FOUND", AlertNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `deleteConfigurationAlert` answers. */
export type DeleteConfigurationAlertResult = DeleteConfigurationAlertSuccess | DeleteConfigurationAlertError;

/** The bodies of `disableAllNotifications` by status. */
export interface DisableAllNotificationsResponses {
  /** Everything is off */
  200: AllDisabled;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
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

/** How `disableAllNotifications` succeeds. */
export type DisableAllNotificationsSuccess = Success<200, AllDisabled>;

/** How `disableAllNotifications` is refused, told apart by `status` and `code`. */
export type DisableAllNotificationsError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `disableAllNotifications` answers. */
export type DisableAllNotificationsResult = DisableAllNotificationsSuccess | DisableAllNotificationsError;

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
  /** The rate limit of this operation is used up */
  429: TooManyRequests;
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
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `extendSession` answers. */
export type ExtendSessionResult = ExtendSessionSuccess | ExtendSessionError;

/** The query parameters of `findUserByEmail`. */
export interface FindUserByEmailQuery {
  /**
   * The address; its case does not matter.
   *
   * maxLength `254`, pattern
   * `^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-](\.?[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]){0,63}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$`
   */
  email: string;
}

/** Everything that `findUserByEmail` is told. */
export interface FindUserByEmailRequest extends FindUserByEmailQuery {}

/** The bodies of `findUserByEmail` by status. */
export interface FindUserByEmailResponses {
  /** The account, or that there is none */
  200: UserLookup;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `findUserByEmail` succeeds. */
export type FindUserByEmailSuccess = Success<200, UserLookup>;

/** How `findUserByEmail` is refused, told apart by `status` and `code`. */
export type FindUserByEmailError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `findUserByEmail` answers. */
export type FindUserByEmailResult = FindUserByEmailSuccess | FindUserByEmailError;

/** The path parameters of `getAlert`. */
export interface GetAlertPath {
  /**
   * One of the caller's alerts.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  alert_id: string;
}

/** Everything that `getAlert` is told. */
export interface GetAlertRequest extends GetAlertPath {}

/** The bodies of `getAlert` by status. */
export interface GetAlertResponses {
  /** The alert */
  200: Alert;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** No such alert of the caller */
  404: AlertNotFound;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getAlert` succeeds. */
export type GetAlertSuccess = Success<200, Alert>;

/** How `getAlert` is refused, told apart by `status` and `code`. */
export type GetAlertError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<404, "ALERT_NOT_FOUND", AlertNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getAlert` answers. */
export type GetAlertResult = GetAlertSuccess | GetAlertError;

/** The bodies of `getAlertQuota` by status. */
export interface GetAlertQuotaResponses {
  /** What is left of the day's mails */
  200: AlertQuota;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getAlertQuota` succeeds. */
export type GetAlertQuotaSuccess = Success<200, AlertQuota>;

/** How `getAlertQuota` is refused, told apart by `status` and `code`. */
export type GetAlertQuotaError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getAlertQuota` answers. */
export type GetAlertQuotaResult = GetAlertQuotaSuccess | GetAlertQuotaError;

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
  /** The rate limit of this operation is used up */
  429: TooManyRequests;
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
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
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

/** The path parameters of `getConfigurationCorrelation`. */
export interface GetConfigurationCorrelationPath {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
}

/** Everything that `getConfigurationCorrelation` is told. */
export interface GetConfigurationCorrelationRequest extends GetConfigurationCorrelationPath {}

/** The bodies of `getConfigurationCorrelation` by status. */
export interface GetConfigurationCorrelationResponses {
  /** Where sentiment and volatility went */
  200: ConfigurationCorrelation;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** Not authenticated */
  401: Unauthenticated;
  /** No such configuration of the caller */
  404: ConfigurationNotFound;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** The rate limit of this operation is used up */
  429: TooManyRequests;
  /** Internal Server Error */
  500: InternalServerError;
  /**
   * The exchange's calendar is not known for this day; it has to be brought up to date by whoever runs the
   * service; The store or a source does not answer; retry after the seconds that Retry-After gives
   */
  503: MarketCalendarEnded | ServiceUnavailable;
}

/** How `getConfigurationCorrelation` succeeds. */
export type GetConfigurationCorrelationSuccess = Success<200, ConfigurationCorrelation>;

/** How `getConfigurationCorrelation` is refused, told apart by `status` and `code`. */
export type GetConfigurationCorrelationError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "MARKET_CALENDAR_ENDED", MarketCalendarEnded>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getConfigurationCorrelation` answers. */
export type GetConfigurationCorrelationResult = GetConfigurationCorrelationSuccess | GetConfigurationCorrelationError;

/** The path parameters of `getConfigurationHeatmap`. */
export interface GetConfigurationHeatmapPath {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
}

/** The query parameters of `getConfigurationHeatmap`. */
export interface GetConfigurationHeatmapQuery {
  /**
   * Whether the columns are sources or periods; time_periods is another spelling of timeperiods.
   * @defaultValue `"sources"`
   */
  view?: "sources" | "timeperiods" | "time_periods";
}

/** Everything that `getConfigurationHeatmap` is told. */
export interface GetConfigurationHeatmapRequest extends GetConfigurationHeatmapPath, GetConfigurationHeatmapQuery {}

/** The bodies of `getConfigurationHeatmap` by status. */
export interface GetConfigurationHeatmapResponses {
  /** The matrix */
  200: Heatmap;
  /** The bytes named by If-None-Match are still current */
  304: null;
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

/** How `getConfigurationHeatmap` succeeds. */
export type GetConfigurationHeatmapSuccess = Success<200, Heatmap>;

/** How `getConfigurationHeatmap` is refused, told apart by `status` and `code`. */
export type GetConfigurationHeatmapError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getConfigurationHeatmap` answers. */
export type GetConfigurationHeatmapResult = GetConfigurationHeatmapSuccess | GetConfigurationHeatmapError;

/** The path parameters of `getConfigurationPremarket`. */
export interface GetConfigurationPremarketPath {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
}

/** Everything that `getConfigurationPremarket` is told. */
export interface GetConfigurationPremarketRequest extends GetConfigurationPremarketPath {}

/** The bodies of `getConfigurationPremarket` by status. */
export interface GetConfigurationPremarketResponses {
  /** The estimates, or where to look while the market is open */
  200: ConfigurationPremarket;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** Not authenticated */
  401: Unauthenticated;
  /** No such configuration of the caller */
  404: ConfigurationNotFound;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** The rate limit of this operation is used up */
  429: TooManyRequests;
  /** Internal Server Error */
  500: InternalServerError;
  /**
   * The exchange's calendar is not known for this day; it has to be brought up to date by whoever runs the
   * service; The store or a source does not answer; retry after the seconds that Retry-After gives
   */
  503: MarketCalendarEnded | ServiceUnavailable;
}

/** How `getConfigurationPremarket` succeeds. */
export type GetConfigurationPremarketSuccess = Success<200, ConfigurationPremarket>;

/** How `getConfigurationPremarket` is refused, told apart by `status` and `code`. */
export type GetConfigurationPremarketError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "MARKET_CALENDAR_ENDED", MarketCalendarEnded>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getConfigurationPremarket` answers. */
export type GetConfigurationPremarketResult = GetConfigurationPremarketSuccess | GetConfigurationPremarketError;

/** The path parameters of `getConfigurationSentiment`. */
export interface GetConfigurationSentimentPath {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
}

/** The query parameters of `getConfigurationSentiment`. */
export interface GetConfigurationSentimentQuery {
  /**
   * Whose sentiment; all four if absent. One named twice counts once.
   *
   * minItems `1`, maxItems `4`
   */
  sources?: ("tiingo" | "finnhub" | "our_model" | "aggregated")[];
}

/** Everything that `getConfigurationSentiment` is told. */
export interface GetConfigurationSentimentRequest extends GetConfigurationSentimentPath, GetConfigurationSentimentQuery {}

/** The bodies of `getConfigurationSentiment` by status. */
export interface GetConfigurationSentimentResponses {
  /** Sentiment by ticker and source */
  200: ConfigurationSentiment;
  /** The bytes named by If-None-Match are still current */
  304: null;
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

/** How `getConfigurationSentiment` succeeds. */
export type GetConfigurationSentimentSuccess = Success<200, ConfigurationSentiment>;

/** How `getConfigurationSentiment` is refused, told apart by `status` and `code`. */
export type GetConfigurationSentimentError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getConfigurationSentiment` answers. */
export type GetConfigurationSentimentResult = GetConfigurationSentimentSuccess | GetConfigurationSentimentError;

/** The path parameters of `getConfigurationTickerHistory`. */
export interface GetConfigurationTickerHistoryPath {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
  /**
   * The symbol, in any case.
   *
   * pattern `^[A-Za-z]{1,5}(\.[A-Za-z]{1,2})?$`
   */
  ticker: string;
}

/** The query parameters of `getConfigurationTickerHistory`. */
export interface GetConfigurationTickerHistoryQuery {
  /**
   * Whose sentiment; aggregated for that of all sources together.
   * @defaultValue `"aggregated"`
   */
  source?: "tiingo" | "finnhub" | "our_model" | "aggregated";
  /**
   * How many days back from today, which is included.
   *
   * minimum `1`, maximum `30`
   * @defaultValue `7`
   */
  days?: number;
  /**
   * The most days wanted.
   *
   * minimum `1`, maximum `31`
   * @defaultValue `31`
   */
  limit?: number;
  /**
   * `next_cursor` of the page before, with the same watchlist, ticker, source and days.
   *
   * minLength `16`, maxLength `512`, pattern `^[A-Za-z0-9_-]+$`
   */
  cursor?: string;
}

/** Everything that `getConfigurationTickerHistory` is told. */
export interface GetConfigurationTickerHistoryRequest extends GetConfigurationTickerHistoryPath, GetConfigurationTickerHistoryQuery {}

/** The bodies of `getConfigurationTickerHistory` by status. */
export interface GetConfigurationTickerHistoryResponses {
  /** The days, possibly none */
  200: WatchedHistory;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** Not authenticated */
  401: Unauthenticated;
  /** No such configuration of the caller; No such ticker on the configuration */
  404: ConfigurationNotFound | TickerNotWatched;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getConfigurationTickerHistory` succeeds. */
export type GetConfigurationTickerHistorySuccess = Success<200, WatchedHistory>;

/** How `getConfigurationTickerHistory` is refused, told apart by `status` and `code`. */
export type GetConfigurationTickerHistoryError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<404, "TICKER_NOT_WATCHED", TickerNotWatched>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getConfigurationTickerHistory` answers. */
export type GetConfigurationTickerHistoryResult = GetConfigurationTickerHistorySuccess | GetConfigurationTickerHistoryError;

/** The path parameters of `getConfigurationVolatility`. */
export interface GetConfigurationVolatilityPath {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
}

/** Everything that `getConfigurationVolatility` is told. */
export interface GetConfigurationVolatilityRequest extends GetConfigurationVolatilityPath {}

/** The bodies of `getConfigurationVolatility` by status. */
export interface GetConfigurationVolatilityResponses {
  /** The average true range of each ticker */
  200: ConfigurationVolatility;
  /** The bytes named by If-None-Match are still current */
  304: null;
  /** Not authenticated */
  401: Unauthenticated;
  /** No such configuration of the caller */
  404: ConfigurationNotFound;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** The rate limit of this operation is used up */
  429: TooManyRequests;
  /** Internal Server Error */
  500: InternalServerError;
  /**
   * The exchange's calendar is not known for this day; it has to be brought up to date by whoever runs the
   * service; The store or a source does not answer; retry after the seconds that Retry-After gives
   */
  503: MarketCalendarEnded | ServiceUnavailable;
}

/** How `getConfigurationVolatility` succeeds. */
export type GetConfigurationVolatilitySuccess = Success<200, ConfigurationVolatility>;

/** How `getConfigurationVolatility` is refused, told apart by `status` and `code`. */
export type GetConfigurationVolatilityError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "MARKET_CALENDAR_ENDED", MarketCalendarEnded>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getConfigurationVolatility` answers. */
export type GetConfigurationVolatilityResult = GetConfigurationVolatilitySuccess | GetConfigurationVolatilityError;

/** The bodies of `getDigestSettings` by status. */
export interface GetDigestSettingsResponses {
  /** The settings */
  200: DigestSettings;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getDigestSettings` succeeds. */
export type GetDigestSettingsSuccess = Success<200, DigestSettings>;

/** How `getDigestSettings` is refused, told apart by `status` and `code`. */
export type GetDigestSettingsError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getDigestSettings` answers. */
export type GetDigestSettingsResult = GetDigestSettingsSuccess | GetDigestSettingsError;

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
  /** The exchange's calendar is not known for this day; it has to be brought up to date by whoever runs the service */
  503: MarketCalendarEnded;
}

/** How `getMarketStatus` succeeds. */
export type GetMarketStatusSuccess = Success<200, MarketStatus>;

/** How `getMarketStatus` is refused, told apart by `status` and `code`. */
export type GetMarketStatusError =
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "MARKET_CALENDAR_ENDED", MarketCalendarEnded>
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

/** The query parameters of `getMergeStatus`. */
export interface GetMergeStatusQuery {
  /**
   * The anonymous session asked about. Without it: the caller's own, or for an account the one it merged last.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  anonymous_user_id?: string;
}

/** Everything that `getMergeStatus` is told. */
export interface GetMergeStatusRequest extends GetMergeStatusQuery {}

/** The bodies of `getMergeStatus` by status. */
export interface GetMergeStatusResponses {
  /** How far the merge is */
  200: MergeStatus;
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

/** How `getMergeStatus` succeeds. */
export type GetMergeStatusSuccess = Success<200, MergeStatus>;

/** How `getMergeStatus` is refused, told apart by `status` and `code`. */
export type GetMergeStatusError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getMergeStatus` answers. */
export type GetMergeStatusResult = GetMergeStatusSuccess | GetMergeStatusError;

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

/** The path parameters of `getNotification`. */
export interface GetNotificationPath {
  /**
   * One of the caller's notifications.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  notification_id: string;
}

/** Everything that `getNotification` is told. */
export interface GetNotificationRequest extends GetNotificationPath {}

/** The bodies of `getNotification` by status. */
export interface GetNotificationResponses {
  /** The notification */
  200: NotificationDetail;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** No such notification of the caller */
  404: NotificationNotFound;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getNotification` succeeds. */
export type GetNotificationSuccess = Success<200, NotificationDetail>;

/** How `getNotification` is refused, told apart by `status` and `code`. */
export type GetNotificationError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<404, "NOTIFICATION_NOT_FOUND", NotificationNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getNotification` answers. */
export type GetNotificationResult = GetNotificationSuccess | GetNotificationError;

/** The bodies of `getNotificationPreferences` by status. */
export interface GetNotificationPreferencesResponses {
  /** The preferences */
  200: NotificationPreferences;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `getNotificationPreferences` succeeds. */
export type GetNotificationPreferencesSuccess = Success<200, NotificationPreferences>;

/** How `getNotificationPreferences` is refused, told apart by `status` and `code`. */
export type GetNotificationPreferencesError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getNotificationPreferences` answers. */
export type GetNotificationPreferencesResult = GetNotificationPreferencesSuccess | GetNotificationPreferencesError;

/** The query parameters of `getOauthUrls`. */
export interface GetOauthUrlsQuery {
  /**
   * The page that the provider sends back to; it has to be set up. The usual one if not said.
   *
   * maxLength `512`, pattern `^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?$`
   */
  redirect_uri?: string;
}

/** Everything that `getOauthUrls` is told. */
export interface GetOauthUrlsRequest extends GetOauthUrlsQuery {}

/** The bodies of `getOauthUrls` by status. */
export interface GetOauthUrlsResponses {
  /** Where to send the browser */
  200: OAuthUrls;
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

/** How `getOauthUrls` succeeds. */
export type GetOauthUrlsSuccess = Success<200, OAuthUrls>;

/** How `getOauthUrls` is refused, told apart by `status` and `code`. */
export type GetOauthUrlsError =
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getOauthUrls` answers. */
export type GetOauthUrlsResult = GetOauthUrlsSuccess | GetOauthUrlsError;

/** The path parameters of `getRefreshStatus`. */
export interface GetRefreshStatusPath {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
}

/** Everything that `getRefreshStatus` is told. */
export interface GetRefreshStatusRequest extends GetRefreshStatusPath {}

/** The bodies of `getRefreshStatus` by status. */
export interface GetRefreshStatusResponses {
  /** What became of the refreshes */
  200: RefreshStatus;
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

/** How `getRefreshStatus` succeeds. */
export type GetRefreshStatusSuccess = Success<200, RefreshStatus>;

/** How `getRefreshStatus` is refused, told apart by `status` and `code`. */
export type GetRefreshStatusError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `getRefreshStatus` answers. */
export type GetRefreshStatusResult = GetRefreshStatusSuccess | GetRefreshStatusError;

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

/** Everything that `linkAccounts` is told. */
export interface LinkAccountsRequest {
  /** What is added. */
  body: AccountLink;
}

/** The bodies of `linkAccounts` by status. */
export interface LinkAccountsResponses {
  /** The provider opens the account from now on */
  200: LinkedAccount;
  /** The request cannot be read */
  400: BadRequest;
  /** Not authenticated */
  401: Unauthenticated;
  /** The csrf_token cookie and the X-CSRF-Token header differ or are missing; The caller's role does not allow this */
  403: CsrfMismatch | Forbidden;
  /** No way in of this account and address waits under this token; sign in with the provider again for a new one */
  404: ConfirmationNotFound;
  /** This identity of the provider belongs to another account than the mail address; sign in to it another way */
  409: ProviderIdentityTaken;
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

/** How `linkAccounts` succeeds. */
export type LinkAccountsSuccess = Success<200, LinkedAccount>;

/** How `linkAccounts` is refused, told apart by `status` and `code`. */
export type LinkAccountsError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "AUTH_019", CsrfMismatch>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<404, "CONFIRMATION_NOT_FOUND", ConfirmationNotFound>
  | Failure<409, "AUTH_023", ProviderIdentityTaken>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `linkAccounts` answers. */
export type LinkAccountsResult = LinkAccountsSuccess | LinkAccountsError;

/** The query parameters of `listAlerts`. */
export interface ListAlertsQuery {
  /**
   * Only those of this watchlist; none if it is not the caller's.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id?: string;
  /**
   * Only those on this symbol.
   *
   * pattern `^[A-Za-z]{1,5}(\.[A-Za-z]{1,2})?$`
   */
  ticker?: string;
  /** Only those that may fire, or only those that may not. */
  enabled?: boolean;
}

/** Everything that `listAlerts` is told. */
export interface ListAlertsRequest extends ListAlertsQuery {}

/** The bodies of `listAlerts` by status. */
export interface ListAlertsResponses {
  /** The alerts */
  200: AlertList;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `listAlerts` succeeds. */
export type ListAlertsSuccess = Success<200, AlertList>;

/** How `listAlerts` is refused, told apart by `status` and `code`. */
export type ListAlertsError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `listAlerts` answers. */
export type ListAlertsResult = ListAlertsSuccess | ListAlertsError;

/** The path parameters of `listConfigurationAlerts`. */
export interface ListConfigurationAlertsPath {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
}

/** Everything that `listConfigurationAlerts` is told. */
export interface ListConfigurationAlertsRequest extends ListConfigurationAlertsPath {}

/** The bodies of `listConfigurationAlerts` by status. */
export interface ListConfigurationAlertsResponses {
  /** The alerts */
  200: ConfigurationAlertList;
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

/** How `listConfigurationAlerts` succeeds. */
export type ListConfigurationAlertsSuccess = Success<200, ConfigurationAlertList>;

/** How `listConfigurationAlerts` is refused, told apart by `status` and `code`. */
export type ListConfigurationAlertsError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `listConfigurationAlerts` answers. */
export type ListConfigurationAlertsResult = ListConfigurationAlertsSuccess | ListConfigurationAlertsError;

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

/** The query parameters of `listNotifications`. */
export interface ListNotificationsQuery {
  /** Only those whose mail is here on its way. */
  status?: "pending" | "sent" | "failed" | "bounced";
  /**
   * Only those of this alert, also of a deleted one; none if it never was the caller's.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  alert_id?: string;
  /**
   * The most notifications wanted.
   *
   * minimum `1`, maximum `100`
   * @defaultValue `20`
   */
  limit?: number;
  /**
   * `next_cursor` of the page before, with the same filters.
   *
   * minLength `16`, maxLength `512`, pattern `^[A-Za-z0-9_-]+$`
   */
  cursor?: string;
}

/** Everything that `listNotifications` is told. */
export interface ListNotificationsRequest extends ListNotificationsQuery {}

/** The bodies of `listNotifications` by status. */
export interface ListNotificationsResponses {
  /** The notifications, possibly none */
  200: NotificationPage;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `listNotifications` succeeds. */
export type ListNotificationsSuccess = Success<200, NotificationPage>;

/** How `listNotifications` is refused, told apart by `status` and `code`. */
export type ListNotificationsError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `listNotifications` answers. */
export type ListNotificationsResult = ListNotificationsSuccess | ListNotificationsError;

/** Everything that `mergeAnonymousData` is told. */
export interface MergeAnonymousDataRequest {
  /** What is merged into the caller's account. */
  body: MergeSource;
}

/** The bodies of `mergeAnonymousData` by status. */
export interface MergeAnonymousDataResponses {
  /** The merge, done as far as there is room */
  200: Merge;
  /** The request cannot be read */
  400: BadRequest;
  /** Not authenticated */
  401: Unauthenticated;
  /** The csrf_token cookie and the X-CSRF-Token header differ or are missing; The caller's role does not allow this */
  403: CsrfMismatch | Forbidden;
  /** No live anonymous session has this token, so there is nothing to merge */
  404: AnonymousSessionNotFound;
  /** The anonymous session was merged into another account; sign in to that one */
  409: MergedElsewhere;
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

/** How `mergeAnonymousData` succeeds. */
export type MergeAnonymousDataSuccess = Success<200, Merge>;

/** How `mergeAnonymousData` is refused, told apart by `status` and `code`. */
export type MergeAnonymousDataError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "AUTH_019", CsrfMismatch>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<404, "ANONYMOUS_SESSION_NOT_FOUND", AnonymousSessionNotFound>
  | Failure<409, "MERGED_ELSEWHERE", MergedElsewhere>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `mergeAnonymousData` answers. */
export type MergeAnonymousDataResult = MergeAnonymousDataSuccess | MergeAnonymousDataError;

/** The path parameters of `refreshConfiguration`. */
export interface RefreshConfigurationPath {
  /**
   * The watchlist.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
}

/** Everything that `refreshConfiguration` is told. */
export interface RefreshConfigurationRequest extends RefreshConfigurationPath {}

/** The bodies of `refreshConfiguration` by status. */
export interface RefreshConfigurationResponses {
  /** A refresh is on its way */
  202: QueuedRefresh;
  /** Not authenticated */
  401: Unauthenticated;
  /** No such configuration of the caller */
  404: ConfigurationNotFound;
  /** The body is larger than 1 MiB */
  413: ContentTooLarge;
  /** One or more values break the contract */
  422: Invalid;
  /** The configuration was refreshed less than five minutes ago; The rate limit of this operation is used up */
  429: RefreshTooSoon | TooManyRequests;
  /** Internal Server Error */
  500: InternalServerError;
  /** The store or a source does not answer; retry after the seconds that Retry-After gives */
  503: ServiceUnavailable;
}

/** How `refreshConfiguration` succeeds. */
export type RefreshConfigurationSuccess = Success<202, QueuedRefresh>;

/** How `refreshConfiguration` is refused, told apart by `status` and `code`. */
export type RefreshConfigurationError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<404, "CONFIGURATION_NOT_FOUND", ConfigurationNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "REFRESH_TOO_SOON", RefreshTooSoon>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `refreshConfiguration` answers. */
export type RefreshConfigurationResult = RefreshConfigurationSuccess | RefreshConfigurationError;

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
  /** The rate limit of this operation is used up */
  429: TooManyRequests;
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
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `refreshSession` answers. */
export type RefreshSessionResult = RefreshSessionSuccess | RefreshSessionError;

/** The cookies of `refreshTokens`. */
export interface RefreshTokensCookies {
  /**
   * The token that the last sign-in or refresh has set.
   *
   * Sent as the cookie `refresh_token`. A browser sends its own, whatever stands here: for Node and its like.
   *
   * maxLength `256`, pattern `^[A-Za-z0-9._-]+$`
   */
  refresh_token?: string;
}

/** Everything that `refreshTokens` is told. */
export interface RefreshTokensRequest extends RefreshTokensCookies {
  /** The token, where there is no cookie. */
  body?: RefreshCredential;
}

/** The bodies of `refreshTokens` by status. */
export interface RefreshTokensResponses {
  /** New tokens; the new refresh token is in its cookie */
  200: SessionTokens;
  /** The request cannot be read */
  400: BadRequest;
  /**
   * The refresh token is unknown or has expired, or its session has ended; sign in again; The refresh token was
   * used before, as by somebody who has a copy: its session has ended; sign in again; Not authenticated
   */
  401: RefreshTokenInvalid | RefreshTokenReused | Unauthenticated;
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

/** How `refreshTokens` succeeds. */
export type RefreshTokensSuccess = Success<200, SessionTokens>;

/** How `refreshTokens` is refused, told apart by `status` and `code`. */
export type RefreshTokensError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<401, "INVALID_REFRESH_TOKEN", RefreshTokenInvalid>
  | Failure<401, "REFRESH_TOKEN_REUSED", RefreshTokenReused>
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `refreshTokens` answers. */
export type RefreshTokensResult = RefreshTokensSuccess | RefreshTokensError;

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
  /** The rate limit of this operation is used up */
  429: TooManyRequests;
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
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `replaceConfiguration` answers. */
export type ReplaceConfigurationResult = ReplaceConfigurationSuccess | ReplaceConfigurationError;

/** Everything that `requestMagicLink` is told. */
export interface RequestMagicLinkRequest {
  /** Who wants to sign in. */
  body: MagicLinkRequest;
}

/** The bodies of `requestMagicLink` by status. */
export interface RequestMagicLinkResponses {
  /** A link is on its way */
  202: MagicLinkRequested;
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

/** How `requestMagicLink` succeeds. */
export type RequestMagicLinkSuccess = Success<202, MagicLinkRequested>;

/** How `requestMagicLink` is refused, told apart by `status` and `code`. */
export type RequestMagicLinkError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `requestMagicLink` answers. */
export type RequestMagicLinkResult = RequestMagicLinkSuccess | RequestMagicLinkError;

/** The bodies of `resubscribeToMails` by status. */
export interface ResubscribeToMailsResponses {
  /** Mails are sent again */
  200: Resubscribed;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
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

/** How `resubscribeToMails` succeeds. */
export type ResubscribeToMailsSuccess = Success<200, Resubscribed>;

/** How `resubscribeToMails` is refused, told apart by `status` and `code`. */
export type ResubscribeToMailsError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `resubscribeToMails` answers. */
export type ResubscribeToMailsResult = ResubscribeToMailsSuccess | ResubscribeToMailsError;

/** Everything that `revokeSessionsBulk` is told. */
export interface RevokeSessionsBulkRequest {
  /** What is revoked. */
  body: Revocation;
}

/** The bodies of `revokeSessionsBulk` by status. */
export interface RevokeSessionsBulkResponses {
  /** What was done; repeating it is safe */
  200: RevocationReport;
  /** The request cannot be read */
  400: BadRequest;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
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

/** How `revokeSessionsBulk` succeeds. */
export type RevokeSessionsBulkSuccess = Success<200, RevocationReport>;

/** How `revokeSessionsBulk` is refused, told apart by `status` and `code`. */
export type RevokeSessionsBulkError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `revokeSessionsBulk` answers. */
export type RevokeSessionsBulkResult = RevokeSessionsBulkSuccess | RevokeSessionsBulkError;

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

/** The bodies of `sendTestDigest` by status. */
export interface SendTestDigestResponses {
  /** A sample is on its way */
  202: DigestSampleQueued;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** The caller has no verified address that mails could go to */
  409: NoMailAddress;
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

/** How `sendTestDigest` succeeds. */
export type SendTestDigestSuccess = Success<202, DigestSampleQueued>;

/** How `sendTestDigest` is refused, told apart by `status` and `code`. */
export type SendTestDigestError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<409, "NO_MAIL_ADDRESS", NoMailAddress>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `sendTestDigest` answers. */
export type SendTestDigestResult = SendTestDigestSuccess | SendTestDigestError;

/** Everything that `signInWithProvider` is told. */
export interface SignInWithProviderRequest {
  /** What the provider sent. */
  body: OAuthReturn;
}

/** The bodies of `signInWithProvider` by status. */
export interface SignInWithProviderResponses {
  /** Signed in, or to be confirmed */
  200: OAuthOutcome;
  /** The request cannot be read */
  400: BadRequest;
  /**
   * The provider has not verified the mail address, and only a verified one opens an account; verify it there, or
   * sign in by mail; This identity of the provider belongs to another account than the mail address; sign in to it
   * another way
   */
  409: ProviderEmailUnverified | ProviderIdentityTaken;
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

/** How `signInWithProvider` succeeds. */
export type SignInWithProviderSuccess = Success<200, OAuthOutcome>;

/** How `signInWithProvider` is refused, told apart by `status` and `code`. */
export type SignInWithProviderError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<409, "AUTH_022", ProviderEmailUnverified>
  | Failure<409, "AUTH_023", ProviderIdentityTaken>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `signInWithProvider` answers. */
export type SignInWithProviderResult = SignInWithProviderSuccess | SignInWithProviderError;

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
  /** The rate limit of this operation is used up */
  429: TooManyRequests;
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
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
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
  | Sent<"sentiment_update", SentimentEvent>
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
   * Only the buckets and the sentiment of these; every ticker if absent.
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
  | Sent<"sentiment_update", SentimentEvent>
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

/** The path parameters of `toggleAlert`. */
export interface ToggleAlertPath {
  /**
   * One of the caller's alerts.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  alert_id: string;
}

/** Everything that `toggleAlert` is told. */
export interface ToggleAlertRequest extends ToggleAlertPath {}

/** The bodies of `toggleAlert` by status. */
export interface ToggleAlertResponses {
  /** Whether it may fire now */
  200: AlertSwitch;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** No such alert of the caller */
  404: AlertNotFound;
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

/** How `toggleAlert` succeeds. */
export type ToggleAlertSuccess = Success<200, AlertSwitch>;

/** How `toggleAlert` is refused, told apart by `status` and `code`. */
export type ToggleAlertError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<404, "ALERT_NOT_FOUND", AlertNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `toggleAlert` answers. */
export type ToggleAlertResult = ToggleAlertSuccess | ToggleAlertError;

/** The path parameters of `toggleConfigurationAlert`. */
export interface ToggleConfigurationAlertPath {
  /**
   * The watchlist that the alert belongs to.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
  /**
   * One of the watchlist's alerts.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  alert_id: string;
}

/** Everything that `toggleConfigurationAlert` is told. */
export interface ToggleConfigurationAlertRequest extends ToggleConfigurationAlertPath {}

/** The bodies of `toggleConfigurationAlert` by status. */
export interface ToggleConfigurationAlertResponses {
  /** Whether it may fire now */
  200: AlertSwitch;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** No such alert of the caller */
  404: AlertNotFound;
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

/** How `toggleConfigurationAlert` succeeds. */
export type ToggleConfigurationAlertSuccess = Success<200, AlertSwitch>;

/** How `toggleConfigurationAlert` is refused, told apart by `status` and `code`. */
export type ToggleConfigurationAlertError =
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<404, "ALERT_NOT_FOUND", AlertNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `toggleConfigurationAlert` answers. */
export type ToggleConfigurationAlertResult = ToggleConfigurationAlertSuccess | ToggleConfigurationAlertError;

/** The query parameters of `unsubscribeFromMails`. */
export interface UnsubscribeFromMailsQuery {
  /**
   * The token of the link.
   *
   * pattern `^[A-Za-z0-9_-]{48}$`
   */
  token: string;
}

/** Everything that `unsubscribeFromMails` is told. */
export interface UnsubscribeFromMailsRequest extends UnsubscribeFromMailsQuery {}

/** The bodies of `unsubscribeFromMails` by status. */
export interface UnsubscribeFromMailsResponses {
  /** No mail is sent any more */
  200: Unsubscribed;
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

/** How `unsubscribeFromMails` succeeds. */
export type UnsubscribeFromMailsSuccess = Success<200, Unsubscribed>;

/** How `unsubscribeFromMails` is refused, told apart by `status` and `code`. */
export type UnsubscribeFromMailsError =
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `unsubscribeFromMails` answers. */
export type UnsubscribeFromMailsResult = UnsubscribeFromMailsSuccess | UnsubscribeFromMailsError;

/** The query parameters of `unsubscribeInOneClick`. */
export interface UnsubscribeInOneClickQuery {
  /**
   * The token of the link.
   *
   * pattern `^[A-Za-z0-9_-]{48}$`
   */
  token: string;
}

/** Everything that `unsubscribeInOneClick` is told. */
export interface UnsubscribeInOneClickRequest extends UnsubscribeInOneClickQuery {}

/** The bodies of `unsubscribeInOneClick` by status. */
export interface UnsubscribeInOneClickResponses {
  /** No mail is sent any more */
  200: Unsubscribed;
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

/** How `unsubscribeInOneClick` succeeds. */
export type UnsubscribeInOneClickSuccess = Success<200, Unsubscribed>;

/** How `unsubscribeInOneClick` is refused, told apart by `status` and `code`. */
export type UnsubscribeInOneClickError =
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `unsubscribeInOneClick` answers. */
export type UnsubscribeInOneClickResult = UnsubscribeInOneClickSuccess | UnsubscribeInOneClickError;

/** The path parameters of `updateAlert`. */
export interface UpdateAlertPath {
  /**
   * One of the caller's alerts.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  alert_id: string;
}

/** Everything that `updateAlert` is told. */
export interface UpdateAlertRequest extends UpdateAlertPath {
  /** What to change. */
  body: AlertChanges;
}

/** The bodies of `updateAlert` by status. */
export interface UpdateAlertResponses {
  /** The alert as it is now */
  200: ChangedAlert;
  /** The request cannot be read */
  400: BadRequest;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** No such alert of the caller */
  404: AlertNotFound;
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

/** How `updateAlert` succeeds. */
export type UpdateAlertSuccess = Success<200, ChangedAlert>;

/** How `updateAlert` is refused, told apart by `status` and `code`. */
export type UpdateAlertError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<404, "ALERT_NOT_FOUND", AlertNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `updateAlert` answers. */
export type UpdateAlertResult = UpdateAlertSuccess | UpdateAlertError;

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
  /** The rate limit of this operation is used up */
  429: TooManyRequests;
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
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `updateConfiguration` answers. */
export type UpdateConfigurationResult = UpdateConfigurationSuccess | UpdateConfigurationError;

/** The path parameters of `updateConfigurationAlert`. */
export interface UpdateConfigurationAlertPath {
  /**
   * The watchlist that the alert belongs to.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  config_id: string;
  /**
   * One of the watchlist's alerts.
   *
   * pattern `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, format `uuid`
   */
  alert_id: string;
}

/** Everything that `updateConfigurationAlert` is told. */
export interface UpdateConfigurationAlertRequest extends UpdateConfigurationAlertPath {
  /** What to change. */
  body: AlertChanges;
}

/** The bodies of `updateConfigurationAlert` by status. */
export interface UpdateConfigurationAlertResponses {
  /** The alert as it is now */
  200: ChangedAlert;
  /** The request cannot be read */
  400: BadRequest;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
  /** No such alert of the caller */
  404: AlertNotFound;
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

/** How `updateConfigurationAlert` succeeds. */
export type UpdateConfigurationAlertSuccess = Success<200, ChangedAlert>;

/** How `updateConfigurationAlert` is refused, told apart by `status` and `code`. */
export type UpdateConfigurationAlertError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<404, "ALERT_NOT_FOUND", AlertNotFound>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `updateConfigurationAlert` answers. */
export type UpdateConfigurationAlertResult = UpdateConfigurationAlertSuccess | UpdateConfigurationAlertError;

/** Everything that `updateDigestSettings` is told. */
export interface UpdateDigestSettingsRequest {
  /** What to change. */
  body: DigestChanges;
}

/** The bodies of `updateDigestSettings` by status. */
export interface UpdateDigestSettingsResponses {
  /** The settings as they are now */
  200: DigestSettings;
  /** The request cannot be read */
  400: BadRequest;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
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

/** How `updateDigestSettings` succeeds. */
export type UpdateDigestSettingsSuccess = Success<200, DigestSettings>;

/** How `updateDigestSettings` is refused, told apart by `status` and `code`. */
export type UpdateDigestSettingsError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `updateDigestSettings` answers. */
export type UpdateDigestSettingsResult = UpdateDigestSettingsSuccess | UpdateDigestSettingsError;

/** Everything that `updateNotificationPreferences` is told. */
export interface UpdateNotificationPreferencesRequest {
  /** What to change. */
  body: PreferenceChanges;
}

/** The bodies of `updateNotificationPreferences` by status. */
export interface UpdateNotificationPreferencesResponses {
  /** The preferences as they are now */
  200: NotificationPreferences;
  /** The request cannot be read */
  400: BadRequest;
  /** Not authenticated */
  401: Unauthenticated;
  /** The caller's role does not allow this */
  403: Forbidden;
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

/** How `updateNotificationPreferences` succeeds. */
export type UpdateNotificationPreferencesSuccess = Success<200, NotificationPreferences>;

/** How `updateNotificationPreferences` is refused, told apart by `status` and `code`. */
export type UpdateNotificationPreferencesError =
  | Failure<400, "BAD_REQUEST", BadRequest>
  | Failure<401, "UNAUTHENTICATED", Unauthenticated>
  | Failure<403, "FORBIDDEN", Forbidden>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<415, "UNSUPPORTED_MEDIA_TYPE", UnsupportedMediaType>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `updateNotificationPreferences` answers. */
export type UpdateNotificationPreferencesResult = UpdateNotificationPreferencesSuccess | UpdateNotificationPreferencesError;

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

/** The query parameters of `verifyMagicLink`. */
export interface VerifyMagicLinkQuery {
  /**
   * The token that the link carries.
   *
   * maxLength `128`, pattern `^[A-Za-z0-9_-]+$`
   */
  token: string;
}

/** Everything that `verifyMagicLink` is told. */
export interface VerifyMagicLinkRequest extends VerifyMagicLinkQuery {}

/** The bodies of `verifyMagicLink` by status. */
export interface VerifyMagicLinkResponses {
  /** Signed in */
  200: MagicLinkVerified;
  /** No sign-in link has this token; ask for a new link */
  404: MagicLinkNotFound;
  /** A newer sign-in link was mailed to this address; use that one; The sign-in link was used; ask for a new link */
  409: MagicLinkSuperseded | MagicLinkUsed;
  /** The sign-in link has expired: links last an hour; ask for a new link */
  410: MagicLinkExpired;
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

/** How `verifyMagicLink` succeeds. */
export type VerifyMagicLinkSuccess = Success<200, MagicLinkVerified>;

/** How `verifyMagicLink` is refused, told apart by `status` and `code`. */
export type VerifyMagicLinkError =
  | Failure<404, "MAGIC_LINK_NOT_FOUND", MagicLinkNotFound>
  | Failure<409, "MAGIC_LINK_SUPERSEDED", MagicLinkSuperseded>
  | Failure<409, "MAGIC_LINK_USED", MagicLinkUsed>
  | Failure<410, "MAGIC_LINK_EXPIRED", MagicLinkExpired>
  | Failure<413, "CONTENT_TOO_LARGE", ContentTooLarge>
  | Failure<422, null, Invalid>
  | Failure<429, "TOO_MANY_REQUESTS", TooManyRequests>
  | Failure<500, "INTERNAL_SERVER_ERROR", InternalServerError>
  | Failure<503, "SERVICE_UNAVAILABLE", ServiceUnavailable>
;

/** What `verifyMagicLink` answers. */
export type VerifyMagicLinkResult = VerifyMagicLinkSuccess | VerifyMagicLinkError;

/** Every operation by its id, for code that is about operations in general. */
export interface Operations {
  checkEmailConflict: {
    method: "POST";
    path: "/api/v2/auth/check-email";
    request: CheckEmailConflictRequest;
    responses: CheckEmailConflictResponses;
    result: CheckEmailConflictResult;
  };
  checkHealth: {
    method: "GET";
    path: "/health";
    request: undefined;
    responses: CheckHealthResponses;
    result: CheckHealthResult;
  };
  createAlert: {
    method: "POST";
    path: "/api/v2/alerts";
    request: CreateAlertRequest;
    responses: CreateAlertResponses;
    result: CreateAlertResult;
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
  createConfigurationAlert: {
    method: "POST";
    path: "/api/v2/configurations/{config_id}/alerts";
    request: CreateConfigurationAlertRequest;
    responses: CreateConfigurationAlertResponses;
    result: CreateConfigurationAlertResult;
  };
  deleteAlert: {
    method: "DELETE";
    path: "/api/v2/alerts/{alert_id}";
    request: DeleteAlertRequest;
    responses: DeleteAlertResponses;
    result: DeleteAlertResult;
  };
  deleteConfiguration: {
    method: "DELETE";
    path: "/api/v2/configurations/{config_id}";
    request: DeleteConfigurationRequest;
    responses: DeleteConfigurationResponses;
    result: DeleteConfigurationResult;
  };
  deleteConfigurationAlert: {
    method: "DELETE";
    path: "/api/v2/configurations/{config_id}/alerts/{alert_id}";
    request: DeleteConfigurationAlertRequest;
    responses: DeleteConfigurationAlertResponses;
    result: DeleteConfigurationAlertResult;
  };
  disableAllNotifications: {
    method: "POST";
    path: "/api/v2/notifications/disable-all";
    request: undefined;
    responses: DisableAllNotificationsResponses;
    result: DisableAllNotificationsResult;
  };
  extendSession: {
    method: "POST";
    path: "/api/v2/auth/extend";
    request: undefined;
    responses: ExtendSessionResponses;
    result: ExtendSessionResult;
  };
  findUserByEmail: {
    method: "GET";
    path: "/api/v2/users/lookup";
    request: FindUserByEmailRequest;
    responses: FindUserByEmailResponses;
    result: FindUserByEmailResult;
  };
  getAlert: {
    method: "GET";
    path: "/api/v2/alerts/{alert_id}";
    request: GetAlertRequest;
    responses: GetAlertResponses;
    result: GetAlertResult;
  };
  getAlertQuota: {
    method: "GET";
    path: "/api/v2/alerts/quota";
    request: undefined;
    responses: GetAlertQuotaResponses;
    result: GetAlertQuotaResult;
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
  getConfigurationCorrelation: {
    method: "GET";
    path: "/api/v2/configurations/{config_id}/correlation";
    request: GetConfigurationCorrelationRequest;
    responses: GetConfigurationCorrelationResponses;
    result: GetConfigurationCorrelationResult;
  };
  getConfigurationHeatmap: {
    method: "GET";
    path: "/api/v2/configurations/{config_id}/heatmap";
    request: GetConfigurationHeatmapRequest;
    responses: GetConfigurationHeatmapResponses;
    result: GetConfigurationHeatmapResult;
  };
  getConfigurationPremarket: {
    method: "GET";
    path: "/api/v2/configurations/{config_id}/premarket";
    request: GetConfigurationPremarketRequest;
    responses: GetConfigurationPremarketResponses;
    result: GetConfigurationPremarketResult;
  };
  getConfigurationSentiment: {
    method: "GET";
    path: "/api/v2/configurations/{config_id}/sentiment";
    request: GetConfigurationSentimentRequest;
    responses: GetConfigurationSentimentResponses;
    result: GetConfigurationSentimentResult;
  };
  getConfigurationTickerHistory: {
    method: "GET";
    path: "/api/v2/configurations/{config_id}/sentiment/{ticker}/history";
    request: GetConfigurationTickerHistoryRequest;
    responses: GetConfigurationTickerHistoryResponses;
    result: GetConfigurationTickerHistoryResult;
  };
  getConfigurationVolatility: {
    method: "GET";
    path: "/api/v2/configurations/{config_id}/volatility";
    request: GetConfigurationVolatilityRequest;
    responses: GetConfigurationVolatilityResponses;
    result: GetConfigurationVolatilityResult;
  };
  getDigestSettings: {
    method: "GET";
    path: "/api/v2/notifications/digest";
    request: undefined;
    responses: GetDigestSettingsResponses;
    result: GetDigestSettingsResult;
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
  getMergeStatus: {
    method: "GET";
    path: "/api/v2/auth/merge-status";
    request: GetMergeStatusRequest;
    responses: GetMergeStatusResponses;
    result: GetMergeStatusResult;
  };
  getMetrics: {
    method: "GET";
    path: "/api/v2/metrics";
    request: GetMetricsRequest;
    responses: GetMetricsResponses;
    result: GetMetricsResult;
  };
  getNotification: {
    method: "GET";
    path: "/api/v2/notifications/{notification_id}";
    request: GetNotificationRequest;
    responses: GetNotificationResponses;
    result: GetNotificationResult;
  };
  getNotificationPreferences: {
    method: "GET";
    path: "/api/v2/notifications/preferences";
    request: undefined;
    responses: GetNotificationPreferencesResponses;
    result: GetNotificationPreferencesResult;
  };
  getOauthUrls: {
    method: "GET";
    path: "/api/v2/auth/oauth/urls";
    request: GetOauthUrlsRequest;
    responses: GetOauthUrlsResponses;
    result: GetOauthUrlsResult;
  };
  getRefreshStatus: {
    method: "GET";
    path: "/api/v2/configurations/{config_id}/refresh/status";
    request: GetRefreshStatusRequest;
    responses: GetRefreshStatusResponses;
    result: GetRefreshStatusResult;
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
  linkAccounts: {
    method: "POST";
    path: "/api/v2/auth/link-accounts";
    request: LinkAccountsRequest;
    responses: LinkAccountsResponses;
    result: LinkAccountsResult;
  };
  listAlerts: {
    method: "GET";
    path: "/api/v2/alerts";
    request: ListAlertsRequest;
    responses: ListAlertsResponses;
    result: ListAlertsResult;
  };
  listConfigurationAlerts: {
    method: "GET";
    path: "/api/v2/configurations/{config_id}/alerts";
    request: ListConfigurationAlertsRequest;
    responses: ListConfigurationAlertsResponses;
    result: ListConfigurationAlertsResult;
  };
  listConfigurations: {
    method: "GET";
    path: "/api/v2/configurations";
    request: undefined;
    responses: ListConfigurationsResponses;
    result: ListConfigurationsResult;
  };
  listNotifications: {
    method: "GET";
    path: "/api/v2/notifications";
    request: ListNotificationsRequest;
    responses: ListNotificationsResponses;
    result: ListNotificationsResult;
  };
  mergeAnonymousData: {
    method: "POST";
    path: "/api/v2/auth/merge";
    request: MergeAnonymousDataRequest;
    responses: MergeAnonymousDataResponses;
    result: MergeAnonymousDataResult;
  };
  refreshConfiguration: {
    method: "POST";
    path: "/api/v2/configurations/{config_id}/refresh";
    request: RefreshConfigurationRequest;
    responses: RefreshConfigurationResponses;
    result: RefreshConfigurationResult;
  };
  refreshSession: {
    method: "POST";
    path: "/api/v2/auth/session/refresh";
    request: undefined;
    responses: RefreshSessionResponses;
    result: RefreshSessionResult;
  };
  refreshTokens: {
    method: "POST";
    path: "/api/v2/auth/refresh";
    request: RefreshTokensRequest;
    responses: RefreshTokensResponses;
    result: RefreshTokensResult;
  };
  replaceConfiguration: {
    method: "PUT";
    path: "/api/v2/configurations/{config_id}";
    request: ReplaceConfigurationRequest;
    responses: ReplaceConfigurationResponses;
    result: ReplaceConfigurationResult;
  };
  requestMagicLink: {
    method: "POST";
    path: "/api/v2/auth/magic-link";
    request: RequestMagicLinkRequest;
    responses: RequestMagicLinkResponses;
    result: RequestMagicLinkResult;
  };
  resubscribeToMails: {
    method: "POST";
    path: "/api/v2/notifications/resubscribe";
    request: undefined;
    responses: ResubscribeToMailsResponses;
    result: ResubscribeToMailsResult;
  };
  revokeSessionsBulk: {
    method: "POST";
    path: "/api/v2/admin/sessions/revoke";
    request: RevokeSessionsBulkRequest;
    responses: RevokeSessionsBulkResponses;
    result: RevokeSessionsBulkResult;
  };
  searchTickers: {
    method: "GET";
    path: "/api/v2/tickers/search";
    request: SearchTickersRequest;
    responses: SearchTickersResponses;
    result: SearchTickersResult;
  };
  sendTestDigest: {
    method: "POST";
    path: "/api/v2/notifications/digest/test";
    request: undefined;
    responses: SendTestDigestResponses;
    result: SendTestDigestResult;
  };
  signInWithProvider: {
    method: "POST";
    path: "/api/v2/auth/oauth/callback";
    request: SignInWithProviderRequest;
    responses: SignInWithProviderResponses;
    result: SignInWithProviderResult;
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
  toggleAlert: {
    method: "POST";
    path: "/api/v2/alerts/{alert_id}/toggle";
    request: ToggleAlertRequest;
    responses: ToggleAlertResponses;
    result: ToggleAlertResult;
  };
  toggleConfigurationAlert: {
    method: "POST";
    path: "/api/v2/configurations/{config_id}/alerts/{alert_id}/toggle";
    request: ToggleConfigurationAlertRequest;
    responses: ToggleConfigurationAlertResponses;
    result: ToggleConfigurationAlertResult;
  };
  unsubscribeFromMails: {
    method: "GET";
    path: "/api/v2/notifications/unsubscribe";
    request: UnsubscribeFromMailsRequest;
    responses: UnsubscribeFromMailsResponses;
    result: UnsubscribeFromMailsResult;
  };
  unsubscribeInOneClick: {
    method: "POST";
    path: "/api/v2/notifications/unsubscribe";
    request: UnsubscribeInOneClickRequest;
    responses: UnsubscribeInOneClickResponses;
    result: UnsubscribeInOneClickResult;
  };
  updateAlert: {
    method: "PATCH";
    path: "/api/v2/alerts/{alert_id}";
    request: UpdateAlertRequest;
    responses: UpdateAlertResponses;
    result: UpdateAlertResult;
  };
  updateConfiguration: {
    method: "PATCH";
    path: "/api/v2/configurations/{config_id}";
    request: UpdateConfigurationRequest;
    responses: UpdateConfigurationResponses;
    result: UpdateConfigurationResult;
  };
  updateConfigurationAlert: {
    method: "PATCH";
    path: "/api/v2/configurations/{config_id}/alerts/{alert_id}";
    request: UpdateConfigurationAlertRequest;
    responses: UpdateConfigurationAlertResponses;
    result: UpdateConfigurationAlertResult;
  };
  updateDigestSettings: {
    method: "PATCH";
    path: "/api/v2/notifications/digest";
    request: UpdateDigestSettingsRequest;
    responses: UpdateDigestSettingsResponses;
    result: UpdateDigestSettingsResult;
  };
  updateNotificationPreferences: {
    method: "PATCH";
    path: "/api/v2/notifications/preferences";
    request: UpdateNotificationPreferencesRequest;
    responses: UpdateNotificationPreferencesResponses;
    result: UpdateNotificationPreferencesResult;
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
  verifyMagicLink: {
    method: "GET";
    path: "/api/v2/auth/magic-link/verify";
    request: VerifyMagicLinkRequest;
    responses: VerifyMagicLinkResponses;
    result: VerifyMagicLinkResult;
  };
}

export type OperationId = keyof Operations;
