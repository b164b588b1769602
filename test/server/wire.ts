import { CborCodec } from "surrealdb";
import type { Uuid } from "surrealdb";

/** A call as the client sends it, in a WebSocket frame or as the body of a POST. */
export interface Call {
  readonly id: string;
  readonly method: string;
  readonly params?: readonly unknown[] | undefined;
  readonly session?: Uuid | undefined;
  readonly txn?: Uuid | undefined;
}

/** What the server says when a call fails. */
export interface CallError {
  readonly code: number;
  readonly kind: string;
  readonly message: string;
  readonly details?: unknown;
}

const codec = new CborCodec({});

export const decode = (bytes: Uint8Array): unknown => codec.decode(bytes);
export const encode = (value: unknown): Uint8Array => codec.encode(value);

/** `{ error: … }` in CBOR begins like this: a map of one entry, whose key is the text "error". */
const errorHead = Buffer.from([0xa1, 0x65, ...Buffer.from("error")]);

export function isError(answer: Uint8Array): boolean {
  return errorHead.equals(answer.subarray(0, errorHead.length));
}

/**
 * Puts the number of the call before an answer of the engine. The answer's bytes are passed on as they are,
 * so that every value arrives as the engine wrote it.
 */
export function reply(id: string, answer: Uint8Array): Uint8Array {
  const head = [0xa2, ...encode("id"), ...encode(id)];
  return isError(answer)
    ? Buffer.concat([Buffer.from(head), answer.subarray(1)])
    : Buffer.concat([Buffer.from(head), encode("result"), answer]);
}

export function errorAnswer(error: CallError): Uint8Array {
  return encode({ error });
}
