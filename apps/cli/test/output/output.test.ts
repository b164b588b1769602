import { expect, it } from "vitest";
import { createOutput } from "../../src/output/output.ts";
import type { Output } from "../../src/output/output.ts";
import { renderTable } from "../../src/output/table.ts";
import { plain } from "../../src/output/style.ts";

function capture(
  isTTY: boolean,
  environment: Record<string, string> = {},
): { output: Output; written: { stdout: string; stderr: string } } {
  const written = { stdout: "", stderr: "" };
  const sink = (name: "stdout" | "stderr") => ({
    isTTY,
    columns: 20,
    write: (text: string, _encoding?: "utf8", done?: () => void) => {
      written[name] += text;
      done?.();
    },
  });
  return { output: createOutput(sink("stdout"), sink("stderr"), environment), written };
}

it.each([
  ["a terminal", true, {}, "\u001B[31mx\u001B[39m"],
  ["a terminal with NO_COLOR", true, { NO_COLOR: "1" }, "x"],
  ["a terminal with an empty NO_COLOR", true, { NO_COLOR: "" }, "\u001B[31mx\u001B[39m"],
  ["a dumb terminal", true, { TERM: "dumb" }, "x"],
  ["a pipe", false, {}, "x"],
])("on %s", (_where, isTTY, environment, expected) => {
  const { output } = capture(isTTY, environment);
  expect(output.style("red", "x")).toBe(expected);
});

it("lets no name steer the terminal", () => {
  const { output, written } = capture(true);
  output.text("a\u001B[2Jb\u0007\tc");
  expect(written.stdout).toBe("a\\u001b[2Jb\\u0007\tc\n");
});

it("writes what a program reads as it is, and what a terminal shows so that it steers nothing", () => {
  const code = "DEFINE PARAM $bell VALUE '\u0007';\n";
  for (const [isTTY, expected] of [
    [false, code],
    [true, "DEFINE PARAM $bell VALUE '\\u0007';\n"],
  ] as const) {
    const { output, written } = capture(isTTY);
    output.code(code);
    expect(written.stdout).toBe(expected);
  }
});

it("writes large integers into documents", () => {
  const { output, written } = capture(false);
  output.document({ count: 2n ** 60n });
  expect(JSON.parse(written.stdout)).toEqual({ count: "1152921504606846976" });
});

it("writes one document, whatever happens after it", () => {
  const { output, written } = capture(false);
  output.document({ first: true });
  output.document({ error: {} });
  expect(JSON.parse(written.stdout)).toEqual({ first: true });
});

it("shows progress in one line of a terminal, and takes it away for what follows", async () => {
  const { output, written } = capture(true);
  output.progress("Applying 20260109_120000 (3 of 24)");
  expect(written.stderr).toBe("Applying 20260109_1");
  output.note("done");
  expect(written.stderr).toBe("Applying 20260109_1\r\u001B[2Kdone\n");
  output.progress("more");
  await output.flush();
  expect(written.stderr.endsWith("more\r\u001B[2K")).toBe(true);
});

it("shows no progress when nobody watches", () => {
  const { output, written } = capture(false);
  output.progress("Applying");
  expect(written.stderr).toBe("");
});

it("lays out tables by width, wide characters too", async () => {
  expect(
    await renderTable(
      ["A", "B"],
      [
        ["日本", "x"],
        ["a", "y"],
      ],
      plain,
    ),
  ).toBe(["A     B", "日本  x", "a     y"].join("\n"));
});
