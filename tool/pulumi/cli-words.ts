/** What the CLI said went wrong, out of the Automation API's message, which has its whole output in it twice. */
export function wordsOfCli(message: string): string {
  const [once = ""] = message.split(/^\s*err\?: /m);
  const begin = once.search(/(?<=^(?: stderr: )?)error: /m);
  return (begin < 0 ? once : once.slice(begin)).trim();
}

/** The lines of a message without those that say where in the sources a program stopped: of no use to who runs it. */
export function withoutFrames(message: string): string[] {
  return message.split("\n").filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
}
