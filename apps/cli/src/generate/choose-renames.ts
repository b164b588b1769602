import { findRenames, nameRenames } from "surql/generator";
import type { Rename } from "surql/generator";
import { objectPath } from "surql/snapshot";
import type { Schema } from "surql/snapshot";
import { invalidUsage } from "../errors.ts";
import type { Prompts } from "../prompt.ts";

/** What was said about renames on the command line. */
export interface RenameAnswers {
  /** `user.bio=user.about`. */
  readonly named: readonly string[];
  /** Whether all that looks like one is one; `undefined` where nobody said. */
  readonly all: boolean | undefined;
}

/** Who can be asked and told. */
export interface Audience {
  /** `undefined` without a terminal. */
  readonly prompts: Pick<Prompts, "confirm"> | undefined;
  readonly note: (text: string) => void;
}

/**
 * Decides what was renamed: what the command line names, and of what else looks like it what the person at the terminal says.
 * Without one it counts as removed and added, and that is said.
 *
 * @throws `CLI.INVALID_USAGE`, `GENERATOR.NOT_A_RENAME`, `CLI.INTERRUPTED`.
 */
export async function chooseRenames(
  before: Schema,
  after: Schema,
  { named, all }: RenameAnswers,
  { prompts, note }: Audience,
): Promise<readonly Rename[]> {
  const chosen = [...nameRenames(before, after, named.map(readRename))];
  for (const rename of findRenames(before, after)) {
    if (all === false || chosen.some((other) => sharesName(other, rename))) continue;
    const [from, to] = [pathOf(rename, rename.from), pathOf(rename, rename.to)];
    const data = rename.kind === "field" ? "values" : "records";
    if (all === true) chosen.push(rename);
    else if (prompts === undefined) {
      note(
        `${from} is removed and ${to} is added, which looks like a rename: its ${data} stay behind. To move them, pass --rename ${from}=${to}; to say that it is none, --no-renames.`,
      );
    } else if (
      await prompts.confirm(`Was ${from} renamed to ${to}? Then its ${data} move along.`)
    ) {
      chosen.push(rename);
    }
  }
  return chosen;
}

function readRename(text: string): { readonly from: string; readonly to: string } {
  const [from, to, ...more] = text.split("=").map((part) => part.trim());
  if (!from || !to || more.length > 0) {
    throw invalidUsage(`--rename ${text} does not name two objects.`, [
      "Write what it was called and what it is called now: --rename user.bio=user.about",
    ]);
  }
  return { from, to };
}

function sharesName(a: Rename, b: Rename): boolean {
  return a.kind === b.kind && a.table === b.table && (a.from === b.from || a.to === b.to);
}

function pathOf({ kind, table }: Rename, name: string): string {
  return objectPath({ kind, table, name });
}
