import type { Migration } from "surql";
import { ensureLedger } from "surql/history";
import { act, sleep } from "./act.ts";
import type { Claims, Runner } from "./act.ts";
import type { Interleaving } from "./interleaving.ts";
import { lookForMistakes } from "./look-for-mistakes.ts";
import type { Arena } from "./open-arena.ts";
import { takeTurns } from "./take-turns.ts";

/** What came of an interleaving. */
export interface Outcome {
  readonly mistakes: readonly string[];
  readonly claims: Claims;
}

/** Lets runners loose on an empty database, each over a connection of its own, and looks at what is left. */
export async function play(
  arena: Arena,
  database: string,
  migrations: readonly Migration[],
  { applied, planned, runners, order }: Interleaving,
): Promise<Outcome> {
  const judge = await arena.open(database);
  await ensureLedger(judge);
  await judge.query("DEFINE TABLE trace; DEFINE TABLE shared");
  const turns = takeTurns(runners.length, order);
  const claims: Claims = {
    applied: [],
    rolledBack: [],
    carriedOut: [],
    plans: [],
    byHand: [],
    refusals: [],
    mistakes: [],
  };
  const byJudge = { name: "judge", db: judge, migrations, claims, sleepAt: () => undefined };
  const run = { patient: false, sleepsAt: undefined };
  if (applied > 0) await act(byJudge, { kind: "apply", steps: applied, run });
  await act(byJudge, { kind: "plan", to: planned });
  await Promise.all(
    runners.map(async (actions, index) => {
      const own = await arena.open(database);
      let callsUntilSleep = Number.POSITIVE_INFINITY;
      const db = turns.gate(index, own, async () => {
        callsUntilSleep -= 1;
        if (callsUntilSleep === 0) await sleep();
      });
      const runner: Runner = {
        name: `runner ${index + 1}`,
        db,
        migrations,
        claims,
        sleepAt: (nth = Number.POSITIVE_INFINITY) => {
          callsUntilSleep = nth;
        },
      };
      try {
        for (const action of actions) await act(runner, action);
      } finally {
        turns.leave(index);
        await own.close();
      }
    }),
  );
  const found = await lookForMistakes(judge, migrations, claims);
  await judge.close();
  return { mistakes: [...claims.mistakes, ...found], claims };
}
