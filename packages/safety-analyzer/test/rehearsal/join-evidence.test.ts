import { readStatement, type Statement } from "@surql/surrealql";
import { describe, expect, test } from "vitest";
import type { PlacedFinding } from "../../src/collect-findings.ts";
import { noAnswers } from "../../src/counting/data-question.ts";
import type { Finding } from "../../src/index.ts";
import { joinEvidence } from "../../src/rehearsal/join-evidence.ts";
import { stepsOf } from "../steps-of.ts";

const [step] = stepsOf("IF $x { REMOVE TABLE post }; REMOVE TABLE user; UPDATE post SET a = 1");
const [first, second, third] = step!.statements as [Statement, Statement, Statement];
const segments = [first, second, third].map((statement) => ({
  statements: [{ step: step!, statement }],
  changes: [],
}));

function found(
  statement: Statement,
  code: string,
  name: string,
  safety: Finding["safety"] = "data_loss",
): PlacedFinding {
  return {
    step: step!,
    statement,
    touch: readStatement(statement.text).touches.find(({ effect }) => effect !== "read"),
    finding: {
      safety,
      code,
      object: { kind: "table", name },
      tell: () => ({ description: `${code} by ${safety}.` }),
    },
  };
}

interface Given {
  readonly read?: readonly PlacedFinding[];
  readonly rehearsed?: readonly PlacedFinding[];
  readonly unproven?: readonly Statement[];
  readonly omitted?: readonly string[];
}

function join({ read = [], rehearsed = [], unproven = [], omitted = [] }: Given) {
  const why = new Map(unproven.map((statement) => [statement, "left out"]));
  const rehearsal = { ground: "scratch", segments, unproven: why, omitted } as const;
  const { findings, disputed } = joinEvidence({ read, rehearsed, failures: [], rehearsal });
  const told = findings.map(({ finding, evidence }) => ({
    ...evidence,
    safety: finding.safety,
    text: finding.tell(noAnswers)?.description,
  }));
  return { told, disputed: [...disputed] };
}

const text = "table_removed by data_loss.";

describe("joining", () => {
  test("what both say stands once, with the worse level", () => {
    const read = [found(second, "table_removed", "user")];
    const rehearsed = [found(second, "table_removed", "user", "unsafe")];
    expect(join({ read, rehearsed })).toEqual({
      told: [
        { reading: true, rehearsal: true, safety: "unsafe", text: "table_removed by unsafe." },
      ],
      disputed: [],
    });
    expect(join({ read: rehearsed, rehearsed: read }).told).toMatchObject([{ safety: "unsafe" }]);
  });

  test("what one of them says stays, in the order of the plan, and says so", () => {
    const read = [found(second, "table_removed", "user")];
    const rehearsed = [found(first, "table_removed", "post")];
    expect(join({ read, rehearsed })).toEqual({
      told: [
        {
          reading: false,
          rehearsal: true,
          safety: "data_loss",
          text: `${text} Reading the statement did not tell this; running it in a scratch engine did.`,
        },
        {
          reading: true,
          rehearsal: false,
          safety: "data_loss",
          text: `${text} Running the plan in a scratch engine did not show this.`,
        },
      ],
      disputed: [1, 0],
    });
  });

  test("the same object in another segment is something else", () => {
    const read = [found(first, "table_removed", "user")];
    const rehearsed = [found(second, "table_removed", "user")];
    expect(join({ read, rehearsed }).told).toMatchObject([
      { rehearsal: false },
      { reading: false },
    ]);
  });

  test.each<[string, Given]>([
    ["about records", { read: [found(third, "records_changed", "post")] }],
    [
      "of a statement that could not be tried",
      { read: [found(second, "table_removed", "user")], unproven: [second] },
    ],
    [
      "of an object that was not there",
      { read: [found(second, "table_removed", "user")], omitted: ["user"] },
    ],
    ["of a table of surql", { read: [found(second, "table_removed", "_migration_history")] }],
    [
      "about a step as a whole",
      { read: [{ ...found(second, "irreversible", "1"), statement: undefined }] },
    ],
  ])("an issue %s is not contradicted", (_, given) => {
    const { told, disputed } = join(given);
    expect(told).toEqual([
      { reading: true, safety: "data_loss", text: expect.not.stringContaining("Running") },
    ]);
    expect(disputed).toEqual([]);
  });
});
