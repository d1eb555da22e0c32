import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { repositoryDirectory } from "../../../tool/repository";

/** A link that leads nowhere. */
function brokenLinks(page: string, read: (file: string) => string, exists: (file: string) => boolean): string[] {
  return linksIn(read(page)).filter((link) => {
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? page : path.join(path.dirname(page), file);
    if (!exists(target)) return true;
    return anchor !== undefined && target.endsWith(".md") && !anchorsIn(read(target)).includes(anchor);
  });
}

/** Targets of a page's links to files and headings, outside of code. */
function linksIn(text: string): string[] {
  const prose = withoutCode(text);
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return links.filter((target) => !/^(https?:|mailto:)/.test(target));
}

/** Anchors of a page's headings, as GitHub makes them. */
function anchorsIn(text: string): string[] {
  const found = new Map<string, number>();
  return [...withoutFences(text).matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading = ""]) => {
    const words = heading.replace(/`|\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const anchor = words.replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-");
    const earlier = found.get(anchor) ?? 0;
    found.set(anchor, earlier + 1);
    return earlier === 0 ? anchor : `${anchor}-${earlier}`;
  });
}

function withoutFences(text: string): string {
  return text.replace(/^ *```.*?^ *```/gms, "");
}

function withoutCode(text: string): string {
  return withoutFences(text).replace(/`[^`\n]*`/g, (code) => "x".repeat(code.length));
}

const at = (file: string): string => path.join(repositoryDirectory, file);
const pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ...markdownIn("docs"), ...markdownIn("template")];

function markdownIn(folder: string): string[] {
  return readdirSync(at(folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.join(folder, name));
}

describe("links of the documentation", () => {
  for (const page of pages) {
    it(`of ${page} lead somewhere`, () => {
      assert.deepEqual(
        brokenLinks(
          page,
          (file) => readFileSync(at(file), "utf8"),
          (file) => existsSync(at(file)),
        ),
        [],
      );
    });
  }

  it("are seen where they lead nowhere", () => {
    const files: Record<string, string> = {
      "a.md":
        "# One `word`\n\n[a](b.md#two-2) [b](b.md#none) [c](c.md) [d](#one-word) `[e](no.md)`\n\n```\n[f](no.md)\n```\n",
      "b.md": "## Two\n## Two\n## Two\n",
    };
    const broken = brokenLinks(
      "a.md",
      (file) => files[file] ?? "",
      (file) => file in files,
    );
    assert.deepEqual(broken, ["b.md#none", "c.md"]);
  });

  it("lead from the index to every page", () => {
    const index = readFileSync(at("docs/README.md"), "utf8");
    const missing = markdownIn("docs").filter(
      (page) => page !== "docs/README.md" && !index.includes(`(${path.basename(page)})`),
    );
    assert.deepEqual(missing, []);
  });
});
