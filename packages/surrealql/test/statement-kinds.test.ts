import { afterAll, beforeAll, expect, test } from "vitest";
import { splitStatements } from "../src/index.ts";
import { brief } from "./brief.ts";
import { type Engine, openEngine } from "./engine.ts";
import { callKinds, dataKinds, schemaKinds } from "./statement-kinds.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(async () => {
  await engine.close();
});

/** They only stand at the top of a script. */
const atTop = /^(LIVE|KILL|SHOW|ANALYZE|BEGIN|CANCEL|COMMIT|USE|OPTION|ACCESS) /;
/** What 3.0.2 as an embedded engine does not parse. */
const notEmbedded = /^(DEFINE MODULE|BEGIN|CANCEL|COMMIT|mod::|silo::)/;

test.each([...schemaKinds, ...dataKinds, ...callKinds])(
  "%s: %s",
  async (versions, text, expected) => {
    expect(brief(text)).toBe(expected);
    expect(splitStatements(`${text}; ${text}`)).toHaveLength(2);
    if (!atTop.test(text)) expect(brief(`{ LET $x = 1; ${text}\n}`)).toBe(expected);
    if (versions.includes("3") && !notEmbedded.test(text)) {
      expect(await engine.countStatements(text)).toBe(1);
    }
  },
);
