import type { SurqlError } from "@surql/errors";
import type { QueryResponse, Surreal } from "surrealdb";
import { answerLayout } from "./answer-layout.ts";
import type { Bindings, DatabaseTarget, ScriptStatement } from "./database.ts";
import { withDeadline } from "./deadline.ts";
import { gone, outcomeUnknown, timedOut } from "./errors/calling.ts";
import type { Redact } from "./redact.ts";
import { rootCause } from "./root-cause.ts";
import { describeStatement, joinScript, locateInScript, locateInText } from "./script-text.ts";
import { serverError } from "./server-error.ts";
import type { Attempt } from "./trial.ts";
import type { CallContext } from "./server-error.ts";

/** What every call of one connection needs. */
export interface Session {
  readonly client: Surreal;
  readonly target: DatabaseTarget;
  readonly redact: Redact;
  readonly queryTimeoutMs: number | undefined;
}

/** What SurrealQL can be sent to: a client, or a transaction of it. */
export type Queryable = Pick<Surreal, "query">;

/** Makes one call: with a connection, within the time limit, and with failures that are ours. */
export function call<T>(
  session: Session,
  work: () => Promise<T>,
  context?: Pick<CallContext, "locate">,
): Promise<T> {
  const { client, target, redact, queryTimeoutMs } = session;
  return withDeadline(
    queryTimeoutMs,
    async () => {
      try {
        if (client.status !== "connected") await reconnected(session);
        return await work();
      } catch (error) {
        throw serverError(error, { url: target.url, redact, ...context });
      }
    },
    (ms) => timedOut("The call", ms, "unknown"),
  );
}

/** Sends a text as it is. The results of its statements; throws for the first one that failed. */
export async function askText(
  session: Session,
  to: Queryable,
  sql: string,
  bindings: Bindings | undefined,
): Promise<readonly unknown[]> {
  const responses = await call(session, () => to.query(sql, { ...bindings }).responses(), {
    locate: (position) => locateInText(sql, position),
  });
  return settle(session, responses, (index) => ({ index }));
}

/**
 * Sends a script in one text, as a transaction of its own or into one that is open.
 *
 * Throws `CONNECTION.OUTCOME_UNKNOWN` when the answers do not match the statements, as happens when a
 * `RETURN` ends the transaction early.
 */
export async function askScript(
  session: Session,
  to: Queryable,
  script: readonly ScriptStatement[],
  bindings: Bindings | undefined,
  form: "transaction" | "statements",
): Promise<readonly unknown[]> {
  if (script.length === 0) return [];
  const whole = form === "transaction";
  const text = whole ? `BEGIN;\n${joinScript(script)}COMMIT;` : joinScript(script);
  const responses = await call(session, () => to.query(text, { ...bindings }).responses(), {
    locate: (position) => locateInScript(script, whole ? 2 : 1, position),
  });

  const { order, lead } = answerLayout(script, session.target.engineVersion, whole);
  const results = settle(session, responses, (index) =>
    describeStatement(script, order[index - lead] ?? -1),
  );
  if (results.length !== order.length + 2 * lead) {
    const reason = `${script.length} statements were sent, and ${results.length - 2 * lead} answered`;
    throw outcomeUnknown(reason, undefined);
  }
  const byStatement = new Map(order.map((statement, index) => [statement, results[index + lead]]));
  return script.map((_, index) => byStatement.get(index));
}

/**
 * Sends scripts in one text, each as a transaction of its own. What came of each: its error, or `undefined` when it was
 * committed. The engine goes on with the next transaction after one that failed (measured on 3.0.2).
 *
 * Throws when nothing of the text was run, and `CONNECTION.OUTCOME_UNKNOWN` as {@link askScript} does.
 */
export async function askTransactions(
  session: Session,
  scripts: readonly (readonly ScriptStatement[])[],
  bindings: Bindings | undefined,
): Promise<readonly (SurqlError | undefined)[]> {
  const { client, target, redact } = session;
  const text = scripts.map((script) => `BEGIN;\n${joinScript(script)}COMMIT;\n`).join("");
  const responses = await call(session, () => client.query(text, { ...bindings }).responses());
  let end = 0;
  const outcomes = scripts.map((script) => {
    const { order, lead } = answerLayout(script, target.engineVersion, true);
    const begin = end;
    end += lead + order.length;
    // The COMMIT of a transaction that failed gives no answer.
    if (responses.slice(begin, end).every(({ success }) => success)) end += lead;
    const failure = rootCause(responses.slice(begin, end));
    if (failure === undefined) return undefined;
    const meta = describeStatement(script, order[failure.index - lead] ?? -1);
    return serverError(failure.error, { url: target.url, redact, meta });
  });
  if (responses.length !== end) {
    throw outcomeUnknown(`${end} answers were due, and ${responses.length} came`, undefined);
  }
  return outcomes;
}

/** Sends a script in one text into an open transaction; what came of each of its statements. */
export async function askEach(
  session: Session,
  to: Queryable,
  script: readonly ScriptStatement[],
  bindings: Bindings | undefined,
): Promise<readonly Attempt[]> {
  if (script.length === 0) return [];
  const { target, redact } = session;
  const work = () => to.query(joinScript(script), { ...bindings }).responses();
  const responses = await call(session, work, {
    locate: (position) => locateInScript(script, 1, position),
  });
  return responses.map((response, index): Attempt => {
    const { stats } = response;
    const durationMs = stats && Number(stats.duration.nanoseconds) / 1e6;
    if (response.success) return { success: true, result: response.result, durationMs };
    const meta = describeStatement(script, index);
    const error = serverError(response.error, { url: target.url, redact, meta });
    return { success: false, error, durationMs };
  });
}

function settle(
  { target, redact }: Session,
  responses: readonly QueryResponse[],
  describe: (index: number) => CallContext["meta"],
): readonly unknown[] {
  const failure = rootCause(responses);
  if (failure !== undefined) {
    const meta = describe(failure.index);
    throw serverError(failure.error, { url: target.url, redact, meta });
  }
  return responses.map((response) => (response.success ? response.result : undefined));
}

/** The client's own waiting has no end when it gives up to reconnect. */
async function reconnected({ client, target }: Session): Promise<void> {
  if (client.status === "disconnected") throw gone(target.url);
  const stops: (() => void)[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      stops.push(
        client.subscribe("connected", () => resolve()),
        client.subscribe("disconnected", () => reject(gone(target.url))),
        client.subscribe("error", reject),
      );
    });
  } finally {
    for (const stop of stops) stop();
  }
}
