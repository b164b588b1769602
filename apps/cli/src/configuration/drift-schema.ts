import * as v from "valibot";

const text = v.string("must be a string");

/** The form of what the configuration says about drift. Whether a path can be one is checked where paths are known. */
export const driftSchema = v.strictObject(
  {
    ignore: v.optional(
      v.array(
        v.strictObject(
          {
            path: text,
            change: v.optional(
              v.picklist(
                ["added", "removed", "modified"],
                "must be one of added, removed, modified",
              ),
            ),
            reason: text,
          },
          ({ expected }) => messageOf(expected, "a rule"),
        ),
        "must be a list",
      ),
    ),
  },
  ({ expected }) => messageOf(expected, "drift"),
);

function messageOf(expected: string | null, what: string): string {
  if (expected === "never") return `is not a key of ${what}`;
  return expected?.startsWith('"') === true ? "is missing" : "must be an object";
}
