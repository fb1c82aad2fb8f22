// What a front end may write with the generated client, and what it may not: this file is compiled, never run.

import { Client, type StreamMarketEvent, type TickerMatches } from "./client.js";

declare const client: Client;
declare const etag: string | undefined;

export async function statusesAreToldApart(): Promise<TickerMatches | string> {
  const found = await client.searchTickers({ q: "app", limit: 5 });
  if (found.ok) {
    const status: 200 = found.status;
    return status === 200 ? found.data : "";
  }
  switch (found.status) {
    case 422:
      return found.error.detail.map((value) => `${value.loc.join(".")}: ${value.msg}`).join();
    case 429:
      return found.headers.get("Retry-After") ?? found.error.detail;
    default:
      return found.error.code;
  }
}

export async function dataIsThereOnlyInASuccess(): Promise<void> {
  const found = await client.searchTickers({ q: "app" });
  // @ts-expect-error nobody has looked whether it succeeded
  void found.data;
  if (!found.ok && found.status === 422) {
    // @ts-expect-error a 422 has no code
    void found.error.code;
  }
  // @ts-expect-error this operation is never answered by 409
  void (found.status === 409);
}

export async function codesTellRefusalsOfOneStatusApart(): Promise<void> {
  const stream = await client.streamMarket();
  if (!stream.ok && stream.code === "CONNECTION_LIMIT_REACHED") {
    const status: 503 = stream.status;
    const code: "CONNECTION_LIMIT_REACHED" = stream.error.code;
    void [status, code];
  }
  if (!stream.ok && stream.status === 503) {
    // @ts-expect-error it may be SERVICE_UNAVAILABLE as well
    const code: "CONNECTION_LIMIT_REACHED" = stream.error.code;
    void code;
  }
}

export async function requestsAreWhatTheContractSays(): Promise<void> {
  await client.createConfiguration({ body: { name: "Chips", tickers: ["NVDA"] } });
  await client.updateConfiguration({ config_id: "c0ffee00-1111-4222-8333-444455556666", body: { name: null } });
  await client.createAnonymousSession();
  await client.refreshTokens();
  await client.refreshTokens({ refresh_token: "outside a browser" });
  // @ts-expect-error a name is required
  await client.createConfiguration({ body: { tickers: [] } });
  // @ts-expect-error tickers are a list
  await client.createConfiguration({ body: { name: "Chips", tickers: "NVDA" } });
  // @ts-expect-error bodies have no unknown keys
  await client.createConfiguration({ body: { name: "Chips", tickers: [], colour: "red" } });
  // @ts-expect-error the body is required
  await client.createConfiguration({});
  // @ts-expect-error the query is required
  await client.searchTickers();
  // @ts-expect-error an absent value is left out
  await client.searchTickers({ q: "app", limit: undefined });
  // @ts-expect-error there is no such resolution
  await client.getTimeseries({ ticker: "AAPL", resolution: "2m" });
  // @ts-expect-error the path has a ticker
  await client.getTimeseries({ resolution: "1h" });
  // @ts-expect-error there is no such operation
  await client.deleteEverything();
}

export async function onlyAConditionalCallIsAnsweredByNothingNew(): Promise<void> {
  const plain = await client.getMarketStatus();
  // @ts-expect-error nobody asked whether it is new
  void (plain.status === 304);
  const asked = await client.getMarketStatus({ ifNoneMatch: etag });
  if (asked.status === 304) {
    const nothing: null = asked.error;
    void nothing;
  }
  // @ts-expect-error a list of watchlists has no ETag
  await client.listConfigurations({ ifNoneMatch: etag });
}

export async function eventsAreToldApartByName(): Promise<number | string> {
  const stream = await client.streamConfiguration({ config_id: "x", resolutions: ["1h"] }, { reconnect: false });
  if (!stream.ok) {
    return stream.error.detail.toString();
  }
  for await (const sent of stream.data) {
    if (sent.event === "bucket_update") {
      return sent.data.bucket.label_counts.positive ?? 0;
    }
    // @ts-expect-error the stream of a watchlist has no metrics
    void (sent.event === "metrics");
    // @ts-expect-error nobody has looked which event it is
    void sent.data.bucket;
  }
  return stream.data.position ?? "";
}

export function everyEventHasItsCase(sent: StreamMarketEvent): string {
  switch (sent.event) {
    case "heartbeat":
    case "metrics":
    case "deadline":
    case "reset":
      return sent.data.timestamp;
    case "sentiment_update":
    case "bucket_update":
    case "partial_bucket":
      return sent.data.ticker;
    default: {
      const none: never = sent;
      return none;
    }
  }
}

export async function whatMayBeAbsentIsLookedAt(): Promise<number> {
  const batch = await client.getTimeseriesBatch({ tickers: ["AAPL"], resolution: "1h" });
  if (!batch.ok) {
    return 0;
  }
  // @ts-expect-error the ticker may be missing
  void batch.data["AAPL"].ticker;
  const one = batch.data["AAPL"];
  return one !== undefined && "buckets" in one ? one.buckets.length : 0;
}
