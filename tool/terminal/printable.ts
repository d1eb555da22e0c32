import type { Progress } from "./progress";

/** Control and format characters, with which a text could move the cursor, hide a part of itself or reverse its order. */
const unprintable = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Returns a text that a terminal shows unchanged. Control characters in names and messages from a cluster become visible
 * escapes such as `\u001b`. Line feeds and tabs stay. JSON keeps its value, because it has these characters only within
 * strings.
 */
export function printable(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(unprintable, escaped);
}

/** Returns an escape for each UTF-16 code unit, as in JSON. */
function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, unit) => character.charCodeAt(unit))
    .map((code) => `\\u${code.toString(16).padStart(4, "0")}`)
    .join("");
}

/** Returns a reporter that shows printable texts only. */
export function printableProgress(progress: Progress): Progress {
  return {
    begin(title) {
      const step = progress.begin(printable(title));
      return {
        update: (detail) => step.update(printable(detail)),
        below: (linesIn) => step.below?.((rows) => linesIn(rows).map(printable)),
        succeed: (outcome) => step.succeed(outcome && printable(outcome)),
        fail: (outcome) => step.fail(outcome && printable(outcome)),
      };
    },
    note: (text) => progress.note(printable(text)),
  };
}
