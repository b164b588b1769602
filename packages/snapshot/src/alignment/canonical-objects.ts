import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { canonicalDefinition } from "../canonical-definition.ts";
import type { InfoAddress } from "../object-kinds.ts";
import { groupBy } from "./group-by.ts";
import { withoutParallel } from "./newer-words.ts";
import { probe, type Probe } from "./probe.ts";

/** An object as some server wrote it. */
export interface WrittenObject {
  readonly address: InfoAddress;
  readonly text: string;
}

/** An object as the asked engine writes it. */
export interface CanonicalObject {
  /** Servers write the names of fields differently too: `tags[*]`, `tags.*`. */
  readonly name: string;
  readonly text: string;
}

/** Pairs of names and texts. */
type Defined = readonly (readonly [name: string, text: string])[];

/** An object, the question about it, and where the answer belongs. */
interface Question {
  readonly object: WrittenObject;
  readonly asks: Probe;
  readonly place: number;
}

/** How many are asked about at once. */
const perQuery = 250;

/**
 * Says how an engine writes definitions: each is run, read back and removed, and none depends on another.
 *
 * @param scratch An empty database of 3.x, to be thrown away.
 * @param objects Of one schema: no two have the same address.
 * @returns For each object, in order; `undefined` for what the engine does not take.
 */
export async function canonicalObjects(
  scratch: Database,
  objects: readonly WrittenObject[],
): Promise<readonly (CanonicalObject | undefined)[]> {
  const questions = objects.map((object, place) => ({ object, asks: probe(object), place }));
  const found: (CanonicalObject | undefined)[] = objects.map(() => undefined);
  for (const group of groupBy(questions, ({ asks }) => asks.together ?? "").values()) {
    for (let at = 0; at < group.length; at += perQuery) {
      await answer(scratch, group.slice(at, at + perQuery), found);
    }
  }
  return found;
}

/** What is refused is found by halving. */
async function answer(
  scratch: Database,
  questions: readonly Question[],
  found: (CanonicalObject | undefined)[],
): Promise<void> {
  try {
    const answers = await ask(scratch, questions);
    for (const [at, { object, place }] of questions.entries()) {
      found[place] = own(object, answers[at]!);
    }
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    const [first, ...others] = questions;
    if (others.length > 0) {
      const middle = Math.ceil(questions.length / 2);
      await answer(scratch, questions.slice(0, middle), found);
      await answer(scratch, questions.slice(middle), found);
    } else if (first !== undefined) {
      const object = { ...first.object, text: withoutParallel(first.object.text) };
      const isOther = object.text !== first.object.text;
      if (isOther) await answer(scratch, [{ ...first, object, asks: probe(object) }], found);
    }
  }
}

async function ask(scratch: Database, questions: readonly Question[]): Promise<readonly Defined[]> {
  const probes = questions.map(({ asks }) => asks);
  const parts = probes[0]?.together === undefined ? probes : [joined(probes)];
  const statements = parts.flatMap((part) => [...part.before, part.read, ...part.after]);
  const results = await scratch.query(statements.map((statement) => `${statement};\n`).join(""));
  let end = 0;
  const answers = parts.map(({ before, after }) => {
    end += before.length + 1 + after.length;
    return results[end - after.length - 1] as Defined;
  });
  return questions.map((_, at) => answers[parts.length === 1 ? 0 : at]!);
}

/** Reads once what all of them define. */
function joined(probes: readonly Probe[]): Probe {
  const before = probes.flatMap((one) => one.before);
  return { ...probes[0]!, before, after: probes.flatMap(({ after }) => after) };
}

function own({ address }: WrittenObject, defined: Defined): CanonicalObject | undefined {
  const [table, key, name] = address;
  if (key === "fields") {
    // With a field come those of its elements, whose names are longer.
    const [field] = defined.toSorted(([one], [other]) => one.length - other.length);
    return field && { name: field[0], text: field[1] };
  }
  const called = key === "definition" ? table : name;
  const text = defined.find(([other]) => other === called)?.[1];
  return text === undefined ? undefined : { name, text: canonicalDefinition(key, text) };
}
