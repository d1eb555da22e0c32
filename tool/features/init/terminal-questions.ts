import { confirm, isCancel, select, text } from "@clack/prompts";
import type { Readable, Writable } from "node:stream";
import { CancelledError } from "../../errors";
import type { Questions } from "./questions";

/** Returns prompts for a terminal. */
export function terminalQuestions(input: Readable, output: Writable, signal: AbortSignal): Questions {
  const common = { input, output, signal };
  return {
    async text(question, preset, refusal) {
      const validate = (given: string | undefined): string | undefined => refusal(given || preset);
      const answer = await text({ ...common, message: question, placeholder: preset, defaultValue: preset, validate });
      return given(answer);
    },
    async choice(question, choices) {
      // The types of clack tell texts and other values apart, which a type parameter cannot.
      const options: { value: string; label: string }[] = choices.map(({ value, meaning }) => ({
        value,
        label: meaning === undefined ? value : `${value}: ${meaning}`,
      }));
      const answer = given(await select({ ...common, message: question, options }));
      const chosen = choices.find(({ value }) => value === answer);
      if (chosen === undefined) throw new Error(`${answer} is not one of the choices`);
      return chosen.value;
    },
    async yes(question) {
      return given(await confirm({ ...common, message: question, initialValue: false }));
    },
  };
}

/** Converts Ctrl-C at a prompt to an exception. */
function given<Answer>(answer: Answer): Exclude<Answer, symbol> {
  if (isCancel(answer)) throw new CancelledError();
  return answer as Exclude<Answer, symbol>;
}
