import { invalidEvidence } from "../errors.ts";
import { verdicts } from "../proof.ts";
import type { ProofEvidence } from "./evidence.ts";

/** Writes evidence as the text of its file: one line for each migration, the same for the same evidence. */
export function writeEvidence(evidence: readonly ProofEvidence[]): string {
  const lines = evidence.map((one) => `    ${JSON.stringify(one)}`);
  return `{\n  "format": 1,\n  "proofs": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/**
 * Reads the text of an evidence file.
 *
 * @throws `PROOF.INVALID_EVIDENCE`.
 */
export function readEvidence(text: string): readonly ProofEvidence[] {
  const file = parse(text);
  if (!isObject(file) || file["format"] !== 1) throw invalidEvidence("it is not of format 1");
  const { proofs } = file;
  if (!Array.isArray(proofs) || !proofs.every(isEvidence)) {
    throw invalidEvidence("not every entry has a version, a checksum and a verdict");
  }
  return proofs;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidEvidence("it is no JSON", error);
  }
}

function isEvidence(value: unknown): value is ProofEvidence {
  if (!isObject(value)) return false;
  const { version, checksum, verdict, ground, engineVersion, seed, records } = value;
  return (
    [version, checksum, ground, engineVersion].every((one) => typeof one === "string") &&
    [seed, records].every((one) => typeof one === "number") &&
    verdicts.some((one) => one === verdict)
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
