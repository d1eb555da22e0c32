/** Test of a code block: it is run, checked, or only shown for a reason. */
export type Hold = "run" | "check" | "shown";

/** A fenced code block of a page. */
export interface Block {
  /** Page and line of the opening fence, such as `docs/start.md:10`. */
  at: string;
  language: string;
  /** Undefined if the info string has none. */
  hold?: Hold;
  /** Text after the colon: the reason, or the test with the same text. */
  note: string;
  /** Content without the indentation of a list. */
  text: string;
}

/** Languages of drawings. Their info string must be this word alone, because the forge renders them. */
const drawings: readonly string[] = ["mermaid"];

/** Returns the fenced code blocks of a page. */
export function blocksIn(page: string, text: string): Block[] {
  const fences = text.matchAll(/^(?<indent> *)```(?<info>[^\n]*)\n(?<body>.*?)^ *```$/gms);
  return [...fences].map(({ index, groups: { indent = "", info = "", body = "" } = {} }) => {
    const line = text.slice(0, index).split("\n").length;
    const [, language = "", hold, note = ""] = /^(\w*)(?: (run|check|shown)(?:: (.+))?)?$/.exec(info) ?? [];
    return {
      at: `${page}:${line}`,
      language,
      ...(isHold(hold) ? { hold } : drawings.includes(language) && { hold: "check" }),
      note,
      text: body.replace(new RegExp(`^${indent}`, "gm"), ""),
    };
  });
}

function isHold(word: string | undefined): word is Hold {
  return word !== undefined;
}

/** Returns the blocks without a mark, and those that are only shown without a reason. */
export function markProblems(blocks: readonly Block[]): string[] {
  return blocks.flatMap(({ at, language, hold, note }) => {
    if (hold === undefined)
      return [`${at}: the info string must be "LANGUAGE run", "LANGUAGE check" or "LANGUAGE shown: REASON"`];
    if (language === "") return [`${at}: the info string must begin with a language`];
    return hold === "shown" && note === "" ? [`${at}: expected "shown: REASON"`] : [];
  });
}

/** Returns the share of blocks that are only shown. */
export function shownShare(blocks: readonly Block[]): number {
  return blocks.filter(({ hold }) => hold === "shown").length / blocks.length;
}

/**
 * Returns the words of each command of a shell script, without comments, assignments and prompts of other programs.
 *
 * @throws Error for a quote that is not closed
 */
export function shellCommands(script: string): string[][] {
  return script
    .replace(/\\\n/g, " ")
    .split("\n")
    .map(shellWords)
    .filter((words) => words.length > 0);
}

function shellWords(line: string): string[] {
  const words: string[] = [];
  const part = /\s+|#.*$|'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\]+/gy;
  let word: string | undefined;
  let end = 0;
  for (const { 0: token, index } of line.matchAll(part)) {
    end = index + token.length;
    if (/^\s/.test(token) || (token.startsWith("#") && word === undefined)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + unquoted(token);
  }
  if (end < line.length) throw new Error(`unclosed quote: ${line}`);
  return word === undefined ? words : [...words, word];
}

function unquoted(token: string): string {
  if (token.startsWith("'")) return token.slice(1, -1);
  if (token.startsWith('"')) return token.slice(1, -1).replace(/\\(["\\$`])/g, "$1");
  return token.startsWith("\\") ? token.slice(1) : token;
}

/** Returns the errors in a Mermaid flowchart, which may only have plain nodes, links and labels. */
export function flowchartProblems(text: string): string[] {
  const [head = "", ...lines] = text.trimEnd().split("\n");
  const node = String.raw`\w+(?:\["[^"\n]+"\])?`;
  const link = String.raw`(?:-->|-\. [^.|]+ \.->)`;
  const statement = new RegExp(String.raw`^ *${node}(?: ${link} ${node})*$`);
  return [
    ...(/^flowchart (TD|LR)$/.test(head) ? [] : [`expected "flowchart TD" or "flowchart LR", got "${head}"`]),
    ...lines.filter((line) => !statement.test(line)).map((line) => `expected nodes and links, got "${line.trim()}"`),
  ];
}
