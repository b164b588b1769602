import { describe, expect, it } from "vitest";
import { decideApproval, obtainApproval } from "../src/approval.ts";
import type { Prompts } from "../src/prompt.ts";

const table = [
  // dangerous, --force, --yes, terminal, outcome
  [false, false, false, false, "unconfirmed"],
  [false, false, false, true, "confirm"],
  [false, false, true, false, "granted"],
  [false, false, true, true, "granted"],
  [false, true, false, false, "unconfirmed"],
  [false, true, false, true, "confirm"],
  [false, true, true, false, "granted"],
  [false, true, true, true, "granted"],
  [true, false, false, false, "withheld"],
  [true, false, false, true, "type-yes"],
  [true, false, true, false, "withheld"],
  [true, false, true, true, "type-yes"],
  [true, true, false, false, "unconfirmed"],
  [true, true, false, true, "type-yes"],
  [true, true, true, false, "granted"],
  [true, true, true, true, "granted"],
] as const;

it.each(table)(
  "dangerous %s, --force %s, --yes %s, terminal %s: %s",
  (dangerous, force, yes, terminal, outcome) => {
    expect(decideApproval({ dangerous, force, yes, terminal })).toBe(outcome);
  },
);

function answering(answer: boolean): Pick<Prompts, "confirm" | "typeYes"> {
  return { confirm: async () => answer, typeYes: async () => answer };
}

describe("obtainApproval", () => {
  const request = { dangerous: true, force: false, yes: false };

  it("goes on after a yes and stops after a no", async () => {
    const asked = { ...request, terminal: true };
    await expect(obtainApproval("1", asked, answering(true), () => {})).resolves.toBe(true);
    await expect(obtainApproval("1", asked, answering(false), () => {})).rejects.toMatchObject({
      code: "CLI.DECLINED",
      category: "refused",
    });
  });

  it("leaves the refusal of what was not forced to the executor", async () => {
    const unasked = { ...request, terminal: false };
    await expect(obtainApproval("1", unasked, answering(true), () => {})).resolves.toBe(false);
  });

  it.each([
    [{ terminal: true }, 1],
    [{ terminal: false, force: true, yes: true }, 1],
    [{ terminal: false }, 0],
    [{ terminal: false, force: true }, 0],
  ])("shows the plan where somebody approves it: %j, %i times", async (given, times) => {
    let shown = 0;
    const asked = { ...request, ...given };
    await obtainApproval("1", asked, answering(true), () => void (shown += 1)).catch(() => {});
    expect(shown).toBe(times);
  });

  it("says which flags would do without a terminal", async () => {
    const forced = { ...request, force: true, terminal: false };
    await expect(obtainApproval("1", forced, answering(true), () => {})).rejects.toMatchObject({
      code: "CLI.CONFIRMATION_REQUIRED",
      category: "refused",
      meta: { flags: ["--force", "--yes"] },
    });
  });
});
