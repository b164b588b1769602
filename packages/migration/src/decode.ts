import { isUtf8 } from "node:buffer";

/** A text, without a byte order mark and with CRLF as LF, or the first line (from 1) that is not UTF-8. */
export function decode(
  bytes: Uint8Array,
): { readonly text: string } | { readonly invalidLine: number } {
  if (isUtf8(bytes)) return { text: new TextDecoder().decode(bytes).replaceAll("\r\n", "\n") };
  let line = 1;
  for (let start = 0; start <= bytes.length; line += 1) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    if (!isUtf8(bytes.subarray(start, end))) break;
    start = end + 1;
  }
  return { invalidLine: line };
}
