/** Whether the text of a request looks like one that changes something. Those are tried first. */
export function changesSomething(request: string): boolean {
  return /BEGIN|commit|CREATE|DEFINE|DELETE|INSERT|REBUILD|REMOVE|UPDATE|UPSERT/.test(request);
}
