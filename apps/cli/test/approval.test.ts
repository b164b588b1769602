import { describe, expect, it } from "vitest";
import { decideApproval } from "../src/approval.ts";
import { obtainConsent } from "../src/consent.ts";
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

const nothing = (): void => {};

describe("obtainConsent", () => {
  const request = {
    what: "Rolling back to 1",
    question: "Roll back to 1?",
    look: "Look first.",
    dangerous: true,
    force: false,
    yes: false,
  };

  it("goes on after a yes and stops after a no", async () => {
    const asked = { ...request, terminal: true };
    await expect(obtainConsent(asked, answering(true), nothing)).resolves.toBeUndefined();
    await expect(obtainConsent(asked, answering(false), nothing)).rejects.toMatchObject({
      code: "CLI.DECLINED",
      category: "refused",
      message: "Rolling back to 1 was not approved. Nothing was changed.",
    });
  });

  it.each([
    [{ terminal: true }, 1],
    [{ terminal: false, force: true, yes: true }, 0],
    [{ terminal: false }, 0],
    [{ terminal: false, force: true }, 0],
  ])("shows what it is about where it asks: %j, %i times", async (given, times) => {
    let shown = 0;
    const asked = { ...request, ...given };
    await obtainConsent(asked, answering(true), () => void (shown += 1)).catch(() => {});
    expect(shown).toBe(times);
  });

  it.each([
    [
      { force: false },
      "Rolling back to 1 can lose data and needs an approval",
      ["--force", "--yes"],
    ],
    [{ force: true }, "Rolling back to 1 needs a confirmation", ["--force", "--yes"]],
    [{ dangerous: false }, "Rolling back to 1 needs a confirmation", ["--yes"]],
  ])("says which flags would do without a terminal: %j", async (given, words, flags) => {
    const unasked = { ...request, ...given, terminal: false };
    await expect(obtainConsent(unasked, answering(true), nothing)).rejects.toMatchObject({
      code: "CLI.CONFIRMATION_REQUIRED",
      category: "refused",
      message: expect.stringContaining(words),
      nextActions: ["Look first.", expect.stringContaining(flags.join(" "))],
      meta: { flags },
    });
  });
});
