/** A type of a field, and literals that fit it. */
export interface FieldType {
  readonly type: string;
  readonly values: readonly string[];
  /** What can stand behind the field's name to define what is inside of such a value: `.d TYPE int`. */
  readonly inside?: readonly string[];
}

/** The first value of each is the one that `DEFAULT` clauses use. */
export const fieldTypes: readonly FieldType[] = [
  { type: "int", values: ["1", "2", "4"] },
  { type: "option<int>", values: ["1", "2", "NONE"] },
  { type: "int | string", values: ["1", "'x'"] },
  { type: "number", values: ["1", "1.5", "2dec"] },
  { type: "float", values: ["1.5", "2f"] },
  { type: "decimal", values: ["1dec"] },
  { type: "null | int", values: ["1", "NULL"] },
  { type: "string", values: ["'x'", "'REMOVE TABLE t1; '"] },
  { type: "option<string>", values: ["'x'", "'y'", "NONE"] },
  { type: "'x' | 'y'", values: ["'x'", "'y'"] },
  { type: "bool", values: ["true", "false"] },
  { type: "any", values: ["1", "'x'", "[1]", "NULL", "NONE"] },
  {
    type: "array<int>",
    values: ["[1]", "[]", "[1, 2]"],
    inside: [".* TYPE int ASSERT $value < 9"],
  },
  { type: "array<int, 2>", values: ["[1]", "[1, 2]"] },
  { type: "option<array<string>>", values: ["['x']", "NONE"] },
  { type: "set<int>", values: ["{1,}", "{1, 2}"] },
  { type: "object", values: ["{ d: 1 }", "{}"], inside: [".d TYPE option<int>"] },
  {
    type: "object",
    values: ["{ d: { x: 1 }, e: 'x' }", "{ d: { x: 2 } }"],
    inside: [".d TYPE object", ".d.x TYPE int", ".e TYPE option<string> READONLY"],
  },
  { type: "array<object>", values: ["[{ x: 1 }, { x: 2 }]", "[]"], inside: [".*.x TYPE int"] },
  { type: "array<record<t2>>", values: ["[t2:1]", "[]"] },
  { type: "option<object>", values: ["{ d: 1, e: 'x' }", "NONE"] },
  { type: "{ d: int }", values: ["{ d: 1 }"] },
  { type: "record<t1>", values: ["t1:1", "t1:2"] },
  { type: "option<record<t1>>", values: ["t1:1", "NONE"] },
  { type: "datetime", values: ["d'2026-01-09T00:00:00Z'"] },
  { type: "duration", values: ["1h"] },
  { type: "uuid", values: ["u'018f3d5e-7b7a-7000-8000-000000000000'"] },
];
