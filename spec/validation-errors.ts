// Generated from the contract and the goldens by "python -m tools golden". Do not edit.

/** Every `type` that an entry of a 422 can have. */
export type ValidationErrorType =
  | "batch_too_large"
  | "bool_type"
  | "cursor_invalid"
  | "date_parsing"
  | "dates_incomplete"
  | "dates_reversed"
  | "datetime_parsing"
  | "extra_forbidden"
  | "greater_than_equal"
  | "int_parsing"
  | "int_parsing_size"
  | "int_type"
  | "json_invalid"
  | "less_than_equal"
  | "list_type"
  | "literal_error"
  | "missing"
  | "model_attributes_type"
  | "range_reversed"
  | "span_too_long"
  | "string_pattern_mismatch"
  | "string_too_long"
  | "string_too_short"
  | "string_type"
  | "ticker_not_listed"
  | "ticker_repeated"
  | "timezone_unknown"
  | "too_long"
;

/** Operation → location and pointer → the types that an entry there can have. */
export interface ValidationErrors {
  checkHealth: {
    "query /*": "extra_forbidden";
  };
  createAnonymousSession: {
    body: "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /device_fingerprint": "string_too_long" | "string_type";
    "body /timezone": "string_pattern_mismatch" | "string_too_long" | "string_too_short" | "string_type" | "timezone_unknown";
    "query /*": "extra_forbidden";
  };
  createConfiguration: {
    body: "missing" | "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /include_extended_hours": "bool_type";
    "body /name": "missing" | "string_too_long" | "string_type";
    "body /tickers": "list_type" | "missing" | "too_long";
    "body /tickers/*": "string_pattern_mismatch" | "string_type" | "ticker_not_listed" | "ticker_repeated";
    "body /timeframe_days": "greater_than_equal" | "int_type" | "less_than_equal";
    "query /*": "extra_forbidden";
  };
  deleteConfiguration: {
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  extendSession: {
    "query /*": "extra_forbidden";
  };
  getArticles: {
    "query /*": "extra_forbidden";
    "query /cursor": "cursor_invalid" | "string_pattern_mismatch" | "string_too_long" | "string_too_short";
    "query /limit": "greater_than_equal" | "int_parsing" | "int_parsing_size" | "less_than_equal";
    "query /sentiment": "literal_error";
    "query /tags": "missing" | "too_long";
    "query /tags/*": "string_pattern_mismatch";
  };
  getCandles: {
    "path /ticker": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
    "query /end_date": "date_parsing" | "span_too_long";
    "query /range": "literal_error";
    "query /resolution": "literal_error";
    "query /start_date": "date_parsing" | "dates_incomplete" | "dates_reversed";
  };
  getConfiguration: {
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  getIndex: {
    "query /*": "extra_forbidden";
  };
  getMarketStatus: {
    "query /*": "extra_forbidden";
  };
  getMe: {
    "query /*": "extra_forbidden";
  };
  getMetrics: {
    "query /*": "extra_forbidden";
    "query /hours": "greater_than_equal" | "int_parsing" | "int_parsing_size" | "less_than_equal";
  };
  getRuntime: {
    "query /*": "extra_forbidden";
  };
  getSentimentByTags: {
    "query /*": "extra_forbidden";
    "query /end": "datetime_parsing";
    "query /start": "datetime_parsing" | "range_reversed";
    "query /tags": "missing" | "too_long";
    "query /tags/*": "string_pattern_mismatch";
  };
  getSession: {
    "query /*": "extra_forbidden";
  };
  getStreamStatus: {
    "query /*": "extra_forbidden";
  };
  getTickerSentimentHistory: {
    "path /ticker": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
    "query /cursor": "cursor_invalid" | "string_pattern_mismatch" | "string_too_long" | "string_too_short";
    "query /end_date": "date_parsing";
    "query /limit": "greater_than_equal" | "int_parsing" | "int_parsing_size" | "less_than_equal";
    "query /range": "literal_error";
    "query /source": "literal_error";
    "query /start_date": "date_parsing" | "dates_incomplete" | "dates_reversed";
  };
  getTimeseries: {
    "path /ticker": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
    "query /cursor": "cursor_invalid" | "string_pattern_mismatch" | "string_too_long" | "string_too_short";
    "query /end": "datetime_parsing";
    "query /limit": "greater_than_equal" | "int_parsing" | "int_parsing_size" | "less_than_equal";
    "query /resolution": "literal_error" | "missing";
    "query /start": "datetime_parsing" | "range_reversed";
  };
  getTimeseriesBatch: {
    "query /*": "extra_forbidden";
    "query /end": "datetime_parsing";
    "query /limit": "batch_too_large" | "greater_than_equal" | "int_parsing" | "int_parsing_size" | "less_than_equal";
    "query /resolution": "literal_error" | "missing";
    "query /start": "datetime_parsing" | "range_reversed";
    "query /tickers": "missing" | "too_long";
    "query /tickers/*": "string_pattern_mismatch" | "ticker_not_listed";
  };
  getTrends: {
    "query /*": "extra_forbidden";
    "query /interval": "literal_error";
    "query /range": "string_pattern_mismatch";
    "query /tags": "missing" | "too_long";
    "query /tags/*": "string_pattern_mismatch";
  };
  listConfigurations: {
    "query /*": "extra_forbidden";
  };
  refreshSession: {
    "query /*": "extra_forbidden";
  };
  replaceConfiguration: {
    body: "missing" | "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /include_extended_hours": "bool_type";
    "body /name": "missing" | "string_too_long" | "string_type";
    "body /tickers": "list_type" | "missing" | "too_long";
    "body /tickers/*": "string_pattern_mismatch" | "string_type" | "ticker_not_listed" | "ticker_repeated";
    "body /timeframe_days": "greater_than_equal" | "int_type" | "less_than_equal";
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  searchTickers: {
    "query /*": "extra_forbidden";
    "query /limit": "greater_than_equal" | "int_parsing" | "int_parsing_size" | "less_than_equal";
    "query /q": "missing" | "string_too_long" | "string_too_short";
  };
  signOut: {
    "query /*": "extra_forbidden";
  };
  streamConfiguration: {
    "header /last-event-id": "string_too_long";
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
    "query /resolutions": "too_long";
    "query /resolutions/*": "literal_error";
  };
  streamMarket: {
    "header /last-event-id": "string_too_long";
    "query /*": "extra_forbidden";
    "query /resolutions": "too_long";
    "query /resolutions/*": "literal_error";
    "query /tickers": "too_long";
    "query /tickers/*": "string_pattern_mismatch" | "ticker_not_listed";
  };
  updateConfiguration: {
    body: "missing" | "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /include_extended_hours": "bool_type";
    "body /name": "string_too_long" | "string_type";
    "body /tickers": "list_type" | "too_long";
    "body /tickers/*": "string_pattern_mismatch" | "string_type" | "ticker_not_listed" | "ticker_repeated";
    "body /timeframe_days": "greater_than_equal" | "int_type" | "less_than_equal";
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  validateSession: {
    "query /*": "extra_forbidden";
  };
  validateTicker: {
    "query /*": "extra_forbidden";
    "query /symbol": "missing" | "string_pattern_mismatch";
  };
}

/** Every message of a type, with names in braces for what differs. */
export const VALIDATION_MESSAGES: Readonly<Record<ValidationErrorType, readonly string[]>> = {
  batch_too_large: ["{tickers} tickers with {limit} buckets each are {wanted}; at most 10000 are answered: lower limit or name fewer tickers"],
  bool_type: ["Input should be a valid boolean"],
  cursor_invalid: ["the cursor was not given out for this list; take next_cursor of its page before, or start without a cursor"],
  date_parsing: ["Input should be a valid date in the format YYYY-MM-DD, {reason}"],
  dates_incomplete: ["start_date and end_date go together; give both or neither"],
  dates_reversed: ["start_date {start} is after end_date {end}"],
  datetime_parsing: ["Input should be a valid datetime, {reason}"],
  extra_forbidden: ["Extra inputs are not permitted"],
  greater_than_equal: ["Input should be greater than or equal to {minimum}"],
  int_parsing: ["Input should be a valid integer, unable to parse string as an integer"],
  int_parsing_size: ["Unable to parse input string as an integer, exceeded maximum size"],
  int_type: ["Input should be a valid integer"],
  json_invalid: ["JSON decode error"],
  less_than_equal: ["Input should be less than or equal to {maximum}"],
  list_type: ["Input should be a valid list"],
  literal_error: ["Input should be {enum}"],
  missing: ["Field required"],
  model_attributes_type: ["Input should be a valid dictionary or object to extract fields from"],
  range_reversed: ["start {start} is after end {end}"],
  span_too_long: ["end_date is {days} days after start_date, at resolution {resolution} at most {cap}; ask for less or for longer candles"],
  string_pattern_mismatch: ["String should match pattern '{pattern}'"],
  string_too_long: ["String should have at most {maxLength} characters"],
  string_too_short: ["String should have at least {minLength} character", "String should have at least {minLength} characters"],
  string_type: ["Input should be a valid string"],
  ticker_not_listed: ["{ticker} is not listed on NYSE, NASDAQ or AMEX, or not any more; look the symbol up with searchTickers", "{ticker} is not listed on NYSE, NASDAQ or AMEX; look the symbol up with searchTickers"],
  ticker_repeated: ["{ticker} is on the list already; name it once"],
  timezone_unknown: ["unknown time zone {timezone}; give a name of the IANA database such as Europe/Berlin"],
  too_long: ["List should have at most {maxItems} items after validation, not {actual}"],
};
