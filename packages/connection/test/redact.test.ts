import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedact, redactError } from "../src/redact.ts";

describe("redaction", () => {
  it.each([
    [
      "DEFINE USER u ON ROOT PASSWORD 'hunter2' ROLES OWNER",
      "DEFINE USER u ON ROOT PASSWORD '[redacted]' ROLES OWNER",
    ],
    [
      'define user u on root passhash "$argon2id$v=19"',
      "define user u on root passhash '[redacted]'",
    ],
    [
      String.raw`ALGORITHM HS512 KEY 'it\'s me' DURATION`,
      "ALGORITHM HS512 KEY '[redacted]' DURATION",
    ],
    ["KEY /* here */\n  'abc'", "KEY /* here */\n  '[redacted]'"],
    ["3 | DEFINE USER u PASSWORD 'cut off", "3 | DEFINE USER u PASSWORD '[redacted]'"],
    [
      "Parse error: no\n --> [1:52]\n  |\n1 | ...r2' ROLES\n  |   ^^^\n",
      "Parse error: no\n --> [1:52]",
    ],
    ["token eyJhbGciOi.eyJpZCI6.c2lnbmF0 was refused", "token [redacted] was refused"],
    ["INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = 'x'", undefined],
    ["Database record `user:1` already exists", undefined],
  ])("of %j", (text, clean) => {
    expect(createRedact([])(text)).toBe(clean ?? text);
  });

  it("takes out the configured secrets wherever they stand", () => {
    const redact = createRedact(["p.ss+word", undefined, "", "abc"], (text) =>
      text.replace("Ada", "somebody"),
    );
    expect(redact("Ada's p.ss+word is p.ss+word, abc, not abcdef")).toBe(
      "somebody's [redacted] is [redacted], [redacted], not abcdef",
    );
  });

  it("leaves no secret of four characters or more in any text", () => {
    const secret = fc.string({ minLength: 4 }).filter((text) => !"[redacted]".includes(text));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
        expect(createRedact([hidden])(`${before}${hidden}${after}`)).not.toBe(
          `${before}${hidden}${after}`,
        );
        expect(createRedact([hidden])(`- ${hidden} -`)).not.toContain(hidden);
      }),
      { seed: 1 },
    );
  });

  it("replaces an error that holds a secret anywhere in its chain", () => {
    const redact = createRedact(["hunter2"]);
    const harmless = new Error("no", { cause: new Error("nor here") });
    expect(redactError(harmless, redact)).toBe(harmless);
    const leaking = new Error("wrapped", { cause: new Error("PASSWORD hunter2") });
    const shown = redactError(leaking, redact) as Error;
    expect(shown.message).toBe("wrapped");
    expect(shown.cause).toBeUndefined();
    expect(redactError("hunter2", redact)).toBe("[redacted]");
  });
});
