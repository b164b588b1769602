import { randomUUID } from "node:crypto";
import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import {
  differenceScript,
  emptySchema,
  type DifferenceStatement,
  type Schema,
} from "@surql/snapshot";

/** The time of a transaction grows faster than what is in it. */
const perTransaction = 500;

/**
 * Builds a schema in an empty engine, with made-up secrets.
 *
 * @returns Paths of what the engine refused to define.
 */
export async function rebuildSchema(scratch: Database, schema: Schema): Promise<readonly string[]> {
  const { statements } = differenceScript(emptySchema, schema, { secret: randomUUID });
  const refused: DifferenceStatement[] = [];
  for (let at = 0; at < statements.length; at += perTransaction) {
    refused.push(...(await define(scratch, statements.slice(at, at + perTransaction))));
  }
  return refused.map(({ path }) => path);
}

/** What is refused is found by halving. */
async function define(
  scratch: Database,
  script: readonly DifferenceStatement[],
): Promise<readonly DifferenceStatement[]> {
  try {
    const texts = script.map(({ text }) => `${text};\n`).join("");
    await scratch.query(`OPTION IMPORT;\nBEGIN;\n${texts}COMMIT;`);
    return [];
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    if (script.length === 1) return script;
    const middle = Math.ceil(script.length / 2);
    const first = await define(scratch, script.slice(0, middle));
    return [...first, ...(await define(scratch, script.slice(middle)))];
  }
}
