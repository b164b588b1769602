import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import type { SchemaChange } from "../difference.ts";
import { infoAddress, type InfoAddress } from "../object-kinds.ts";
import { canonicalObjects, type WrittenObject } from "./canonical-objects.ts";
import { meaningOf } from "./meaning-of.ts";
import { rewritingOf, type Rewriting } from "./rewrite-schema.ts";

/** A change whose texts are in the words of 3.x, as far as these have such. */
export interface AskedChange {
  readonly change: SchemaChange;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * Asks a scratch engine which of the objects of two sides are one, and whether they mean the same.
 *
 * @returns How those of the first side are to be written.
 */
export async function findCounterparts(
  changes: readonly AskedChange[],
  openScratch: () => Promise<Database>,
): Promise<readonly Rewriting[]> {
  await using scratch = await openIfThere(openScratch);
  if (scratch === undefined) return [];
  const canonical = async (side: "before" | "after") => {
    const written = changes.flatMap((asked): readonly (WrittenObject & { of: SchemaChange })[] => {
      const text = asked[side];
      const of = asked.change;
      return text === undefined ? [] : [{ address: infoAddress(of), text, of }];
    });
    const answers = await canonicalObjects(scratch, written);
    return written.map((object, at) => ({ ...object, canonical: answers[at] }));
  };
  const before = await canonical("before");
  const after = new Map(
    (await canonical("after")).flatMap((object) =>
      object.canonical === undefined
        ? []
        : [[addressKey(object.address, object.canonical.name), object]],
    ),
  );
  return before.flatMap(({ address, canonical: was, of }): readonly Rewriting[] => {
    const now = was === undefined ? undefined : after.get(addressKey(address, was.name));
    if (was === undefined || now === undefined) return [];
    const isSame = meaningOf(was.text) === meaningOf(now.canonical?.text);
    const text = isSame ? now.of.after : of.before;
    return text === undefined ? [] : [rewritingOf(of, now.of, text)];
  });
}

/** Without an embedded engine, what has other clauses counts as different. */
async function openIfThere(open: () => Promise<Database>): Promise<Database | undefined> {
  try {
    return await open();
  } catch (error) {
    if (isSurqlError(error) && error.code === "CONNECTION.ENGINE_MISSING") return undefined;
    throw error;
  }
}

function addressKey([table, key]: InfoAddress, name: string): string {
  return JSON.stringify([table, key, name]);
}
