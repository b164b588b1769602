import type { Migration } from "@surql/migration";
import { readingOf } from "@surql/surrealql";

/** Whether its scripts only define and remove. */
export function isPlain({ up, down }: Pick<Migration, "up" | "down">): boolean {
  return [...up, ...down].every((statement) =>
    readingOf(statement).touches.every(({ effect }) =>
      ["define", "remove", "alter", "rebuild"].includes(effect),
    ),
  );
}
