import type { Surreal } from "surrealdb";

/** How long to keep trying after a WebSocket was dropped. */
export interface ReconnectPolicy {
  /** Tries before the connection is given up. `-1` never gives up. */
  readonly attempts: number;
  /** Milliseconds before the first try; it doubles with every further one, up to a second. */
  readonly delayMs: number;
}

/** What applies to every kind of connection. */
export interface ConnectionOptions {
  /** Milliseconds that one call may take. Left out, a call may take as long as it needs. */
  readonly queryTimeoutMs?: number | undefined;
  /**
   * Takes secrets out of text that is about to be shown. Runs after the built-in redaction of the
   * configured secrets and of quoted values behind `PASSWORD`, `PASSHASH` and `KEY`.
   */
  readonly redact?: ((text: string) => string) | undefined;
}

/** Where to connect, and as whom. */
export interface ConnectConfig extends ConnectionOptions {
  /**
   * `ws://`, `wss://`, `http://` or `https://` and a host; `mem://`; or `surrealkv://` or `rocksdb://`
   * and a path, relative to the working directory unless it begins with `/`.
   */
  readonly url: string;
  readonly namespace: string;
  readonly database: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** A JSON web token. Wins over a user name. */
  readonly token?: string | undefined;
  /** Where the user is defined. Default: `root`. */
  readonly authLevel?: "root" | "namespace" | "database" | undefined;
  /** Milliseconds until the connection must stand. Default: 10,000. */
  readonly connectTimeoutMs?: number | undefined;
  /** What to do when a WebSocket is dropped. `false` gives up at once. Default: 10 tries from 100 ms on. */
  readonly reconnect?: boolean | Partial<ReconnectPolicy> | undefined;
}

/** A client that is connected already. */
export interface ClientConfig extends ConnectionOptions {
  readonly client: Surreal;
  /** Default: what the client has selected. */
  readonly namespace?: string | undefined;
  /** Default: what the client has selected. */
  readonly database?: string | undefined;
  /** What to show as the connection's address, for the client does not tell. */
  readonly url?: string | undefined;
  /** Whether `close()` closes the client too. Default: `false`. */
  readonly closeClient?: boolean | undefined;
}
