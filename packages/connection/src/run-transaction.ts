import { isSurqlError } from "@surql/errors";
import type { Transaction } from "./database.ts";
import { transactionOver } from "./errors/calling.ts";
import { askScript, askText, call } from "./session.ts";
import type { Session } from "./session.ts";

/**
 * Runs work in an interactive transaction.
 *
 * The engine goes on after a failed statement and would commit the rest, so the first failure dooms the
 * transaction, even when `work` catches it.
 */
export async function runTransaction<T>(
  session: Session,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const open = await call(session, () => session.client.beginTransaction());
  const underWay = new Set<Promise<unknown>>();
  let ended = false;
  let doomed: { readonly error: unknown } | undefined;

  const guard = (ask: () => Promise<readonly unknown[]>): Promise<readonly unknown[]> => {
    if (ended) return Promise.reject(transactionOver());
    if (doomed !== undefined) return Promise.reject(doomed.error);
    const answer = ask();
    underWay.add(answer);
    answer.then(
      () => underWay.delete(answer),
      (error: unknown) => {
        doomed ??= { error };
        underWay.delete(answer);
      },
    );
    return answer;
  };

  try {
    const result = await work({
      query: (sql, bindings) => guard(() => askText(session, open, sql, bindings)),
      run: (script, bindings) =>
        guard(() => askScript(session, open, script, bindings, "statements")),
    });
    await Promise.allSettled(underWay);
    if (doomed !== undefined) throw doomed.error;
    ended = true;
    await call(session, () => open.commit());
    return result;
  } catch (error) {
    const begun = !ended;
    ended = true;
    // A server cancels what was open on a lost connection.
    if (begun && !isLost(error)) {
      await Promise.allSettled(underWay);
      await call(session, () => open.cancel()).catch(() => undefined);
    }
    throw error;
  }
}

function isLost(error: unknown): boolean {
  return isSurqlError(error) && error.code === "CONNECTION.LOST";
}
