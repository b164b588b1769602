import type { ScriptStatement } from "./database.ts";

/** How the answers to a script belong to its statements. */
export interface AnswerLayout {
  /** Index of the statement that each answer belongs to, without those of BEGIN and COMMIT. */
  readonly order: readonly number[];
  /** How many answers BEGIN and COMMIT give each. */
  readonly lead: 0 | 1;
}

/**
 * Says how a server of a version answers a script: 3.x gives one answer for every statement, BEGIN and COMMIT
 * included; 2.x gives none for those and for `OPTION`.
 *
 * @param whole Whether the script stands between BEGIN and COMMIT.
 */
export function answerLayout(
  script: readonly ScriptStatement[],
  engineVersion: string,
  whole: boolean,
): AnswerLayout {
  const all = [...script.keys()];
  if (!engineVersion.startsWith("2.")) return { order: all, lead: whole ? 1 : 0 };
  const isAnswered = (index: number) => !/^\s*OPTION\b/i.test(script[index]?.text ?? "");
  return { order: all.filter(isAnswered), lead: 0 };
}
