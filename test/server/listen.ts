import { once } from "node:events";
import { createServer as createHttp } from "node:http";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { openEngine } from "./engine.ts";
import { noFaults } from "./faults.ts";
import type { Cut, Faults } from "./faults.ts";
import { openSession } from "./session.ts";
import type { Session } from "./session.ts";
import { frameHead, responseHead, tear } from "./tear.ts";
import { decode, encode, isError, reply } from "./wire.ts";
import type { Call } from "./wire.ts";

export interface ListenOptions {
  /** The engine behind the server. Default: `mem://`. */
  readonly store?: string;
  /** A root user to create; strangers may do nothing but sign in then. */
  readonly root?: { readonly username: string; readonly password: string };
  /** Whether selecting a namespace or database that does not exist fails. Default: it is created. */
  readonly strict?: boolean;
  /** Speaks `wss` and `https`. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Default: a free one. */
  readonly port?: number;
}

export interface TestServer {
  readonly url: string;
  readonly httpUrl: string;
  readonly port: number;
  /** To be changed at will. */
  readonly faults: Faults;
  /** Every call that was received, oldest first. */
  readonly calls: readonly Pick<Call, "method" | "params">[];
  /** Runs SurrealQL behind the server's back, as nobody has to sign in there. */
  query(sql: string): Promise<readonly { status: string; result: unknown }[]>;
  /** Cuts every connection that is open. */
  cut(): void;
  /** Stops listening, cuts every connection and frees the engine. */
  close(): Promise<void>;
}

/** Starts a server on the loopback interface that speaks the client's protocol in front of an embedded engine. */
export async function listen(options: ListenOptions = {}): Promise<TestServer> {
  const { store = "mem://", root, strict = false, tls, port = 0 } = options;
  const engine = await openEngine(store);
  const faults: Faults = { ...noFaults };
  const calls: Call[] = [];
  const sockets = new Set<Socket>();
  const work = new Set<Promise<void>>();
  /** The engine may not be freed before: a call to a freed engine ends the process. */
  const track = (task: () => Promise<void>): void => {
    const running = task().finally(() => work.delete(running));
    work.add(running);
  };
  const policy = { mustSignIn: root !== undefined, strict };
  const query: TestServer["query"] = async (sql) => {
    const bytes = encode({ id: "1", method: "query", params: [sql] });
    return decode(await engine.execute(bytes)) as Awaited<ReturnType<TestServer["query"]>>;
  };
  if (root !== undefined) {
    await query(`DEFINE USER ${root.username} ON ROOT PASSWORD '${root.password}' ROLES OWNER`);
  }

  /** The answer to a call; undefined when none is to be sent, because the connection is cut or silent. */
  async function handle(
    session: Session,
    call: Call,
    socket: Socket,
    headOf: (answer: Uint8Array) => Uint8Array,
  ): Promise<Uint8Array | undefined> {
    calls.push(call);
    const cut = isDue(faults, call);
    if (cut === "before") socket.destroy();
    if (cut === "before" || faults.silent) return undefined;
    const answer = reply(call.id, await session.answer(call));
    if (faults.delayMs > 0) await sleep(faults.delayMs);
    if (cut === undefined) return answer;
    if (cut === "after") socket.destroy();
    else tear(socket, headOf(answer), answer);
    return undefined;
  }

  function onSocket(socket: WebSocket, request: IncomingMessage): void {
    // Frames that come while the session is being opened wait for it.
    const opening = openSession(engine, policy);
    socket.on("error", () => undefined);
    socket.on("close", () => track(async () => (await opening).end()));
    socket.on("message", (data: Buffer) => {
      track(async () => {
        const answer = await handle(await opening, decode(data) as Call, request.socket, frameHead);
        if (answer !== undefined) socket.send(answer);
      });
    });
  }

  const onRequest: RequestListener = (request, response) => {
    track(async () => {
      const session = await openSession(engine, policy);
      const refused = await readHeaders(session, request);
      if (refused) response.writeHead(401).end("There was a problem with authentication");
      const body = refused ? undefined : await readBody(request);
      const answer =
        body && (await handle(session, decode(body) as Call, request.socket, responseHead));
      if (answer !== undefined) respond(response, answer);
      await session.end();
    });
  };

  const server: Server = tls ? createHttps(tls, onRequest) : createHttp(onRequest);
  const webSockets = new WebSocketServer({ server, handleProtocols: () => "cbor" });
  webSockets.on("connection", onSocket);
  server.on(tls ? "secureConnection" : "connection", (socket: Socket) => {
    if (faults.refuse) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });

  const address = server.address() as AddressInfo;
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `${tls ? "wss" : "ws"}://127.0.0.1:${address.port}`,
    httpUrl: `${tls ? "https" : "http"}://127.0.0.1:${address.port}`,
    port: address.port,
    faults,
    calls,
    query,
    cut,
    async close() {
      const left = [...webSockets.clients].map((socket) => once(socket, "close"));
      cut();
      await Promise.all(left);
      await new Promise((resolve) => {
        server.close(resolve);
      });
      while (work.size > 0) await Promise.all(work);
      engine.free();
    },
  };
}

/** Takes over what the client puts into headers. Says whether its token was refused. */
async function readHeaders(session: Session, { headers }: IncomingMessage): Promise<boolean> {
  const token = headers.authorization?.replace(/^Bearer /, "");
  if (token !== undefined) {
    if (isError(await session.answer({ method: "authenticate", params: [token] }))) return true;
  }
  const [namespace, database] = [headers["surreal-ns"], headers["surreal-db"]];
  if (namespace !== undefined) {
    // What does not exist stays unselected, so that the statements that need it fail.
    for (const params of [
      [null, null],
      [namespace, null],
      [namespace, database],
    ]) {
      if (isError(await session.answer({ method: "use", params }))) break;
    }
  }
  return false;
}

/** `undefined` when the connection was cut before all of it had come: then there is no call. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ECONNRESET") throw error;
    return undefined;
  }
  return Buffer.concat(chunks);
}

function respond(response: ServerResponse, answer: Uint8Array): void {
  response.writeHead(200, { "content-type": "application/cbor" }).end(answer);
}

/** Counts the call, and says when the connection is to be cut at it. */
function isDue(faults: Faults, { method, params }: Call): Cut["when"] | undefined {
  const { cut } = faults;
  if (cut === undefined || (cut.method !== undefined && cut.method !== method)) return undefined;
  const text = String(params?.[0]);
  if (cut.text !== undefined && !text.includes(cut.text)) return undefined;
  if (cut.except !== undefined && text.includes(cut.except)) return undefined;
  faults.cut = cut.nth > 1 ? { ...cut, nth: cut.nth - 1 } : undefined;
  return cut.nth > 1 ? undefined : cut.when;
}
