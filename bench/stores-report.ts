import { median } from "../tool/drill/statistics";
import { profileText, type Profile } from "./profiled";
import type { Samples } from "./samples";

/** Target for the cost of many stores, as a multiple of the cost of as many single stores. */
export const manyStoresTarget = 1.5;

/** Numbers of stores in the previews: one, then in four equal steps to `count` more. */
export const growth = (count: number): number[] => [
  ...new Set([0, 1, 2, 3, 4].map((step) => 1 + Math.round((step * count) / 4))),
];

/** Returns the key of a preview of a stack with this number of stores, of which one is deployed. */
export const plannedKey = (stores: number): string => `preview, ${stores} stores`;

/** Returns the cost of many stores in one program, compared with that of a single one, as Markdown. */
export function storesReport(count: number, samples: Samples, profile: Profile): string {
  const of = (key: string): number => median(samples[key] ?? []);
  const megabytes = (key: string): number => of(`${key} memory`) / 1e6;
  const many = `up, ${count} stores more`;
  const ratio = of(many) / (count * of("up, one store more"));
  const planned = growth(count);
  const rows = [
    ...["up, Longhorn alone", "up, one store more", ...planned.map(plannedKey), many, "preview without changes"],
  ].map((key) => `| ${key} | ${of(key).toFixed(1)} | ${megabytes(key).toFixed(0)} |`);
  const perStore = planned.slice(1).map((stores, step) => {
    const before = planned[step] ?? 0;
    return (megabytes(plannedKey(stores)) - megabytes(plannedKey(before))) / (stores - before);
  });
  return [
    ["| Step | s | Most memory, MB |", "| --- | --- | --- |", ...rows].join("\n"),
    `${count} stores at once take ${ratio.toFixed(2)} times as long as ${count} times one store (target: at most ${manyStoresTarget}).`,
    `Memory for each further store, MB, step by step: ${perStore.map((one) => one.toFixed(1)).join(", ")}.`,
    `CPU of the program in the last preview, by a profile, in s: ${profileText(profile)}.`,
  ].join("\n\n");
}
