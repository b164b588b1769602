import {
  ConnectionUnavailableError,
  Features,
  parseRpcError,
  Publisher,
  RpcEngine,
  UnsupportedFeatureError,
} from "surrealdb";
import type {
  ConnectionState,
  DriverContext,
  EngineEvents,
  LiveMessage,
  RpcErrorObject,
  RpcRequest,
  SurrealEngine,
} from "surrealdb";
import type { NativeEngine } from "./native-engine.ts";

/**
 * Plugs a native engine that is already open into the `surrealdb` client.
 *
 * It never asks for live notifications (see {@link openNativeEngine}), so `LIVE SELECT` is not offered.
 */
export class EmbeddedEngine extends RpcEngine implements SurrealEngine {
  readonly features: SurrealEngine["features"] = new Set([
    Features.Sessions,
    Features.Transactions,
    Features.Api,
  ]);
  readonly #publisher = new Publisher<EngineEvents>();
  #native: NativeEngine | undefined;

  constructor(context: DriverContext, native: NativeEngine) {
    super(context);
    this.#native = native;
  }

  open(state: ConnectionState): void {
    this._state = state;
    this.#publisher.publish("connected");
  }

  async close(): Promise<void> {
    this._state = undefined;
    this.#native?.free();
    this.#native = undefined;
    this.#publisher.publish("disconnected");
  }

  ready(): void {}

  subscribe<K extends keyof EngineEvents>(
    event: K,
    listener: (...payload: EngineEvents[K]) => void,
  ): () => void {
    return this.#publisher.subscribe(event, listener);
  }

  liveQuery(): AsyncIterable<LiveMessage> {
    throw new UnsupportedFeatureError(Features.LiveQueries);
  }

  async send<Method extends string, Params extends unknown[] | undefined, Result>(
    request: RpcRequest<Method, Params>,
  ): Promise<Result> {
    if (this.#native === undefined) throw new ConnectionUnavailableError();
    const { cbor } = this._context.codecs;
    const payload = cbor.encode({ id: this._context.uniqueId(), ...request });
    const answer: unknown = cbor.decode(await this.#native.execute(payload));
    if (isFailure(answer)) throw parseRpcError(answer.error);
    return answer as Result;
  }
}

function isFailure(answer: unknown): answer is { error: RpcErrorObject } {
  return typeof answer === "object" && answer !== null && "error" in answer;
}
