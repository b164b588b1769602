import * as v from "valibot";
import { isDuration } from "../parse-duration.ts";
import { driftSchema } from "./drift-schema.ts";
import { invalidConfiguration } from "./errors.ts";
import { policySchema } from "./policy-schema.ts";
import { authLevels, outOfOrderRules, restoreChoices } from "./setting.ts";
import type { Configuration } from "./setting.ts";

const text = v.optional(v.pipe(v.string("must be a string"), v.nonEmpty("must not be empty")));

const duration = v.optional(
  v.pipe(
    v.string("must be a string"),
    v.check(isDuration, "must be a number and one of s, m, h, d, w, such as 30s"),
  ),
);

const schema = v.strictObject(
  {
    url: text,
    namespace: text,
    database: text,
    username: text,
    password: text,
    token: text,
    authLevel: v.optional(v.picklist(authLevels, `must be one of ${authLevels.join(", ")}`)),
    directory: text,
    lockTimeout: duration,
    drift: v.optional(driftSchema),
    policies: v.optional(v.array(policySchema, "must be a list")),
    outOfOrder: v.optional(
      v.picklist(outOfOrderRules, `must be one of ${outOfOrderRules.join(", ")}`),
    ),
    preserve: v.optional(v.boolean("must be true or false")),
    keepFor: v.optional(
      v.pipe(
        v.string("must be a string"),
        v.check(
          (value) => value === "forever" || isDuration(value),
          "must be a number and one of s, m, h, d, w, such as 30d, or forever",
        ),
      ),
    ),
    restore: v.optional(v.picklist(restoreChoices, `must be one of ${restoreChoices.join(", ")}`)),
  } satisfies Record<keyof Configuration, unknown>,
  (issue) => (issue.expected === "never" ? "is not a setting" : "must be an object"),
);

/**
 * Checks what a source says.
 *
 * @param source What to call the source in an error: a file's path, or "the environment".
 * @param nameOf How the source spells a setting.
 * @throws `CONFIG.INVALID` naming the source and every key that is wrong; never a value.
 */
export function validateConfiguration(
  value: unknown,
  source: string,
  nameOf: (key: string) => string = (key) => key,
): Configuration {
  if (Array.isArray(value)) {
    throw invalidConfiguration(source, ["the configuration must be an object"]);
  }
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw invalidConfiguration(
    source,
    result.issues.map((issue) => {
      const key = v.getDotPath(issue);
      return `${key === null ? "the configuration" : nameOf(key)} ${issue.message}`;
    }),
  );
}
