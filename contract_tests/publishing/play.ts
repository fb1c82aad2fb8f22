// A front end at work, run by Node against a server; prints what it was answered.

import { Client, StreamRefused, UnexpectedResponse, type StreamMarketEvent, type StreamOptions } from "./client.js";

declare const process: { argv: string[] };

const baseUrl = process.argv[2] ?? "";
const seen: Record<string, unknown> = {};
const sent: { path: string; position: string | null }[] = [];

/** Cuts the first connection of a stream after its first event; everything else is passed on. */
function cutting(): typeof fetch {
  let cut = false;
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    const response = await fetch(input, init);
    sent.push({ path: String(input).slice(baseUrl.length), position: headers.get("Last-Event-ID") });
    if (cut || response.headers.get("content-type") !== "text/event-stream" || response.body === null) {
      return response;
    }
    cut = true;
    return new Response(untilBlankLine(response.body), response);
  };
}

function untilBlankLine(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      const { value } = await reader.read();
      const end = new TextDecoder().decode(value).indexOf("\n\n") + 2;
      controller.enqueue(value!.slice(0, end));
      await reader.cancel();
      controller.error(new TypeError("the connection is gone"));
    },
  });
}

async function lists(client: Client): Promise<void> {
  const found = await client.searchTickers({ q: "app", limit: 2 });
  seen.search = found.ok ? found.data.results.map((match) => match.symbol) : found.status;
  const batch = await client.getTimeseriesBatch({ tickers: ["AAPL", "MSFT"], resolution: "1h", limit: 1 });
  seen.batch = batch.ok ? Object.keys(batch.data) : batch;
  const odd = await client.getTimeseries({ ticker: "BRK.B/../x", resolution: "1h" });
  seen.encoded = odd.status;
  seen.dots = await client.getTimeseries({ ticker: "..", resolution: "1h" }).catch((error: Error) => error.name);
  const again = await client.searchTickers({ q: "app", limit: 2 }, { ifNoneMatch: found.headers.get("etag") ?? "" });
  seen.notModified = [again.ok, again.status];
}

async function refusals(client: Client): Promise<void> {
  const wrong = await client.createConfiguration({ body: { name: "x".repeat(51), tickers: ["AAPL"] } });
  seen.invalid = !wrong.ok && wrong.status === 422 ? [wrong.code, wrong.error.detail[0]] : wrong;
  const ids: string[] = [];
  for (const name of ["one", "two", "three"]) {
    const made = await client.createConfiguration({ body: { name, tickers: ["AAPL"] } });
    if (made.ok) {
      ids.push(made.data.config_id);
    } else {
      seen.conflict = [made.status, made.code];
    }
  }
  const gone = await client.deleteConfiguration({ config_id: ids[0] ?? "" });
  const missing = await client.getConfiguration({ config_id: ids[0] ?? "" });
  seen.deleted = [gone.status, gone.ok && gone.data, missing.status, !missing.ok && missing.code];
  const unknown = await new Client({ baseUrl }).listConfigurations();
  seen.unauthenticated = [unknown.status, !unknown.ok && unknown.code];
  seen.abort = await client.getMe({ signal: AbortSignal.abort() }).catch((error: Error) => error.name);
}

async function signIn(): Promise<Client> {
  const began = await new Client({ baseUrl }).createAnonymousSession({ body: { timezone: "Europe/Berlin" } });
  if (!began.ok) {
    throw new Error(began.error.detail.toString());
  }
  const [csrf] = began.headers.getSetCookie().map((cookie) => cookie.match(/^csrf_token=([^;]+)/)?.[1]);
  const { token } = began.data;
  seen.withoutCsrf = (await new Client({ baseUrl, token }).extendSession()).status;
  seen.withCsrf = (await new Client({ baseUrl, userId: async () => token, csrfToken: () => csrf }).extendSession()).status;
  return new Client({ baseUrl, token: () => token });
}

async function streams(token: string): Promise<void> {
  const client = new Client({ baseUrl, token, fetch: cutting() });
  const stream = await client.streamMarket(
    { tickers: ["AAPL"], resolutions: ["1h"], last_event_id: "2024-12-02T14:00:00.000000Z" },
    { reconnectMilliseconds: 1 },
  );
  if (!stream.ok) {
    throw new Error(stream.code ?? "");
  }
  const events: StreamMarketEvent[] = [];
  for await (const event of stream.data) {
    events.push(event);
    if (event.event === "metrics") {
      break;
    }
  }
  seen.events = events.map((event) => [event.event, event.id]);
  seen.position = stream.data.position;
  seen.connections = [...sent];
  seen.twice = await stream.data[Symbol.asyncIterator]().next().catch((error: Error) => error.name);
}

async function endsOfStreams(client: Client): Promise<void> {
  const closed = await client.streamMarket();
  let count = 0;
  for await (const _ of closed.ok ? closed.data : []) {
    count += 1;
    if (closed.ok) {
      closed.data.close();
    }
  }
  seen.closed = count;
  const controller = new AbortController();
  const aborted = await client.streamMarket({}, { signal: controller.signal });
  seen.aborted = await (async () => {
    for await (const _ of aborted.ok ? aborted.data : []) {
      controller.abort();
    }
    return "ended";
  })().catch((error: Error) => error.name);
  const refused = await client.streamConfiguration({ config_id: "c0ffee00-1111-4222-8333-444455556666" });
  seen.refusedStream = [refused.status, !refused.ok && refused.code];
}

