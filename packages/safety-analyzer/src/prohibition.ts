import {
  isBrickingName,
  tokenize,
  unquoteIdentifier,
  unquoteString,
  type Touch,
} from "@surql/surrealql";
import { firstPart } from "./field-path.ts";
import { indexColumns } from "./index-columns.ts";

/** Why a statement is never run. */
export interface Prohibition {
  readonly what: string;
  readonly why: string;
  readonly instead: string;
}

const ownTransaction: Omit<Prohibition, "what"> = {
  why: "surql runs a script in a transaction of its own, together with the history row.",
  instead: "Leave it out: a script is one transaction already.",
};

/** By the word of the statement. */
const controls: Readonly<Record<string, Omit<Prohibition, "what">>> = {
  BEGIN: ownTransaction,
  COMMIT: ownTransaction,
  CANCEL: ownTransaction,
  USE: {
    why: "What follows it would run in another database than the one that keeps the history.",
    instead: "Leave it out, and connect to the database that is meant.",
  },
  RETURN: {
    why: "The engine commits a transaction at a RETURN, in a block or a loop too, and skips what follows, the history row included.",
    instead: "Leave the RETURN out; only in the body of a function or a closure it does no harm.",
  },
  OPTION: {
    why: "It changes how the statements after it are carried out, those of surql included.",
    instead: "Leave it out.",
  },
  "ALTER SYSTEM": {
    why: "It changes the server for everybody, and is not undone with the transaction.",
    instead: "Run it by hand, outside of migrations.",
  },
};

/** What forbids to run a statement that does this; empty when nothing does. */
export function prohibitionsOf(touch: Touch): readonly Prohibition[] {
  if (touch.effect === "control") {
    const prohibition = controls[touch.word];
    return prohibition === undefined ? [] : [{ what: touch.word, ...prohibition }];
  }
  if (!("object" in touch)) return [];
  const { kind, level } = touch.object;
  const verb = touch.effect.toUpperCase();
  if (touch.effect === "remove" && (kind === "database" || kind === "namespace")) {
    return [
      {
        what: `${verb} ${kind.toUpperCase()}`,
        why: "It takes the history with it, and cannot be undone.",
        instead: "Run it by hand, outside of migrations.",
      },
    ];
  }
  if (level !== undefined) {
    return [
      {
        what: `${verb} ${kind.toUpperCase()} … ON ${level.toUpperCase()}`,
        why: "It reaches beyond the database that keeps the history.",
        instead: "Define it ON DATABASE, or run it by hand, outside of migrations.",
      },
    ];
  }
  if (holdsRedactedSecret(touch)) {
    return [
      {
        what: `${verb} ${kind.toUpperCase()} with '[REDACTED]' for a secret`,
        why: "That is the word that SurrealDB prints in place of a secret. Run, it becomes the key, and anybody can sign a token with it.",
        instead: "Write the secret itself, or leave the object out and define it by hand.",
      },
    ];
  }
  return brickingNames(touch).map((name) => ({
    what: `the ${kind === "index" ? "index column" : "field name"} ${name}`,
    why: "SurrealDB 3.0 cannot read a table back in which a field has this name: every statement on it fails, REMOVE FIELD too.",
    instead: `Choose another name, such as ${name}_.`,
  }));
}

/** Text that INFO or a snapshot printed, copied into a script. */
function holdsRedactedSecret(touch: Touch): boolean {
  if (touch.effect !== "define") return false;
  if (touch.object.kind !== "access" && touch.object.kind !== "user") return false;
  return Object.entries(touch.clauses).some(
    ([clause, text]) =>
      clause !== "COMMENT" &&
      tokenize(text).some(
        (token) => token.kind === "string" && unquoteString(token.text) === "[REDACTED]",
      ),
  );
}

/** The first parts of field paths make their table unusable. */
function brickingNames(touch: Touch): readonly string[] {
  if (touch.effect !== "define") return [];
  const { kind, name } = touch.object;
  const paths = kind === "field" ? [name] : kind === "index" ? indexColumns(touch.clauses) : [];
  return paths.map((path) => unquoteIdentifier(firstPart(path))).filter(isBrickingName);
}
