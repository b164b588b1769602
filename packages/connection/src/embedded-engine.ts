import {
  ConnectionUnavailableError,
  Features,
  Publisher,
  RpcEngine,
  UnsupportedFeatureError,
  Uuid,
} from "surrealdb";
import type {
  ConnectionState,
  DriverContext,
  EngineEvents,
  LiveMessage,
  RpcRequest,
  Session,
  SurrealEngine,
} from "surrealdb";
import { callNative } from "./call-native.ts";
import { closeStore } from "./open-store.ts";
import type { Store } from "./open-store.ts";

/**
 * Plugs a store that is already open into the `surrealdb` client.
 *
 * Several clients may share a store: each has a session of its own in it. Live queries, import and export
 * are not offered; the first keeps a process alive (see {@link loadNativeModule}), the others would work
 * in another session.
 */
export class EmbeddedEngine extends RpcEngine implements SurrealEngine {
  readonly features: SurrealEngine["features"] = new Set([
    Features.Sessions,
    Features.Transactions,
    Features.Api,
  ]);
  readonly #publisher = new Publisher<EngineEvents>();
  readonly #session = Uuid.v4();
  readonly #store: Store;
  readonly #transactions = new Set<Uuid>();
  readonly #underWay = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(context: DriverContext, store: Store) {
    super(context);
    this.#store = store;
  }

  open(state: ConnectionState): void {
    this._state = state;
    this.attach(this.#session).then(
      () => this.#publisher.publish("connected"),
      (error: unknown) => this.#publisher.publish("error", error as Error),
    );
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const sessions = [...(this._state?.sessions.keys() ?? []), this.#session];
    this._state = undefined;
    // A call that reaches a freed engine ends the process.
    await Promise.allSettled(this.#underWay);
    // An open transaction would outlive its session.
    const cancelled = [...this.#transactions].map((id) =>
      this.#call({ method: "cancel", params: [id] }),
    );
    await Promise.allSettled(cancelled);
    await Promise.allSettled(sessions.map((session) => this.#call({ method: "detach", session })));
    this.#publisher.publish("disconnected");
    await closeStore(this.#store);
  }

  ready(): void {}

  override async begin(session: Session): Promise<Uuid> {
    const id = await super.begin(session);
    this.#transactions.add(id);
    return id;
  }

  override async commit(id: Uuid, session: Session): Promise<void> {
    this.#transactions.delete(id);
    await super.commit(id, session);
  }

  override async cancel(id: Uuid, session: Session): Promise<void> {
    this.#transactions.delete(id);
    await super.cancel(id, session);
  }

  subscribe<K extends keyof EngineEvents>(
    event: K,
    listener: (...payload: EngineEvents[K]) => void,
  ): () => void {
    return this.#publisher.subscribe(event, listener);
  }

  liveQuery(): AsyncIterable<LiveMessage> {
    throw new UnsupportedFeatureError(Features.LiveQueries);
  }

  override async importSql(): Promise<void> {
    throw new UnsupportedFeatureError(Features.ExportImportRaw);
  }

  override async exportSql(): Promise<Response> {
    throw new UnsupportedFeatureError(Features.ExportImportRaw);
  }

  async send<Method extends string, Params extends unknown[] | undefined, Result>(
    request: RpcRequest<Method, Params>,
  ): Promise<Result> {
    if (this.#closing !== undefined) throw new ConnectionUnavailableError();
    const [text] = request.params ?? [];
    this.#store.indexed ||= typeof text === "string" && /\bindex\b/i.test(text);
    const answer = this.#call<Result>(request);
    this.#underWay.add(answer);
    try {
      return await answer;
    } finally {
      this.#underWay.delete(answer);
    }
  }

  #call<Result>(request: RpcRequest<string, unknown[] | undefined>): Promise<Result> {
    const session = request.session ?? this.#session;
    return callNative(this.#store.native, this._context.codecs.cbor, { ...request, session });
  }
}
