import { cp, rm } from "node:fs/promises";
import type { Checked } from "../on-stage.ts";
import type { Blow } from "./blow.ts";
import type { Place } from "./errand.ts";
import { judgeEnd, judgeLeft, type Said } from "../judge.ts";
import type { Point } from "./points.ts";
import type { Prepared } from "./prepared.ts";
import { runErrand } from "./run-errand.ts";

/** What came of some points. */
export interface Found {
  readonly killed: number;
  readonly wrong: readonly string[];
}

/** Kills at each of these points, one after the other, and then looks at what is left of all of them. */
export async function findWrong(
  points: readonly Point<Prepared>[],
  folder: string,
): Promise<Found> {
  let killed = 0;
  const places: Place[] = [];
  const said: (readonly Said[])[] = [];
  for (const [position, { of, blow, again }] of points.entries()) {
    const place = { ...of.template, folder: `${folder}-${position}` };
    await cp(of.template.folder, place.folder, { recursive: true });
    const ended = await runErrand({ kind: "run", step: "run", place, blow });
    if (ended.wasKilled) killed += 1;
    const more = again && (await runErrand({ kind: "run", step: "goOn", place, blow: again }));
    places.push(place);
    said.push([...ended.said, ...(more?.said ?? [])] as readonly Said[]);
  }
  const { said: answers } = await runErrand({ kind: "check", places });
  const checked = answers[0] as readonly Checked[];
  const wrong = points.flatMap((point, index) => {
    const one = checked[index];
    return one === undefined ? [] : judge(point, said[index] ?? [], one);
  });
  await Promise.all(places.map((place) => rm(place.folder, { recursive: true, force: true })));
  return { killed, wrong };
}

function judge(
  { of, blow, again }: Point<Prepared>,
  said: readonly Said[],
  { found, end, failure }: Checked,
): readonly string[] {
  const wrong = [
    ...judgeLeft(found, said, of.expected),
    ...(end === undefined
      ? [`The ordinary command failed: ${failure}`]
      : judgeEnd(end, of.expected)),
  ];
  const { scenario, store } = of.template;
  const once = `${blow.when} call ${blow.call} (${blow.afterMs} ms): ${of.calls[blow.call - 1]?.label}`;
  const twice =
    again === undefined ? "" : `\n  and again in call ${again.call} (${again.afterMs} ms)`;
  const at = `--at ${argumentOf(blow)}${again === undefined ? "" : ` --again ${argumentOf(again)}`}`;
  const command = `npm run faults -- --only crash --scenario ${scenario} --store ${store} ${at}`;
  return wrong.map(
    (one) => `${one}\n  ${scenario} on ${store}, killed ${once}${twice}\n  Again: ${command}`,
  );
}

function argumentOf({ when, call, afterMs }: Blow): string {
  return when === "during" ? `${when}:${call}:${afterMs}` : `${when}:${call}`;
}
