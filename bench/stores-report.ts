import { median } from "../tool/drill/distribution";
import type { Samples } from "./samples";

/** What many stores may take, as a multiple of as many times one store. */
export const manyStoresTarget = 1.5;

/** What many stores in one program add, beside what one adds, as Markdown. */
export function storesReport(count: number, samples: Samples): string {
  const of = (key: string): number => median(samples[key] ?? []);
  const many = `${count} stores more`;
  const all = `${1 + count} stores`;
  const ratio = of(`up, ${many}`) / (count * of("up, one store more"));
  const megabytes = (key: string): number => of(`${key} memory`) / 1e6;
  const perStore = (megabytes(`up, ${many}`) - megabytes("up, one store more")) / count;
  const rows = ["up, Longhorn alone", "up, one store more", `up, ${many}`, "preview, one store", `preview, ${all}`].map(
    (key) => `| ${key} | ${of(key).toFixed(1)} | ${megabytes(key).toFixed(0)} |`,
  );
  return [
    ["| Step | s | Most memory, MB |", "| --- | --- | --- |", ...rows].join("\n"),
    `${count} stores at once take ${ratio.toFixed(2)} times as long as ${count} times one store (target: at most ${manyStoresTarget}), and ` +
      `${perStore.toFixed(1)} MB more memory for each.`,
  ].join("\n\n");
}
