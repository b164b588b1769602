import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { canonicalDefinition } from "../canonical-definition.ts";
import type { InfoAddress } from "../object-kinds.ts";
import { probe } from "./probe.ts";

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

/** How many are asked about at once. */
const perQuery = 250;

/**
 * Says how an engine writes definitions: each is run by itself, read back and removed, so that none depends on another.
 *
 * @param scratch An empty database of 3.x, to be thrown away.
 * @returns For each object, in order; `undefined` for what the engine does not take.
 */
export async function canonicalObjects(
  scratch: Database,
  objects: readonly WrittenObject[],
): Promise<readonly (CanonicalObject | undefined)[]> {
  const found: (CanonicalObject | undefined)[] = [];
  for (let at = 0; at < objects.length; at += perQuery) {
    found.push(...(await ask(scratch, objects.slice(at, at + perQuery))));
  }
  return found;
}

/** What is refused is found by halving. */
async function ask(
  scratch: Database,
  objects: readonly WrittenObject[],
): Promise<readonly (CanonicalObject | undefined)[]> {
  const probes = objects.map(probe);
  try {
    const answers = await scratch.query(probes.map(({ script }) => script).join(""));
    let end = 0;
    return probes.map(({ statements, answer }, at) => {
      end += statements;
      return read(objects[at]!, answers[end - statements + answer]);
    });
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    if (objects.length === 1) return [undefined];
    const middle = Math.ceil(objects.length / 2);
    const first = await ask(scratch, objects.slice(0, middle));
    return [...first, ...(await ask(scratch, objects.slice(middle)))];
  }
}

function read({ address }: WrittenObject, answer: unknown): CanonicalObject | undefined {
  const [table, key, name] = address;
  const defined = answer as readonly (readonly [name: string, text: string])[];
  if (key === "fields") {
    // With a field come those of its elements, whose names are longer.
    const [own] = defined.toSorted(([one], [other]) => one.length - other.length);
    return own && { name: own[0], text: own[1] };
  }
  const own = key === "definition" ? table : name;
  const text = defined.find(([other]) => other === own)?.[1];
  return text === undefined ? undefined : { name, text: canonicalDefinition(key, text) };
}
