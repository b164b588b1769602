import fc from "fast-check";

/** Pieces that start, end or hide something in SurrealQL. */
const pieces = [
  ..."' \" ` ⟨ ⟩ / \\ ; { } ( ) [ ] $ # - * < > | . : , = \n \r \u2028 \u00a0 é 😀".split(" "),
  ..."-- // /* */ function function( DEFINE REMOVE TABLE FIELD user SELECT RETURN VALUE IF ELSE".split(
    " ",
  ),
  ..."1 1.5 1e 3d 01ab $a d' r\" ; ON -> <- :: .. |$x| { } PASSWORD KEY 'x' DELETE CREATE FOR".split(
    " ",
  ),
];

/** Texts that are hard to read, most of them broken. */
export const fragments: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.constant(" ")), { maxLength: 40 })
  .map((parts) => parts.join(""));
