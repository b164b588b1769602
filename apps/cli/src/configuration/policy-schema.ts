import * as v from "valibot";

const text = v.string("must be a string");

/** The form of a policy. What it means is checked where the rules are known. */
export const policySchema = v.strictObject(
  {
    code: text,
    table: v.optional(text),
    migration: v.optional(text),
    level: v.optional(
      v.picklist(["safe", "data_loss", "unsafe"], "must be one of safe, data_loss, unsafe"),
    ),
    requireApproval: v.optional(v.boolean("must be true")),
    reason: text,
  },
  ({ expected }) => {
    if (expected === "never") return "is not a key of a policy";
    return expected.startsWith('"') ? "is missing" : "must be an object";
  },
);
