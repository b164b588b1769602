import { InternalError, QueryError } from "surrealdb";
import type { QueryResponse } from "surrealdb";
import { describe, expect, it } from "vitest";
import { answerLayout } from "../src/answer-layout.ts";
import { rootCause } from "../src/root-cause.ts";

const done: QueryResponse = { success: true, type: "other", result: undefined };
const echo = "The query was not executed due to a failed transaction";

function internal(message: string): QueryResponse {
  return { success: false, error: new InternalError({ kind: "Internal", message }) };
}

// As SurrealDB 2.6.0 answers; what 3.x answers is tested on the engine.
describe("the answers of a 2.x server", () => {
  const script = [
    { text: "OPTION IMPORT" },
    { text: "CREATE a" },
    { text: "option IMPORT" },
    { text: "CREATE b" },
  ];

  it("come for no BEGIN, COMMIT and OPTION", () => {
    expect(answerLayout(script, "2.6.0", true)).toEqual({ order: [1, 3], lead: 0 });
    expect(answerLayout(script, "3.0.2", true)).toEqual({ order: [0, 1, 2, 3], lead: 1 });
    expect(answerLayout(script, "3.0.2", false)).toEqual({ order: [0, 1, 2, 3], lead: 0 });
  });

  it("name the cause among internal errors that only echo it", () => {
    const responses = [
      internal(echo),
      internal("Database record `a:1` already exists"),
      internal(echo),
    ];
    expect(rootCause(responses)).toMatchObject({ index: 1 });
  });
});

describe("the cause of a failed batch", () => {
  it("is the first echo when there is nothing else", () => {
    const error = new QueryError({
      kind: "Query",
      message: echo,
      details: { kind: "NotExecuted" },
    });
    expect(rootCause([done, { success: false, error }])).toEqual({ index: 1, error });
  });

  it("is missing when all went well", () => {
    expect(rootCause([done, done])).toBeUndefined();
  });
});
