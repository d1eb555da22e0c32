import type { OperationWords } from "../features/guards/words";

const functions = { up: "deployStore", preview: "previewStore", destroy: "destroyStore", refresh: "refresh" } as const;

const inputs = { dataLoss: "allowDataLoss", unprotected: "allowUnprotected" } as const;

/** Returns the terms for a program that calls the library. */
export function callWords(stack: string): OperationWords {
  return {
    name: (operation) => functions[operation],
    invocation(operation, accepted) {
      const kinds = ["unprotected", "dataLoss"] as const;
      const given = kinds
        .filter((kind) => accepted[kind].length > 0)
        .map((kind) => `, ${inputs[kind]}: ${JSON.stringify(accepted[kind])}`);
      return `${functions[operation]}({ stack: ${JSON.stringify(stack)}${given.join("")}, … })`;
    },
    acceptance: (kind, name) => `${inputs[kind]}: ${JSON.stringify(name)}`,
    skipPreflight: "skipPreflight: true",
    skipVolumeCheck: "skipVolumeCheck: true",
  };
}
