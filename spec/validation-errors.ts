// Generated from the contract and the goldens by "python -m tools golden". Do not edit.

/** Every `type` that an entry of a 422 can have. */
export type ValidationErrorType =
  | "batch_too_large"
  | "bool_parsing"
  | "bool_type"
  | "code_refused"
  | "configuration_repeated"
  | "configuration_unknown"
  | "configurations_missing"
  | "confirmation_required"
  | "cursor_invalid"
  | "date_parsing"
  | "dates_incomplete"
  | "dates_reversed"
  | "datetime_parsing"
  | "extra_forbidden"
  | "finite_number"
  | "float_type"
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
  | "redirect_not_allowed"
  | "said_twice"
  | "span_too_long"
  | "state_invalid"
  | "string_pattern_mismatch"
  | "string_too_long"
  | "string_too_short"
  | "string_type"
  | "threshold_out_of_range"
  | "ticker_not_listed"
  | "ticker_not_watched"
  | "ticker_repeated"
  | "timezone_unknown"
  | "too_long"
  | "unsubscribe_token_invalid"
;

/** Operation → location and pointer → the types that an entry there can have. */
export interface ValidationErrors {
  checkEmailConflict: {
    body: "missing" | "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /current_provider": "literal_error" | "missing";
    "body /email": "missing" | "string_pattern_mismatch" | "string_too_long" | "string_type";
    "query /*": "extra_forbidden";
  };
  checkHealth: {
    "query /*": "extra_forbidden";
  };
  createAlert: {
    body: "missing" | "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /alert_type": "literal_error" | "missing";
    "body /config_id": "missing" | "string_pattern_mismatch" | "string_type";
    "body /threshold_direction": "literal_error" | "missing";
    "body /threshold_value": "finite_number" | "float_type" | "greater_than_equal" | "less_than_equal" | "missing" | "threshold_out_of_range";
    "body /ticker": "missing" | "string_pattern_mismatch" | "string_type" | "ticker_not_watched";
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
  createConfigurationAlert: {
    body: "missing" | "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /condition": "literal_error" | "missing";
    "body /enabled": "bool_type";
    "body /threshold": "finite_number" | "float_type" | "greater_than_equal" | "less_than_equal" | "missing" | "threshold_out_of_range";
    "body /ticker": "missing" | "string_pattern_mismatch" | "string_type" | "ticker_not_watched";
    "body /type": "literal_error" | "missing";
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  deleteAlert: {
    "path /alert_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  deleteConfiguration: {
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  deleteConfigurationAlert: {
    "path /alert_id": "string_pattern_mismatch";
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  disableAllNotifications: {
    "query /*": "extra_forbidden";
  };
  extendSession: {
    "query /*": "extra_forbidden";
  };
  findUserByEmail: {
    "query /*": "extra_forbidden";
    "query /email": "missing" | "string_pattern_mismatch" | "string_too_long";
  };
  getAlert: {
    "path /alert_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  getAlertQuota: {
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
  getConfigurationCorrelation: {
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  getConfigurationHeatmap: {
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
    "query /view": "literal_error";
  };
  getConfigurationPremarket: {
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  getConfigurationSentiment: {
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
    "query /sources": "too_long";
    "query /sources/*": "literal_error";
  };
  getConfigurationTickerHistory: {
    "path /config_id": "string_pattern_mismatch";
    "path /ticker": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
    "query /cursor": "cursor_invalid" | "string_pattern_mismatch" | "string_too_long" | "string_too_short";
    "query /days": "greater_than_equal" | "int_parsing" | "int_parsing_size" | "less_than_equal";
    "query /limit": "greater_than_equal" | "int_parsing" | "int_parsing_size" | "less_than_equal";
    "query /source": "literal_error";
  };
  getConfigurationVolatility: {
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  getDigestSettings: {
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
  getMergeStatus: {
    "query /*": "extra_forbidden";
    "query /anonymous_user_id": "string_pattern_mismatch";
  };
  getMetrics: {
    "query /*": "extra_forbidden";
    "query /hours": "greater_than_equal" | "int_parsing" | "int_parsing_size" | "less_than_equal";
  };
  getNotification: {
    "path /notification_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  getNotificationPreferences: {
    "query /*": "extra_forbidden";
  };
  getOauthUrls: {
    "query /*": "extra_forbidden";
    "query /redirect_uri": "redirect_not_allowed" | "string_pattern_mismatch" | "string_too_long";
  };
  getRefreshStatus: {
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
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
  linkAccounts: {
    body: "missing" | "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /confirmation": "bool_type" | "confirmation_required" | "missing";
    "body /confirmation_token": "missing" | "string_pattern_mismatch" | "string_too_long" | "string_type";
    "body /email": "missing" | "string_pattern_mismatch" | "string_too_long" | "string_type";
    "query /*": "extra_forbidden";
  };
  listAlerts: {
    "query /*": "extra_forbidden";
    "query /config_id": "string_pattern_mismatch";
    "query /enabled": "bool_parsing";
    "query /ticker": "string_pattern_mismatch";
  };
  listConfigurationAlerts: {
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  listConfigurations: {
    "query /*": "extra_forbidden";
  };
  listNotifications: {
    "query /*": "extra_forbidden";
    "query /alert_id": "string_pattern_mismatch";
    "query /cursor": "cursor_invalid" | "string_pattern_mismatch" | "string_too_long" | "string_too_short";
    "query /limit": "greater_than_equal" | "int_parsing" | "int_parsing_size" | "less_than_equal";
    "query /status": "literal_error";
  };
  mergeAnonymousData: {
    body: "missing" | "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /anonymous_user_id": "missing" | "string_pattern_mismatch" | "string_type";
    "query /*": "extra_forbidden";
  };
  refreshConfiguration: {
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  refreshSession: {
    "query /*": "extra_forbidden";
  };
  refreshTokens: {
    body: "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /refresh_token": "string_pattern_mismatch" | "string_too_long" | "string_type";
    "cookie /refresh_token": "string_pattern_mismatch" | "string_too_long";
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
  requestMagicLink: {
    body: "missing" | "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /email": "missing" | "string_pattern_mismatch" | "string_too_long" | "string_type";
    "body /redirect_url": "redirect_not_allowed" | "string_pattern_mismatch" | "string_too_long" | "string_type";
    "query /*": "extra_forbidden";
  };
  resubscribeToMails: {
    "query /*": "extra_forbidden";
  };
  revokeSessionsBulk: {
    body: "missing" | "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /reason": "missing" | "string_too_long" | "string_too_short" | "string_type";
    "body /user_ids": "list_type" | "missing" | "too_long";
    "body /user_ids/*": "string_pattern_mismatch" | "string_type";
    "query /*": "extra_forbidden";
  };
  searchTickers: {
    "query /*": "extra_forbidden";
    "query /limit": "greater_than_equal" | "int_parsing" | "int_parsing_size" | "less_than_equal";
    "query /q": "missing" | "string_too_long" | "string_too_short";
  };
  sendTestDigest: {
    "query /*": "extra_forbidden";
  };
  signInWithProvider: {
    body: "missing" | "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /code": "code_refused" | "missing" | "string_pattern_mismatch" | "string_too_long" | "string_type";
    "body /provider": "literal_error" | "missing";
    "body /redirect_uri": "missing" | "string_pattern_mismatch" | "string_too_long" | "string_type";
    "body /state": "missing" | "state_invalid" | "string_pattern_mismatch" | "string_too_long" | "string_type";
    "query /*": "extra_forbidden";
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
  toggleAlert: {
    "path /alert_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  toggleConfigurationAlert: {
    "path /alert_id": "string_pattern_mismatch";
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  unsubscribeFromMails: {
    "query /token": "missing" | "string_pattern_mismatch" | "unsubscribe_token_invalid";
  };
  unsubscribeInOneClick: {
    "query /token": "missing" | "string_pattern_mismatch" | "unsubscribe_token_invalid";
  };
  updateAlert: {
    body: "missing" | "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /condition": "literal_error" | "said_twice";
    "body /enabled": "bool_type" | "said_twice";
    "body /is_enabled": "bool_type";
    "body /threshold": "finite_number" | "float_type" | "greater_than_equal" | "less_than_equal" | "said_twice" | "threshold_out_of_range";
    "body /threshold_direction": "literal_error";
    "body /threshold_value": "finite_number" | "float_type" | "greater_than_equal" | "less_than_equal" | "threshold_out_of_range";
    "path /alert_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
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
  updateConfigurationAlert: {
    body: "missing" | "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /condition": "literal_error" | "said_twice";
    "body /enabled": "bool_type" | "said_twice";
    "body /is_enabled": "bool_type";
    "body /threshold": "finite_number" | "float_type" | "greater_than_equal" | "less_than_equal" | "said_twice" | "threshold_out_of_range";
    "body /threshold_direction": "literal_error";
    "body /threshold_value": "finite_number" | "float_type" | "greater_than_equal" | "less_than_equal" | "threshold_out_of_range";
    "path /alert_id": "string_pattern_mismatch";
    "path /config_id": "string_pattern_mismatch";
    "query /*": "extra_forbidden";
  };
  updateDigestSettings: {
    body: "missing" | "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /config_ids": "configurations_missing" | "list_type" | "too_long";
    "body /config_ids/*": "configuration_repeated" | "configuration_unknown" | "string_pattern_mismatch" | "string_type";
    "body /enabled": "bool_type";
    "body /include_all_configs": "bool_type";
    "body /time": "string_pattern_mismatch" | "string_type";
    "body /timezone": "string_pattern_mismatch" | "string_too_long" | "string_too_short" | "string_type" | "timezone_unknown";
    "query /*": "extra_forbidden";
  };
  updateNotificationPreferences: {
    body: "missing" | "model_attributes_type";
    "body /*": "extra_forbidden" | "json_invalid";
    "body /daily_digest_enabled": "bool_type";
    "body /digest_enabled": "bool_type" | "said_twice";
    "body /digest_time": "string_pattern_mismatch" | "string_type";
    "body /email_enabled": "bool_type" | "said_twice";
    "body /email_notifications_enabled": "bool_type";
    "query /*": "extra_forbidden";
  };
  validateSession: {
    "query /*": "extra_forbidden";
  };
  validateTicker: {
    "query /*": "extra_forbidden";
    "query /symbol": "missing" | "string_pattern_mismatch";
  };
  verifyMagicLink: {
    "query /token": "missing" | "string_pattern_mismatch" | "string_too_long";
  };
}

/** Every message of a type, with names in braces for what differs. */
export const VALIDATION_MESSAGES: Readonly<Record<ValidationErrorType, readonly string[]>> = {
  batch_too_large: ["{tickers} tickers with {limit} buckets each are {wanted}; at most 10000 are answered: lower limit or name fewer tickers"],
  bool_parsing: ["Input should be a valid boolean, unable to interpret input"],
  bool_type: ["Input should be a valid boolean"],
  code_refused: ["the provider does not accept the code; begin the sign-in again"],
  configuration_repeated: ["{config_id} is named already; name it once"],
  configuration_unknown: ["{config_id} is no active configuration of the caller; take one of listConfigurations"],
  configurations_missing: ["without include_all_configs the digest needs config_ids; name at least one configuration"],
  confirmation_required: ["the user has to say yes before anything is linked; ask, then send true"],
  cursor_invalid: ["the cursor was not given out for this list; take next_cursor of its page before, or start without a cursor"],
  date_parsing: ["Input should be a valid date in the format YYYY-MM-DD, {reason}"],
  dates_incomplete: ["start_date and end_date go together; give both or neither"],
  dates_reversed: ["start_date {start} is after end_date {end}"],
  datetime_parsing: ["Input should be a valid datetime, {reason}"],
  extra_forbidden: ["Extra inputs are not permitted"],
  finite_number: ["Input should be a finite number"],
  float_type: ["Input should be a valid number"],
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
  redirect_not_allowed: ["links do not lead to this page; use one that is set up for sign-ins, or leave it out", "providers do not send back to this page; use one that is set up for sign-ins, or leave it out"],
  said_twice: ["condition and threshold_direction are the same field; give one of them", "digest_enabled and daily_digest_enabled are the same field; give one of them", "email_enabled and email_notifications_enabled are the same field; give one of them", "enabled and is_enabled are the same field; give one of them", "threshold and threshold_value are the same field; give one of them"],
  span_too_long: ["end_date is {days} days after start_date, at resolution {resolution} at most {cap}; ask for less or for longer candles"],
  state_invalid: ["the state is unknown, used, too old, or belongs to another provider or page; begin the sign-in again"],
  string_pattern_mismatch: ["String should match pattern '{pattern}'"],
  string_too_long: ["String should have at most {maxLength} characters"],
  string_too_short: ["String should have at least {minLength} character", "String should have at least {minLength} characters"],
  string_type: ["Input should be a valid string"],
  threshold_out_of_range: ["{value} is out of range: a threshold on {what} is from {least} to {most}"],
  ticker_not_listed: ["{ticker} is not listed on NYSE, NASDAQ or AMEX, or not any more; look the symbol up with searchTickers", "{ticker} is not listed on NYSE, NASDAQ or AMEX; look the symbol up with searchTickers"],
  ticker_not_watched: ["{ticker} is not on this watchlist; add it with updateConfiguration, or name one that is"],
  ticker_repeated: ["{ticker} is on the list already; name it once"],
  timezone_unknown: ["unknown time zone {timezone}; give a name of the IANA database such as Europe/Berlin"],
  too_long: ["List should have at most {maxItems} items after validation, not {actual}"],
  unsubscribe_token_invalid: ["the link is invalid or expired; sign in and change the notification preferences, or use the link of a newer mail"],
};
