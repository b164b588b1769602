import { expect, test } from "vitest";
import { isBrickingName, quoteIdentifier } from "../src/index.ts";
import { reservedWords } from "../src/reserved-words.ts";
import { openEngine } from "./engine.ts";

test("knows the names that make a table unusable, alone and at the head of a path", async () => {
  const engine = await openEngine();
  const words = [...reservedWords, "Select", "name", "value", "in", "my-field"];
  for (const word of words.map((name) => (name === "Select" ? name : name.toLowerCase()))) {
    for (const path of [word, `${word}.x`]) {
      const quoted = path.replace(word, quoteIdentifier(word));
      for (const definition of [
        `DEFINE FIELD ${quoted} ON t`,
        `DEFINE INDEX i ON t FIELDS ${quoted}`,
      ]) {
        await engine.fresh();
        await engine.run(definition);
        const [info] = await engine.run("INFO FOR TABLE t");
        expect([definition, info?.error !== undefined]).toEqual([definition, isBrickingName(path)]);
      }
    }
  }
  await engine.close();
});
