// One process of the harness: `node child.js ERRAND`. What it has to say is one line of JSON each.
import { writeSync } from "node:fs";
import { cp } from "node:fs/promises";
import type { Said } from "../judge.ts";
import { check, observeSite, onStage, prepareSite, stepByHand } from "../on-stage.ts";
import { scenarioNamed } from "../scenarios.ts";
import { countCalls } from "./count-calls.ts";
import { siteOf, type Errand, type LearntCalls, type Place } from "./errand.ts";

const errand = JSON.parse(process.argv[2] ?? "") as Errand;

async function learn(place: Place): Promise<LearntCalls> {
  const scenario = scenarioNamed(place.scenario);
  const [byHand, unharmed] = ["by-hand", "unharmed"].map((name) => ({
    ...place,
    folder: `${place.folder}-${name}`,
  })) as [Place, Place];
  const counted = await countCalls(unharmed.folder);
  await prepareSite(siteOf(place), scenario);
  const before = await observeSite(siteOf(place));
  for (const { folder } of [byHand, unharmed]) await cp(place.folder, folder, { recursive: true });
  const steps = await stepByHand(siteOf(byHand), scenario);
  await onStage(siteOf(unharmed), scenario.run);
  const calls = [...counted];
  return { before, steps, calls, unharmed: await check(siteOf(unharmed), scenario) };
}

/** Written before anything else can happen: it is what the program has told its user. */
function sayAtOnce(said: Said): void {
  writeSync(1, lineOf(said));
}

function say(value: unknown): void {
  process.stdout.write(lineOf(value));
}

const lineOf = (value: unknown): string => `${JSON.stringify(value)}\n`;

switch (errand.kind) {
  case "prepare":
    say(await learn(errand.place));
    break;
  case "run": {
    const { place, step, blow } = errand;
    await countCalls(place.folder, blow);
    const work = scenarioNamed(place.scenario)[step];
    const run = onStage(siteOf(place), work, ({ direction, version }) =>
      sayAtOnce({ direction, version }),
    );
    // Where it fails by itself, going on fails too, and tells why.
    await run.catch(() => undefined);
    break;
  }
  case "check":
    // Side by side, as most of the time is spent waiting for the lock of the dead.
    say(
      await Promise.all(
        errand.places.map((place) => check(siteOf(place), scenarioNamed(place.scenario))),
      ),
    );
    break;
}
