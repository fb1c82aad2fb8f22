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

// The operations stand here in the published file.

export class Client {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions = {}) {
    this.#options = options;
  }

  // The methods stand here in the published file.

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
