import { afterAll, beforeAll, expect, test } from "vitest";
import { splitStatements, type Touch } from "../src/index.ts";
import { read } from "./brief.ts";
import { type Engine, openEngine } from "./engine.ts";
import { hidingPlaces } from "./hiding-places.ts";
import { removals } from "./removals.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(async () => {
  await engine.close();
});

/** All there is of the table. */
async function victim(): Promise<string> {
  const text = "RETURN (INFO FOR DB).tables.victim; INFO FOR TABLE victim; SELECT * FROM victim";
  return JSON.stringify(await engine.run(text));
}

/** Whether a touch says that the table may change, or that this cannot be known. */
function warns(touch: Touch): boolean {
  if (touch.effect === "unknown") return true;
  if (touch.effect === "call") return touch.name.startsWith("fn::");
  if (touch.effect === "write") return touch.tables?.includes("victim") ?? true;
  return "object" in touch && (touch.object.table ?? touch.object.name) === "victim";
}

test.each([...hidingPlaces.map((place) => place.replaceAll("§", "DELETE victim")), ...removals])(
  "sees what %s does",
  async (text) => {
    await engine.fresh();
    await engine.run(
      "DEFINE TABLE victim; DEFINE FIELD x ON victim; DEFINE INDEX ix ON victim FIELDS x; " +
        "CREATE victim:1 SET x = 1, y = 2; CREATE victim:2 SET x = 2; CREATE user:2; " +
        "CREATE user:1 SET link = victim:1, n = 4; RELATE user:1->likes:1->victim:2",
    );
    const before = await victim();
    await engine.run(`BEGIN; ${text}\n; COMMIT`);
    expect(await victim()).not.toBe(before);
    const touches = splitStatements(text).flatMap((statement) => read(statement.text));
    expect(touches.some(warns)).toBe(true);
  },
);
