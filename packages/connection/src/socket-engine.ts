import { CallTerminatedError, WebSocketEngine } from "surrealdb";
import type { ConnectionState, DriverContext, RpcRequest } from "surrealdb";

/**
 * The client's WebSocket engine, made safe for changes that must not happen twice.
 *
 * The stock engine keeps the calls that were under way when the socket broke and sends them again after
 * it has connected anew. A transaction whose answer got lost would run a second time. Here such a call
 * fails with `CallTerminatedError`, and the caller can find out what became of it.
 */
export class SocketEngine extends WebSocketEngine {
  /** Rejects with the first thing that goes wrong, which the client itself keeps to itself. */
  readonly failure: Promise<never>;
  readonly #underWay = new Set<(reason: Error) => void>();
  #reconnect: ConnectionState["reconnect"]["options"] | undefined;
  #wanted = false;

  constructor(context: DriverContext) {
    super(context);
    this.failure = new Promise((_, reject) => this.subscribe("error", reject));
    this.failure.catch(() => undefined);
    this.subscribe("reconnecting", () => this.#abandon());
    this.subscribe("disconnected", () => this.#abandon());
  }

  /** Tries once: that a server cannot be reached is to be told, not to be repeated. */
  override open(state: ConnectionState): void {
    this.#reconnect = state.reconnect.options;
    this.#wanted = this.#reconnect.enabled;
    this.#reconnect.enabled = false;
    super.open(state);
  }

  /** From here on a broken connection is made again, if that was configured. */
  allowReconnect(): void {
    if (this.#reconnect !== undefined) this.#reconnect.enabled = this.#wanted;
  }

  /** Called after a reconnect, to send the calls under way again: there are none. */
  override ready(): void {}

  override send<Method extends string, Params extends unknown[] | undefined, Result>(
    request: RpcRequest<Method, Params>,
  ): Promise<Result> {
    const answer = new Promise<Result>((resolve, reject) => {
      this.#underWay.add(reject);
      const settled = () => this.#underWay.delete(reject);
      super.send<Method, Params, Result>(request).then(resolve, reject).finally(settled);
    });
    // The client pings without looking at what becomes of it.
    if (request.method === "ping") answer.catch(() => undefined);
    return answer;
  }

  #abandon(): void {
    for (const reject of this.#underWay) reject(new CallTerminatedError());
    this.#underWay.clear();
  }
}
