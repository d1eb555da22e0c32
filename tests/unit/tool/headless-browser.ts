import { execFile } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const flags = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  ...["--disable-background-networking", "--disable-component-update", "--enable-logging=stderr"],
];

/** Where Chromium is on PATH; undefined where it is not. */
export function findChromium(): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "chromium"))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** A chart that is shown. */
export interface RenderedChart {
  id: string;
  title: string;
  width: number;
  /** How many marks each series has, by its number. */
  marks: Record<string, number>;
  /** Where they are, in px from the chart's top left corner: what a reader takes the values from. */
  boxes: Record<string, Box[]>;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How a page turned out at one width. */
export interface RenderedPage {
  title: string;
  /** In px; more than `clientWidth` where the page scrolls sideways. */
  scrollWidth: number;
  clientWidth: number;
  charts: RenderedChart[];
  /** What a reader sees, without what is folded away. */
  text: string;
}

/** Renders every page at every width in one run of the browser, each in a frame of that width. */
export async function render(
  chromium: string,
  pages: readonly string[],
  widths: readonly number[],
): Promise<{ rendered: RenderedPage[][]; consoleLines: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), "longhorn-s3-page-"));
  try {
    const harness = join(folder, "harness.html");
    writeFileSync(harness, harnessOf(pages, widths));
    const { stdout, stderr } = await promisify(execFile)(
      chromium,
      [...flags, `--user-data-dir=${join(folder, "profile")}`, "--dump-dom", pathToFileURL(harness).href],
      { maxBuffer: 64 * 1024 ** 2, timeout: 60_000 },
    );
    const [, found] = /<pre id="found">([A-Za-z0-9+/=]+)<\/pre>/.exec(stdout) ?? [];
    if (found === undefined) throw new Error(`The browser gave no answer: ${stdout.slice(0, 500)}\n${stderr}`);
    const rendered = JSON.parse(Buffer.from(found, "base64").toString("utf8")) as RenderedPage[][];
    return { rendered, consoleLines: stderr.split("\n").filter((line) => line.includes(":CONSOLE:")) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A page that shows the others and writes down what became of them; Base64, since the pages hold all kinds of characters. */
function harnessOf(pages: readonly string[], widths: readonly number[]): string {
  const encoded = pages.map((page) => Buffer.from(page, "utf8").toString("base64"));
  return `<!doctype html><meta charset="utf-8"><pre id="found"></pre><script>
const decode = (text) => new TextDecoder().decode(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)));
const encode = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const chartOf = (svg) => {
  const marks = {};
  const boxes = {};
  const { left, top, width } = svg.getBoundingClientRect();
  for (const mark of svg.querySelectorAll("[ecmeta_series_index]")) {
    const series = mark.getAttribute("ecmeta_series_index");
    marks[series] = (marks[series] ?? 0) + 1;
    const box = mark.getBoundingClientRect();
    (boxes[series] ??= []).push({ x: box.left - left, y: box.top - top, width: box.width, height: box.height });
  }
  const title = svg.querySelector("title");
  return { id: title.id, title: title.textContent, width, marks, boxes };
};
const measure = (frame) => {
  const { documentElement: root, title, body } = frame.contentDocument;
  const shown = [...root.querySelectorAll("svg")].filter((svg) => svg.getBoundingClientRect().width > 0);
  return { title, scrollWidth: root.scrollWidth, clientWidth: root.clientWidth, charts: shown.map(chartOf), text: body.innerText };
};
const frameOf = (page, width) => new Promise((resolve) => {
  const frame = document.createElement("iframe");
  frame.style.width = width + "px";
  frame.style.height = "800px";
  frame.style.border = "0";
  frame.srcdoc = decode(page);
  frame.onload = () => resolve(measure(frame));
  document.body.append(frame);
});
Promise.all(${JSON.stringify(encoded)}.map((page) => Promise.all(${JSON.stringify(widths)}.map((width) => frameOf(page, width)))))
  .then((rendered) => { document.getElementById("found").textContent = encode(JSON.stringify(rendered)); });
</script>`;
}
