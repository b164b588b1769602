import { setImmediate as nextTurn } from "node:timers/promises";
import { createRemoteEngines, Surreal } from "surrealdb";
import type { ConnectOptions, DriverContext, ReconnectOptions } from "surrealdb";
import type { ConnectConfig } from "./config.ts";
import { EmbeddedEngine } from "./embedded-engine.ts";
import type { EmbeddedEndpoint, Endpoint, RemoteEndpoint } from "./endpoint.ts";
import { closeStore, openStore } from "./open-store.ts";
import { SocketEngine } from "./socket-engine.ts";
import { spareLongTokens } from "./spare-long-tokens.ts";
import { webSocketClass } from "./web-socket.ts";

/** A connected client, and how to part from it. */
export interface OpenClient {
  readonly client: Surreal;
  readonly close: () => Promise<void>;
}

type SignIn = Pick<ConnectOptions, "authentication">;

/** Longest that a server may take to say goodbye. */
const goodbyeMs = 1000;

/**
 * Connects and signs in, or rejects with what the client, the engine or the network said.
 *
 * @param signal Closes the client when it is aborted, also after this has resolved.
 */
export function openClient(
  endpoint: Endpoint,
  signIn: SignIn,
  reconnect: ConnectConfig["reconnect"],
  signal: AbortSignal,
): Promise<OpenClient> {
  return endpoint.engine === "embedded"
    ? openEmbedded(endpoint, signIn, signal)
    : openRemote(endpoint, signIn, reconnect, signal);
}

async function openEmbedded(
  endpoint: EmbeddedEndpoint,
  signIn: SignIn,
  signal: AbortSignal,
): Promise<OpenClient> {
  const store = await openStore(endpoint);
  if (signal.aborted) {
    await closeStore(store);
    signal.throwIfAborted();
  }
  const client = new Surreal({
    engines: { [store.kind]: (context) => new EmbeddedEngine(context, store) },
  });
  const close = async (): Promise<void> => {
    // Calls that were made before are still on their way through the client; the engine answers them.
    await nextTurn();
    await client.close();
  };
  return connected({ client, close }, () => client.connect(`${store.kind}://`, signIn), signal);
}

async function openRemote(
  { url, socket }: RemoteEndpoint,
  signIn: SignIn,
  reconnect: ConnectConfig["reconnect"],
  signal: AbortSignal,
): Promise<OpenClient> {
  const requests = new AbortController();
  const websocketImpl = socket ? await webSocketClass() : undefined;
  const sockets: SocketEngine[] = [];
  const socketEngine = (context: DriverContext): SocketEngine => {
    const engine = new SocketEngine(context);
    sockets.push(engine);
    return engine;
  };

  const client = new Surreal({
    engines: { ...createRemoteEngines(), ws: socketEngine, wss: socketEngine },
    ...(websocketImpl && { websocketImpl }),
    fetchImpl: (input, init) => fetch(input, { ...init, signal: requests.signal }),
  });
  const close = async (): Promise<void> => {
    requests.abort();
    await Promise.race([client.close(), goodbye()]);
  };
  const connecting = () => {
    const ready = client.connect(url, { ...signIn, reconnect: policy(reconnect) });
    return Promise.race([ready, ...sockets.map(({ failure }) => failure)]);
  };
  const open = await connected({ client, close }, connecting, signal);
  for (const engine of sockets) engine.allowReconnect();
  return open;
}

async function connected(
  open: OpenClient,
  connecting: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<OpenClient> {
  spareLongTokens(open.client);
  signal.addEventListener("abort", () => void open.close());
  try {
    signal.throwIfAborted();
    await connecting();
    return open;
  } catch (error) {
    await open.close();
    throw error;
  }
}

function policy(reconnect: ConnectConfig["reconnect"] = true): Partial<ReconnectOptions> {
  const { attempts = 10, delayMs = 100 } = typeof reconnect === "object" ? reconnect : {};
  return {
    enabled: reconnect !== false,
    attempts,
    // The client doubles before the first try too.
    retryDelay: delayMs / 2,
    retryDelayMax: 1000,
    retryDelayMultiplier: 2,
  };
}

function goodbye(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, goodbyeMs).unref();
  });
}
