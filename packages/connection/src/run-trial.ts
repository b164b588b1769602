import { isSurqlError } from "@surql/errors";
import { transactionOver } from "./errors/calling.ts";
import { askEach, askText, call } from "./session.ts";
import type { Session } from "./session.ts";
import type { Trial } from "./trial.ts";

/** Runs work in an interactive transaction that is cancelled whatever comes of it. */
export async function runTrial<T>(
  session: Session,
  work: (trial: Trial) => Promise<T>,
): Promise<T> {
  const open = await call(session, () => session.client.beginTransaction());
  const underWay = new Set<Promise<unknown>>();
  let state: "open" | "over" | "lost" = "open";

  const track = async <R>(ask: () => Promise<R>): Promise<R> => {
    if (state !== "open") throw transactionOver();
    const answer = ask();
    underWay.add(answer);
    try {
      return await answer;
    } catch (error) {
      if (isSurqlError(error) && error.code === "CONNECTION.LOST") state = "lost";
      throw error;
    } finally {
      underWay.delete(answer);
    }
  };

  try {
    return await work({
      query: (sql, bindings) => track(() => askText(session, open, sql, bindings)),
      attempt: (script, bindings) => track(() => askEach(session, open, script, bindings)),
    });
  } finally {
    const isOpen = state === "open";
    state = "over";
    await Promise.allSettled(underWay);
    // A server cancels what was open on a lost connection.
    if (isOpen) await call(session, () => open.cancel()).catch(() => undefined);
  }
}
