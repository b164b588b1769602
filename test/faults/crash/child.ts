// One process of the harness: `node child.js ERRAND`. What it has to say is one line of JSON each.
import { writeSync } from "node:fs";
import { cp } from "node:fs/promises";
import { countCalls } from "./count-calls.ts";
import type { Errand, Learnt, Place } from "./errand.ts";
import type { Observation } from "./observe.ts";
import { check, observePlace, onStage, prepareStage } from "./on-stage.ts";
import { scenarioNamed } from "./scenarios.ts";

const errand = JSON.parse(process.argv[2] ?? "") as Errand;

async function learn(place: Place): Promise<Learnt> {
  const scenario = scenarioNamed(place.scenario);
  const unharmed = { ...place, folder: `${place.folder}-unharmed` };
  const byHand = { ...place, folder: `${place.folder}-by-hand` };
  const calls = await countCalls(unharmed.folder);
  await prepareStage(place, scenario);
  const before = await observePlace(place);
  for (const { folder } of [unharmed, byHand]) await cp(place.folder, folder, { recursive: true });

  const steps: Observation["world"][] = [];
  for (const step of scenario.steps ?? []) {
    await onStage(byHand, ({ db }) => db.query(step));
    steps.push((await observePlace(byHand)).world);
  }
  await onStage(unharmed, scenario.run);
  const made = [...calls];
  return { before, steps, calls: made, unharmed: await check(unharmed) };
}

/** Written before anything else can happen: it is what the program has told its user. */
function say(value: unknown): void {
  writeSync(1, `${JSON.stringify(value)}\n`);
}

switch (errand.kind) {
  case "prepare":
    say(await learn(errand.place));
    break;
  case "run": {
    const { place, blow } = errand;
    await countCalls(place.folder, blow);
    await onStage(place, scenarioNamed(place.scenario).run, ({ direction, version }) =>
      say({ direction, version }),
    );
    break;
  }
  case "check":
    // Side by side, as most of the time is spent waiting for the lock of the dead.
    say(await Promise.all(errand.places.map(check)));
    break;
}
