/** What a comment begins with that says what a value is, and is no remark. */
const value = /^(?:["'`[{\d-]|(?:true|false|undefined|Set)\b)/;
const withComment = /^(?<code>[^\s})\]/].*);\s*\/\/ (?<said>.*)$/;
const declares = /^(?:const|let) (?<name>\w+) = /;
const isStatement = /^(?:const|let|for|if|try|catch|throw|import|export|return)\b/;

/**
 * Turns the comments that say what an expression gives into calls of `shows`: those on its line that begin as a value does,
 * and those that fill the lines right behind it.
 */
export function checkComments(text: string): string {
  const lines = text.split("\n");
  return lines
    .map((line, at) => {
      const { code = line.replace(/;$/, ""), said = below(lines, at) } =
        withComment.exec(line)?.groups ?? {};
      const declared = declares.exec(code)?.groups?.["name"];
      const isRemark = said === "" || (line.includes(" // ") && !value.test(said));
      if (isRemark || (declared === undefined && isStatement.test(code))) return line;
      const comment = JSON.stringify(said);
      return declared === undefined
        ? `shows(${code}, ${comment});`
        : `${line}\nshows(${declared}, ${comment});`;
    })
    .join("\n");
}

/** The comment on the lines behind one that ends a statement. */
function below(lines: readonly string[], at: number): string {
  if (!/^[^\s/}].*;$/.test(lines[at] ?? "")) return "";
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => !line.startsWith("//"));
  const comment = rest.slice(0, end === -1 ? rest.length : end);
  return comment.map((line) => line.replace(/^\/\/ ?/, "")).join("\n");
}
