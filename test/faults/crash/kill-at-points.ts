import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unwatched, type Watch } from "../../long-runs/watch.ts";
import type { Blow } from "./blow.ts";
import type { Place } from "./errand.ts";
import { findWrong } from "./find-wrong.ts";
import { choosePoints, type Point } from "./points.ts";
import { prepare, type Prepared } from "./prepared.ts";
import { chooseScenarios, shortRun } from "../choose-scenarios.ts";
import { inLanes } from "../in-lanes.ts";

/** How much to try. Equal requests try the same, as far as the time that a call takes is the same. */
export interface KillRequest {
  readonly points: number;
  readonly seed: number;
  /** All of them unless told. */
  readonly scenario?: string | undefined;
  readonly store?: Place["store"] | undefined;
  /** Only there, as often as `points` says; and where the command that goes on is killed as well. */
  readonly at?: Blow | undefined;
  readonly again?: Blow | undefined;
  readonly watch?: Watch | undefined;
}

/** What came of it. */
export interface KillReport {
  readonly points: number;
  /** The rest had ended before their call. */
  readonly killed: number;
  /** Calls into the engine that unharmed runs make, all in all. */
  readonly calls: number;
  readonly wrong: readonly string[];
}

/** So many processes at a time. */
const lanes = 2;
/** So many points share a process that looks at what they left. */
const batch = 5;

/** Kills processes at points that a seed chooses, and looks at what is left. */
export async function killAtPoints(request: KillRequest): Promise<KillReport> {
  const { watch = unwatched } = request;
  const folder = await mkdtemp(join(tmpdir(), "surql-crash-"));
  try {
    const places = choosePlaces(request).map((place) => ({
      ...place,
      folder: join(folder, `${place.scenario}-${place.store}`),
    }));
    const prepared: Prepared[] = [];
    await inLanes(
      places,
      lanes,
      async (place) => prepared.push(await prepare(place)),
      watch.signal,
    );
    // In the order of the list, whichever was ready first.
    prepared.sort((a, b) => (a.template.folder < b.template.folder ? -1 : 1));
    const chosen = watch.signal.aborted ? [] : pointsOf(prepared, request);
    watch.expect(chosen.length);
    const wrong: string[] = [];
    let [killed, points] = [0, 0];
    const killSome = async (some: readonly Point<Prepared>[], index: number): Promise<void> => {
      const found = await findWrong(some, join(folder, `batch-${index}`));
      for (const one of found.wrong) watch.found(one);
      killed += found.killed;
      wrong.push(...found.wrong);
      points += some.length;
      watch.through(some.length);
    };
    await inLanes(batchesOf(chosen), lanes, killSome, watch.signal);
    const calls = prepared.reduce((sum, one) => sum + one.calls.length, 0);
    return { points, killed, calls, wrong };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function pointsOf(
  prepared: readonly Prepared[],
  { points, seed, at, again }: KillRequest,
): readonly Point<Prepared>[] {
  if (at === undefined) return choosePoints(prepared, points, seed);
  const times = Array.from({ length: points }, () => ({ blow: at, again }));
  return prepared.flatMap((of) => times.map((time) => ({ of, ...time })));
}

/** A short run has each scenario on one store only: to make a store ready takes as long as five points. */
function choosePlaces(request: KillRequest): readonly Pick<Place, "scenario" | "store">[] {
  const stores = ["surrealkv", "rocksdb"] as const;
  const chosen = chooseScenarios(request);
  return chosen.flatMap(({ name }, position) =>
    stores
      .filter((store, index) => {
        if (request.store !== undefined) return request.store === store;
        return (
          request.points >= shortRun ||
          chosen.length === 1 ||
          (position + request.seed) % 2 === index
        );
      })
      .map((store) => ({ scenario: name, store })),
  );
}

function batchesOf<Of>(points: readonly Point<Of>[]): readonly (readonly Point<Of>[])[] {
  const batches: (readonly Point<Of>[])[] = [];
  for (let at = 0; at < points.length; at += batch) batches.push(points.slice(at, at + batch));
  return batches;
}
