import { Remediator, OnNodeFailure, PodDeletionPolicy } from "../../../index";
import type { Violation } from "../../../components/validation/violations";
import type { Answers } from "./answers";
import { templateQuestions, type Files } from "./render";
import { initViolations, type Surroundings } from "./refusals";

/** Prompts for an operator. Each throws `CancelledError` if it is cancelled. */
export interface Questions {
  /**
   * Asks for a text.
   *
   * @param refusal returns the reason why a text is refused; undefined if it is valid
   */
  text(question: string, preset: string, refusal: (text: string) => string | undefined): Promise<string>;
  choice<Value extends string>(question: string, choices: readonly Choice<Value>[]): Promise<Value>;
  yes(question: string): Promise<boolean>;
}

/** Answer of a choice, with its meaning. */
export interface Choice<Value extends string> {
  value: Value;
  meaning?: string;
}

/** Meaning of each failover decision, in one sentence. */
export const decisions: readonly Choice<OnNodeFailure>[] = [
  {
    value: OnNodeFailure.Wait,
    meaning: "the gateway stays on its node until the node returns or an operator fences it",
  },
  {
    value: OnNodeFailure.AssumeDead,
    meaning: "another node takes over; if the unreachable node is still running, its writes are lost",
  },
  {
    value: OnNodeFailure.Fence,
    meaning: "another node takes over once an installed remediator confirms that the node is powered off",
  },
];

const policies: readonly Choice<PodDeletionPolicy>[] = Object.values(PodDeletionPolicy).map((value) => ({
  value,
  ...(value === PodDeletionPolicy.DeleteDeploymentPod && { meaning: "required by AssumeDead" }),
}));

/** Asks for the answers that `given` lacks, with `presets` as suggestions. */
export async function ask(
  questions: Questions,
  template: Files,
  given: Partial<Answers>,
  presets: Answers,
  surroundings: Surroundings,
): Promise<Answers> {
  const words = templateQuestions(template);
  const wordsOf = (key: string): string => words[key]?.description ?? key;
  const answers: Answers = { ...presets, ...given };
  const refusal =
    (key: keyof Answers, option: string) =>
    (text: string): string | undefined =>
      refusalText(initViolations({ ...answers, [key]: text }, surroundings), option);

  for (const [key, question, option] of [
    ["stack", "Name of the first environment (a Pulumi stack)", "--stack"],
    ["store", wordsOf("store"), "--store"],
    ["size", wordsOf("size"), "--size"],
  ] as const) {
    if (given[key] === undefined) answers[key] = await questions.text(question, answers[key], refusal(key, option));
  }
  answers.onNodeFailure ??= await questions.choice(wordsOf("onNodeFailure"), decisions);
  if (answers.onNodeFailure === OnNodeFailure.AssumeDead && !answers.acceptDataLossIfNodeIsAlive) {
    answers.acceptDataLossIfNodeIsAlive = await questions.yes(
      "If an unreachable node is still running, its writes are lost. Is that acceptable?",
    );
  }
  if (answers.onNodeFailure === OnNodeFailure.Fence) {
    answers.fencing ??= {
      remediator: await questions.choice(
        "Installed remediator of medik8s",
        Object.values(Remediator).map((value) => ({ value })),
      ),
      unhealthySeconds: 60,
    };
  }
  answers.context ??= await askContext(questions, wordsOf("context"), surroundings, refusal("context", "--context"));
  if (given.existingLonghorn === undefined && given.podDeletionPolicy === undefined) {
    answers.existingLonghorn = await askLonghorn(questions);
  }
  return answers;
}

function askContext(
  questions: Questions,
  question: string,
  { contexts = [] }: Surroundings,
  refusal: (text: string) => string | undefined,
): Promise<string> {
  if (contexts.length === 0) return questions.text(question, "", refusal);
  return questions.choice(
    question,
    contexts.map((value) => ({ value })),
  );
}

async function askLonghorn(questions: Questions): Promise<Answers["existingLonghorn"]> {
  const which = await questions.choice("Longhorn", [
    { value: "install", meaning: "installed by the stack; a cluster can have one" },
    { value: "existing", meaning: "use the existing one without a change" },
  ]);
  if (which === "install") return undefined;
  return {
    version: await questions.text("Version of Longhorn", "1.12.1", () => undefined),
    storageClassName: await questions.text("StorageClass of the volume", "longhorn", () => undefined),
    podDeletionPolicy: await questions.choice("Value of Longhorn's setting node-down-pod-deletion-policy", policies),
  };
}

function refusalText(violations: readonly Violation[], option: string): string | undefined {
  const own = violations.find(({ field }) => field === option);
  return own && `allowed: ${own.allowed}`;
}
