import { isWord, quoteIdentifier, significantTokens } from "@surql/surrealql";
import { defineRule, type SafetyRule, type Finding } from "../define-rule.ts";
import { indexColumns } from "../index-columns.ts";
import { redefinition, type Redefinition } from "../redefinition.ts";
import { isSameText } from "../spelled-tokens.ts";

/**
 * An index that the engine would leave wrong: redefined by OVERWRITE, which leaves it empty when the
 * transaction fails, or built in the transaction that changes its records, which it does not see
 * (docs/engine.md, "Where the engine can give wrong answers or lose data").
 */
export const indexHazard: SafetyRule = defineRule({
  name: "index-hazard",
  codes: ["index_hazard"],
  judgeTouch(context) {
    const { touch } = context;
    if (touch.effect !== "define" && touch.effect !== "rebuild") return [];
    const { kind, table, name } = touch.object;
    if (kind !== "index" || table === undefined) return [];
    const place = `${quoteIdentifier(name)} ON ${quoteIdentifier(table)}`;
    const hazard = (description: string, recommendation: string): Finding => ({
      safety: "data_loss",
      code: "index_hazard",
      object: { kind, table, name },
      tell: () => ({ description, recommendation }),
    });
    const found = redefinition(context);
    const hazards: Finding[] = [];
    if (found !== undefined && isOverwritten(found)) {
      hazards.push(
        hazard(
          `Redefines the index ${table}.${name} by OVERWRITE: if anything fails after that, the old index stays defined and is empty.`,
          `REMOVE INDEX ${place}; ${withoutOverwrite(context.statement.text)};`,
        ),
      );
    }
    if ((found !== undefined || touch.effect === "rebuild") && context.writtenBefore(table)) {
      hazards.push(
        hazard(
          `Builds the index ${table}.${name} in the transaction that changes records of ${table}: the index does not see these changes.`,
          `REBUILD INDEX ${place}; -- after the rollback has committed`,
        ),
      );
    }
    return hazards;
  },
});

function isOverwritten({ change, before, after }: Redefinition): boolean {
  if (change !== "changed" || before === undefined) return change === "unclear";
  const columns = [before, after].map((clauses) => indexColumns(clauses).join(","));
  if (columns[0] !== columns[1]) return true;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const ignored of ["FIELDS", "COLUMNS", "COMMENT", "CONCURRENTLY"]) names.delete(ignored);
  return [...names].some((name) => !isSameText(before[name], after[name]));
}

function withoutOverwrite(statement: string): string {
  const token = significantTokens(statement).find((one) => isWord(one, "OVERWRITE"));
  return token === undefined
    ? statement
    : statement.slice(0, token.start) + statement.slice(token.end).trimStart();
}
