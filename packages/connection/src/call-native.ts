import { parseRpcError } from "surrealdb";
import type { RpcErrorObject, RpcRequest, ValueCodec } from "surrealdb";
import type { NativeEngine } from "./native-module.ts";

/** Sends one request to a native engine. Rejects with the client's own error classes. */
export async function callNative<Result>(
  native: NativeEngine,
  codec: ValueCodec,
  request: RpcRequest<string, unknown[] | undefined>,
): Promise<Result> {
  const payload = codec.encode({ id: "1", ...request });
  const answer: unknown = codec.decode(await native.execute(payload));
  if (isFailure(answer)) throw parseRpcError(answer.error);
  return answer as Result;
}

function isFailure(answer: unknown): answer is { error: RpcErrorObject } {
  return typeof answer === "object" && answer !== null && "error" in answer;
}
