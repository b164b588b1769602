import type { CountQuestion, DataAnswers, RefusedQuestion } from "./counting/data-question.ts";
import type { Finding } from "./define-rule.ts";
import { atMost, isNone } from "./impact.ts";
import { counted } from "./wording.ts";

/** A recommendation that depends on whether there are records that it does not help. */
export type RecommendationByData =
  | { readonly unlessNone: CountQuestion; readonly whenNone: string; readonly otherwise: string }
  | { readonly unlessNone: undefined; readonly otherwise: string };

/** Records whose next write a definition would refuse. */
export interface Refusal {
  readonly code: string;
  readonly table: string;
  /** Left out when it is the table's own definition that refuses. */
  readonly field?: string | undefined;
  /** As in {@link RefusedQuestion}. */
  readonly alone?: RefusedQuestion["alone"];
  /** As in {@link RefusedQuestion}. */
  readonly holding?: RefusedQuestion["holding"];
  /** As in {@link RefusedQuestion}. */
  readonly evenIfBefore?: boolean | undefined;
  /** Where nothing can be tried, at most so many are refused. */
  readonly atMost: CountQuestion;
  /** There is no issue unless some of these are known to be there. */
  readonly onlyIf?: CountQuestion | undefined;
  /** There is no issue when there are none of one of these. */
  readonly unlessNone?: readonly CountQuestion[] | undefined;
  /** There is no issue either when none is refused: the definition may well be harmless. */
  readonly onlyIfRefused?: boolean | undefined;
  readonly description: string;
  /** Which records those are: `with bio`. */
  readonly which: string;
  /** What helps where records are refused. */
  readonly recommendation?: string | RecommendationByData | undefined;
}

/** The finding for a {@link Refusal}: how many records it concerns is found out by trying. */
export function refusal(found: Refusal): Finding {
  const { code, table, field, alone, holding, onlyIf, unlessNone = [], description } = found;
  const { evenIfBefore } = found;
  const refused: RefusedQuestion = { count: "refused", table, field, alone, holding, evenIfBefore };
  const { recommendation } = found;
  const helps = typeof recommendation === "object" ? recommendation.unlessNone : undefined;
  const restsOn = [...(onlyIf === undefined ? [] : [onlyIf]), ...unlessNone, found.atMost];
  return {
    safety: "data_loss",
    code,
    object:
      field === undefined ? { kind: "table", name: table } : { kind: "field", table, name: field },
    asks: [refused, ...restsOn, ...(helps === undefined ? [] : [helps])],
    restsOn,
    tell(answers) {
      if (unlessNone.some((question) => isNone(answers.count(question)))) return undefined;
      const needed = onlyIf && answers.count(onlyIf);
      if (onlyIf !== undefined && (needed === undefined || isNone(needed))) return undefined;
      const impact = answers.count(refused) ?? atMost(answers.count(found.atMost));
      if (found.onlyIfRefused === true && isNone(impact)) return undefined;
      return {
        description,
        affectedData: counted(impact, "record", `of ${table} ${found.which}`),
        recommendation: isNone(impact) ? undefined : recommend(recommendation, answers),
        impact,
      };
    },
  };
}

function recommend(
  recommendation: Refusal["recommendation"],
  answers: DataAnswers,
): string | undefined {
  if (typeof recommendation !== "object") return recommendation;
  const { unlessNone, otherwise } = recommendation;
  if (unlessNone === undefined || !isNone(answers.count(unlessNone))) return otherwise;
  return recommendation.whenNone;
}
