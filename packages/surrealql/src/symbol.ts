const single = new Set("{}[]();,~@|.!?<>-+/%*=:$∋∌∈∉⊇⊃⊅⊆⊂⊄×÷…");
const double = new Set("|| && .. != !~ ?: ?~ ?= <= <| >= -> -= += ** *= *~ == ::".split(" "));
const triple = new Set(["...", "+?="]);
const longer = new Set([...double, ...triple].map((text) => text.charCodeAt(0)));

/** The length of the longest symbol of the language at an offset, 0 when there is none. */
export function symbolLength(text: string, at: number): number {
  if (longer.has(text.charCodeAt(at))) {
    if (triple.has(text.slice(at, at + 3))) return 3;
    if (double.has(text.slice(at, at + 2))) return 2;
  }
  return single.has(text.charAt(at)) ? 1 : 0;
}
