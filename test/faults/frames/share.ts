import { readFile, writeFile } from "node:fs/promises";
import { scenarioNamed } from "../scenarios.ts";
import type { ChosenCut } from "./choose-cuts.ts";
import type { Wired } from "./cut-frame.ts";

/** Some of the cuts, as they are handed to a process of their own. */
export interface Share {
  /** Where {@link writeWired} put what they are cuts of. */
  readonly file: string;
  /** What each is a cut of, by its position in the file, and where it is. */
  readonly cuts: readonly (readonly [of: number, nth: number, when: ChosenCut["when"]])[];
}

/** What a process says of each cut. */
export interface SaidOfCut {
  readonly position: number;
  readonly wrong: readonly string[];
}

/** Writes what is to be cut into a file. */
export async function writeWired(file: string, wired: readonly Wired[]): Promise<void> {
  const named = wired.map((one) => ({ ...one, scenario: one.scenario.name }));
  await writeFile(file, JSON.stringify(named));
}

/** Reads the cuts of a share back. */
export async function readShare({ file, cuts }: Share): Promise<readonly ChosenCut[]> {
  const named = JSON.parse(await readFile(file, "utf8")) as readonly (Omit<Wired, "scenario"> & {
    readonly scenario: string;
  })[];
  const wired = named.map((one) => ({ ...one, scenario: scenarioNamed(one.scenario) }));
  return cuts.flatMap(([of, nth, when]) => {
    const one = wired[of];
    return one === undefined ? [] : [{ one, nth, when }];
  });
}
