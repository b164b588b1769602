import { Uuid } from "surrealdb";
import type { Engine } from "./engine.ts";
import { decode, encode, errorAnswer, isError } from "./wire.ts";
import type { Call, CallError } from "./wire.ts";

/** How calls are answered. */
export interface Policy {
  /** Refuse everything but signing in until somebody has. The embedded engine allows all to strangers. */
  readonly mustSignIn: boolean;
  /** Refuse to select what does not exist. The embedded engine creates it. */
  readonly strict: boolean;
}

/** What one socket, or one HTTP request, has to itself. */
export interface Session {
  answer(call: Omit<Call, "id">): Promise<Uint8Array>;
  /** Cancels what is open and forgets the rest. */
  end(): Promise<void>;
}

const forStrangers = [
  "signin",
  "signup",
  "authenticate",
  "version",
  "ping",
  "use",
  "attach",
  "detach",
];

const notAllowed: CallError = {
  code: -32000,
  kind: "NotAllowed",
  message: "IAM error: Not enough permissions to perform this action",
};

/** Opens a session of its own in the engine. */
export async function openSession(engine: Engine, policy: Policy): Promise<Session> {
  const root = Uuid.v4();
  const sessions = new Set([String(root)]);
  const signedIn = new Set<string>();
  const transactions = new Set<string>();
  const send = (call: Omit<Call, "id">) => engine.execute(encode({ id: "1", ...call }));
  await send({ method: "attach", session: root });

  return {
    async answer(call) {
      const session = call.session ?? root;
      const who = String(session);
      const { method, params = [] } = call;
      if (policy.mustSignIn && !signedIn.has(who) && !forStrangers.includes(method)) {
        return errorAnswer(notAllowed);
      }
      if (policy.strict && method === "use") {
        const missing = await findMissing(engine, params);
        if (missing !== undefined) return errorAnswer(missing);
      }
      const answer = await send({ ...call, session });
      if (isError(answer)) return answer;
      if (method === "attach") sessions.add(who);
      if (method === "signin" || method === "authenticate") signedIn.add(who);
      if (method === "invalidate" || method === "reset") signedIn.delete(who);
      if (method === "begin") transactions.add(String(decode(answer)));
      if (method === "commit" || method === "cancel") transactions.delete(String(params[0]));
      return answer;
    },
    async end() {
      for (const id of transactions) {
        await send({ method: "cancel", params: [new Uuid(id)], session: root });
      }
      for (const id of sessions) await send({ method: "detach", session: new Uuid(id) });
    },
  };
}

async function findMissing(
  engine: Engine,
  [namespace, database]: readonly unknown[],
): Promise<CallError | undefined> {
  if (typeof namespace !== "string") return undefined;
  const { namespaces } = await ask(engine, "INFO FOR ROOT");
  if (!Object.keys(namespaces ?? {}).includes(namespace)) return notFound("Namespace", namespace);
  if (typeof database !== "string") return undefined;
  await engine.execute(encode({ id: "1", method: "use", params: [namespace, null] }));
  const { databases } = await ask(engine, "INFO FOR NS");
  return Object.keys(databases ?? {}).includes(database)
    ? undefined
    : notFound("Database", database);
}

async function ask(engine: Engine, sql: string): Promise<Record<string, object>> {
  const answer = decode(await engine.execute(encode({ id: "1", method: "query", params: [sql] })));
  return (answer as readonly { result: Record<string, object> }[])[0]?.result ?? {};
}

function notFound(kind: "Namespace" | "Database", name: string): CallError {
  const message = `The ${kind.toLowerCase()} '${name}' does not exist`;
  return { code: -32000, kind: "NotFound", message, details: { kind, details: { name } } };
}
