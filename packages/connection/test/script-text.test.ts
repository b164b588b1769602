import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinScript, locateInScript } from "../src/script-text.ts";

describe("a position in a script that was sent as one text", () => {
  it("is found again in its statement, at any place of any script", () => {
    const text = fc.array(fc.constantFrom("a", "é", "😀", " ", ";", "\n", "--"), { maxLength: 12 });
    const script = fc.array(
      text.map((parts) => ({ text: parts.join("") })),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(script, fc.nat(), fc.nat(), (statements, which, where) => {
        const index = which % statements.length;
        const characters = Array.from(statements[index]?.text ?? "");
        const before = characters.slice(0, where % (characters.length + 1)).join("");
        const sentBefore = `BEGIN;\n${joinScript(statements.slice(0, index))}${before}`;
        const found = locateInScript(statements, 2, serverPosition(sentBefore));
        expect(found).toMatchObject({ index, position: editorPosition(before) });
      }),
      { seed: 1 },
    );
  });

  it("behind the script belongs to no statement", () => {
    expect(locateInScript([{ text: "RETURN 'open" }], 2, { line: 9, column: 1 })).toEqual({});
  });
});

/** The engine counts code points. */
function serverPosition(before: string): { line: number; column: number } {
  const lines = before.split("\n");
  return { line: lines.length, column: Array.from(lines.at(-1) ?? "").length + 1 };
}

function editorPosition(before: string): { line: number; column: number } {
  const lines = before.split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
