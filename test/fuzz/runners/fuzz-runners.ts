import type { FuzzReport, FuzzRequest } from "../fuzz-report.ts";
import { tryMany } from "../try-many.ts";
import { interleavings, meetingPlaces } from "./interleaving.ts";
import type { Interleaving, MeetingPlace } from "./interleaving.ts";
import { madeMigrations } from "./made-migrations.ts";
import { openArena } from "./open-arena.ts";
import type { Arena } from "./open-arena.ts";
import { play } from "./play.ts";

/** After so many databases a store is put away: it only grows. */
const databasesPerArena = 200;

/** Two runners, and five, apply, plan and roll back at once, while leases end and somebody changes the schema. */
export async function fuzzRunners(
  request: FuzzRequest,
  places: readonly MeetingPlace[] = meetingPlaces,
): Promise<FuzzReport> {
  const migrations = await madeMigrations();
  const arenas = new Map<MeetingPlace, { arena: Arena; databases: number }>();
  const counts = { five: 0, ups: 0, downs: 0, plans: 0, refusals: 0 };
  const arenaOf = async (place: MeetingPlace): Promise<{ arena: Arena; name: string }> => {
    let open = arenas.get(place);
    if (open !== undefined && open.databases >= databasesPerArena) {
      await open.arena[Symbol.asyncDispose]();
      open = undefined;
    }
    open ??= { arena: await openArena(place), databases: 0 };
    arenas.set(place, open);
    open.databases += 1;
    return { arena: open.arena, name: `d${open.databases}` };
  };

  const judge = async (one: Interleaving): Promise<void> => {
    const { arena, name } = await arenaOf(one.place);
    const { mistakes, claims } = await play(arena, name, migrations, one);
    counts.five += one.runners.length === 5 ? 1 : 0;
    counts.ups += claims.applied.length;
    counts.downs += claims.rolledBack.length;
    counts.plans += claims.carriedOut.length;
    counts.refusals += claims.refusals.length;
    if (mistakes.length > 0) throw new Error(mistakes.join("; "));
  };
  try {
    const trial = { name: "runners", judge, show };
    return {
      ...(await tryMany(interleavings(places), request, trial)),
      summary: `${counts.five} with five runners; ${counts.ups} applied, ${counts.downs} rolled back by ${counts.plans} plans, ${counts.refusals} refused`,
    };
  } finally {
    for (const { arena } of arenas.values()) await arena[Symbol.asyncDispose]();
  }
}

function show({ place, applied, planned, runners, order }: Interleaving): string {
  const lines = runners.map(
    (actions, index) =>
      `runner ${index + 1}: ${actions.map((action) => JSON.stringify(action)).join(", ")}`,
  );
  return [
    `on ${place}, ${applied} applied, a plan back to ${planned}, order ${order ?? "free"}`,
    ...lines,
  ].join("\n");
}
