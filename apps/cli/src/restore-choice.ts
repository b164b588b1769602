import type { RestoreChoice, RestoreRule } from "surql/executor";
import { restoreChoices } from "./configuration/setting.ts";
import type { Output } from "./output/output.ts";
import type { Prompts } from "./prompt.ts";
import { renderKept } from "./render/kept.ts";

/** What each rule does, in few words. */
const labels: Readonly<Record<RestoreRule | "none", string>> = {
  theirs: "theirs: give it back, but keep what was written since",
  ours: "ours: give it back, and replace what was written since",
  "only-if-none": "only-if-none: fill only what is missing or empty",
  none: "none: leave it where it is kept",
};

/** The rules to choose from, each with what it does. */
const ruleAnswers = restoreChoices.map((value) => ({ value, label: labels[value] }));

/**
 * Who decides whether kept data comes back: the settings; without them the person at the terminal, when something
 * is kept; without one nobody, and it stays kept.
 */
export function restoreChoice(
  setting: RestoreRule | "none" | undefined,
  output: Pick<Output, "note">,
  terminal: boolean,
  prompts: Prompts,
): RestoreChoice {
  if (setting !== undefined) return setting;
  if (!terminal) return "none";
  return async (kept) => {
    output.note(["A rollback has kept data of these migrations:", ...renderKept(kept)].join("\n"));
    return prompts.choose("Give it back with them?", ruleAnswers);
  };
}
