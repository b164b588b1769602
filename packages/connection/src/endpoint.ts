import type { DatabaseTarget } from "./database.ts";
import { badUrl, unknownScheme } from "./errors/connecting.ts";

/** A server, and the credentials that stood in its URL. */
export interface RemoteEndpoint {
  readonly engine: "remote";
  readonly socket: boolean;
  /** Without credentials: `fetch` and `WebSocket` refuse them. */
  readonly url: string;
  readonly shown: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/** A store that runs in this process. */
export interface EmbeddedEndpoint {
  readonly engine: "embedded";
  readonly store: "mem" | "surrealkv" | "rocksdb";
  /** As it was written: the engine decodes nothing in it. */
  readonly path: string;
  /** From the `?` on, such as `?sync=never`. */
  readonly parameters: string;
  readonly shown: string;
}

/** What a database URL says. `shown` is the part of it that may be printed. */
export type Endpoint = RemoteEndpoint | EmbeddedEndpoint;

/** Where a connection leads, as far as its address tells. */
export type Place = Pick<DatabaseTarget, "url" | "engine" | "store">;

const shape = /^([a-z][a-z0-9+.-]*):\/\/([^?]*)(\?.*)?$/is;

/**
 * Reads a database URL.
 *
 * Throws `CONNECTION.BAD_URL` and `CONNECTION.UNKNOWN_SCHEME`.
 */
export function parseEndpoint(url: string): Endpoint {
  const parts = shape.exec(url.trim());
  if (parts === null) throw badUrl(withoutCredentials(url), "It has no scheme.");
  const [text, written = "", path = "", parameters = ""] = parts;
  const scheme = written.toLowerCase();
  switch (scheme) {
    case "ws":
    case "wss":
    case "http":
    case "https":
      return remote(text, scheme.startsWith("ws"));
    case "mem":
    case "surrealkv":
    case "rocksdb":
      if (path === "" && scheme !== "mem") throw badUrl(url, "It names no folder.");
      return { engine: "embedded", store: scheme, path, parameters, shown: `${scheme}://${path}` };
    default:
      throw unknownScheme(scheme);
  }
}

function remote(text: string, socket: boolean): RemoteEndpoint {
  if (!URL.canParse(text)) throw badUrl(withoutCredentials(text), "Its host or port is not valid.");
  const url = new URL(text);
  // What was meant as a password would be shown as a part of the path.
  if (url.pathname.includes("@")) {
    throw badUrl(withoutCredentials(text), "Its user name or password has to be percent-encoded.");
  }
  const username = decode(url.username);
  const password = decode(url.password);
  url.username = "";
  url.password = "";
  const shown = `${url.protocol}//${url.host}${url.pathname === "/" ? "" : url.pathname}`;
  return { engine: "remote", socket, url: url.href, shown, username, password };
}

function decode(part: string): string | undefined {
  if (part === "") return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function withoutCredentials(url: string): string {
  return url.replace(/^([a-z0-9+.-]+:\/\/)?.*@/is, "$1").replace(/\?.*$/s, "");
}

/** The part of an endpoint that every connection shows of itself. */
export function placeOf(endpoint: Endpoint): Place {
  const store = endpoint.engine === "embedded" ? endpoint.store : "server";
  return { url: endpoint.shown, engine: endpoint.engine, store };
}