/** A stream whose watchlist is deleted between two connections. */
async function goneMeanwhile(token: string): Promise<void> {
  const client = new Client({ baseUrl, token, fetch: cutting() });
  const made = await client.createConfiguration({ body: { name: "short", tickers: ["AAPL"] } });
  const config_id = made.ok ? made.data.config_id : "";
  const stream = await client.streamConfiguration({ config_id }, { reconnectMilliseconds: 1 });
  try {
    for await (const _ of stream.ok ? stream.data : []) {
      await client.deleteConfiguration({ config_id });
    }
  } catch (error) {
    seen.gone = error instanceof StreamRefused ? [error.failure.status, error.failure.code] : String(error);
  }
}

/** Outside a browser nobody else keeps the cookies. */
async function refreshes(refresh_token: string): Promise<void> {
  const client = new Client({ baseUrl, headers: { Cookie: "theme=dark" } });
  const first = await client.refreshTokens({ refresh_token });
  const cookies = first.headers.getSetCookie().map((cookie) => cookie.match(/^refresh_token=([^;]+)/)?.[1]);
  const next = await client.refreshTokens({ refresh_token: cookies.find(Boolean) ?? "" });
  const again = await client.refreshTokens({ refresh_token });
  const without = await client.refreshTokens();
  seen.refreshed = [first.status, next.status, again.status, without.status];
  seen.cookie = await client.refreshTokens({ refresh_token: "a; b=c" }).catch((error: Error) => error.name);
}

async function strangers(): Promise<void> {
  const answering = (status: number, body: string): Client =>
    new Client({ baseUrl, fetch: async () => new Response(body, { status }) });
  const pages = [answering(502, "<html>"), answering(503, '{"message": "Service Unavailable"}'), answering(200, "<html>")];
  const errors = pages.map((client) => client.getMarketStatus().catch((error: unknown) => error));
  seen.strangers = (await Promise.all(errors)).map((error) => error instanceof UnexpectedResponse && error.status);
  const nobody = new Client({ baseUrl: "http://127.0.0.1:9" });
  seen.network = await nobody.getIndex().catch((error: Error) => error.name);
}

const BEAT = '"timestamp":"2024-12-02T15:00:00Z","connections":1,"uptime_seconds"';

/** A client whose streams are these, one after another; a number is a status, null a network that fails. */
function hearing(bodies: (string | number | null)[], size = 1000): Client {
  const rest = [...bodies];
  const answer: typeof fetch = async (_, init) => {
    sent.push({ path: "", position: new Headers(init?.headers).get("Last-Event-ID") });
    const body = rest.shift() ?? null;
    if (body === null) {
      throw new TypeError("no network");
    }
    if (typeof body === "number") {
      return new Response('{"code": "X", "detail": ""}', { status: body, headers: { "Retry-After": "0" } });
    }
    return new Response(inPieces(new TextEncoder().encode(body), size));
  };
  return new Client({ fetch: answer });
}

function inPieces(bytes: Uint8Array<ArrayBuffer>, size: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let start = 0;
  return new ReadableStream({
    pull(controller) {
      if (start >= bytes.length) {
        controller.close();
        return;
      }
      controller.enqueue(bytes.slice(start, (start += size)));
    },
  });
}

async function heard(client: Client, options: StreamOptions, most = 100): Promise<unknown[]> {
  const stream = await client.streamMarket({ last_event_id: "first" }, options);
  const events: unknown[] = [];
  for await (const event of stream.ok ? stream.data : []) {
    events.push([event.event, event.id, event.data]);
    if (events.length >= most) {
      break;
    }
  }
  return events;
}

/** The same bytes in pieces of several sizes: every kind of line end, comments, unknown fields and events. */
async function pieces(): Promise<void> {
  const text =
    `\uFEFF: comment\nevent: heartbeat\r\nid: 1\r\ndata: {${BEAT}:\r\ndata:1, "é": "€😀"}\r\n\r\n` +
    `event:heartbeat\rretry: x\runknown\rdata: {${BEAT}:2}\r\r` +
    "event: later\nid: 3\ndata: {}\n\nid: 4\n\n" +
    `event: heartbeat\nid: 5\u0000\ndata: {${BEAT}:3}\n\nevent: heartbeat\ndata: {"cut": `;
  const sizes = [1, 2, 3, 5, 7, 1000];
  seen.pieces = await Promise.all(sizes.map((size) => heard(hearing([text], size), { reconnect: false })));
}

async function patience(): Promise<void> {
  sent.length = 0;
  const event = (id: string): string => `event: heartbeat\nid: ${id}\nretry: 1\ndata: {${BEAT}:0}\n\n`;
  const client = hearing([event("a"), null, 503, 502, event("b"), event("c")]);
  seen.patient = (await heard(client, {}, 3)).map((each) => (each as string[])[1]);
  seen.asked = sent.map((each) => each.position);
}

const client = await signIn();
await pieces();
await patience();
sent.length = 0;
await lists(client);
await refusals(client);
const token = await freshToken();
await streams(token);
await endsOfStreams(client);
await goneMeanwhile(token);
await refreshes(process.argv[3] ?? "");
await strangers();
console.log(JSON.stringify(seen));

async function freshToken(): Promise<string> {
  const began = await new Client({ baseUrl }).createAnonymousSession();
  return began.ok ? began.data.token : "";
}
