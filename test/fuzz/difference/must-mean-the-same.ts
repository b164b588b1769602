import { alignSchema, compareSchemas, definitionHead, type Database, type Schema } from "surql";

const nothing: Schema = { tables: {}, edges: {}, objects: {} };

/**
 * A schema in which definitions stand as they were written must be the same as that with the engine's texts.
 *
 * @param written The statements that made it.
 * @throws When something is told that is none.
 */
export async function mustMeanTheSame(
  db: Database,
  written: readonly string[],
  schema: Schema,
): Promise<void> {
  const own = written.filter((text) => !text.includes(" IF NOT EXISTS "));
  const texts = new Map(own.map((text) => [headOf(text), text]));
  const loosened = written.flatMap((text) => /^ALTER (TABLE .+) SCHEMALESS$/.exec(text)?.[1] ?? []);
  const altered = new Map<string, string>();
  for (const { after = "" } of compareSchemas(nothing, schema)) {
    const head = headOf(after);
    const text = texts.get(head);
    // What was changed afterwards is not what was written.
    if (text === undefined || head.includes(".*") || loosened.includes(head)) continue;
    altered.set(JSON.stringify(after), JSON.stringify(text));
  }
  const json = JSON.stringify(schema).replaceAll(
    /"DEFINE (?:[^"\\]|\\.)*"/g,
    (text) => altered.get(text) ?? text,
  );
  const byHand = JSON.parse(json) as Schema;
  const wrong = compareSchemas(await alignSchema(byHand, schema, () => db.openScratch()), schema);
  if (wrong.length > 0) {
    const shown = wrong.map(({ before, after }) => `${before} is not ${after}`);
    throw new Error(`not the same: ${shown.join("; ")}`);
  }
}

function headOf(definition: string): string {
  const head = definitionHead(definition);
  return head === undefined ? "" : `${head.keyword} ${head.target}`;
}
