import { RuleTester, type Rule } from "eslint";
import { join } from "node:path";
import tseslint from "typescript-eslint";
import { repositoryDirectory } from "../../tool/repository";

const opening = (word: string) => [{ messageId: "opening", data: { word } }];
const word = (found: string, instead: string) => [{ messageId: "word", data: { word: found, instead } }];

// The tester has no tests of its own: it runs within one.
RuleTester.describe = (_name: string, run: () => void) => run();
RuleTester.it = (_name: string, run: () => void) => run();

describe("the rule for the wording of docstrings and help", () => {
  it("refuses openings and words that upstream documentation does not use", async () => {
    const { voice } = (await import(join(repositoryDirectory, ".eslint/voice.mjs"))) as { voice: Rule.RuleModule };
    const tester = new RuleTester({ languageOptions: { parser: tseslint.parser } });
    tester.run("voice", voice, {
      valid: [
        "/** Name of the Secret. */ export const name = 1;",
        "/** Reports whether the node is ready. */ export function isReady() {}",
        "interface Args { /** Whether the volume is protected. */ isProtected?: boolean }",
        "class Store { /** Whether the volume is protected. */ get isProtected(): boolean { return true } }",
        "/** What only this file sees. */ function local() {}",
        "/* What a plain comment says. */ export const name = 1;",
        "/** Whatever the operator set. */ export const name = 1;",
        "/**\n * Name of the Secret.\n * @default what the chart sets\n */\nexport const name = 1;",
        'command.description("Move a store to another node").option("--force", "skip the confirmation")',
        'other.describe("what is no help")',
      ],
      invalid: [
        { code: "/** What it does. */ export const name = 1;", errors: opening("What") },
        { code: "/**\n * How long it takes.\n */\nexport function time() {}", errors: opening("How") },
        { code: "interface Args { /** Where it is. */ place: string }", errors: opening("Where") },
        { code: "interface Args { /** Whether it is on. */ name: string }", errors: opening("Whether") },
        { code: "export const Mode = { /** Who decides. */ Wait: 'Wait' } as const;", errors: opening("Who") },
        { code: "enum Mode { /** Why not. */ Wait }", errors: opening("Why") },
        { code: "class Store { /** Whether it is on. */ isOn() { return true } }", errors: opening("Whether") },
        {
          code: "/** Restores what nobody has seen. */ export const name = 1;",
          errors: word("nobody", "the actor by name, such as the operator or the kubelet"),
        },
        {
          code: "/** Tolerations for silent nodes. */ export const name = 1;",
          errors: word("silent nodes", '"unreachable", "NotReady" or "powered off"'),
        },
        {
          code: "/** Makes the volume anew. */ export const name = 1;",
          errors: word("anew", '"restart" or "recreate"'),
        },
        { code: "/** Puts it back. */ export const name = 1;", errors: word("Puts it back", '"restore"') },
        { code: 'command.description("what the store lacks")', errors: opening("what") },
        { code: 'command.option("--node <name>", "a node that you vouch for")', errors: word("vouch", '"confirm"') },
        { code: 'command.addOption(new Option("--how", "how it " + `is ${done}`))', errors: opening("how") },
      ],
    });
  });
});
