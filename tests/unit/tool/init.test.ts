import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { PassThrough } from "node:stream";
import { parse } from "yaml";
import { Remediator, OnNodeFailure } from "../../../index";
import { ToolError } from "../../../tool/errors";
import type { Answers } from "../../../tool/features/init/answers";
import { initProject } from "../../../tool/features/init/init";
import type { Questions } from "../../../tool/features/init/questions";
import { initViolations, initViolationsText } from "../../../tool/features/init/refusals";
import { renderProject, templateQuestions } from "../../../tool/features/init/render";
import { carriedPackage, readTemplate } from "../../../tool/features/init/template";
import { terminalQuestions } from "../../../tool/features/init/terminal-questions";
import { repositoryDirectory } from "../../../tool/repository";

const answers: Answers = {
  project: "photos-s3",
  stack: "dev",
  store: "photos",
  size: "10Gi",
  onNodeFailure: OnNodeFailure.Wait,
  acceptDataLossIfNodeIsAlive: false,
  context: "staging",
  package: "0.1.0",
};
const empty = { folder: "/projects/photos-s3", entries: [], contexts: ["staging", "prod"] };

describe("init", () => {
  const template = readTemplate();
  const configuration = (more: Partial<Answers> = {}): Record<string, unknown> => {
    const file = renderProject(template, { ...answers, ...more })["Pulumi.dev.yaml"] ?? "";
    return (parse(file) as { config: Record<string, unknown> }).config;
  };

  describe("the project", () => {
    it("has every file of the template, and the configuration of its stack", () => {
      const files = renderProject(template, answers);
      assert.deepEqual(Object.keys(files).sort(), [...Object.keys(template), "Pulumi.dev.yaml"].sort());
      for (const text of Object.values(files)) assert.doesNotMatch(text, /\$\{/);
      assert.equal(files["index.ts"], template["index.ts"]);
    });

    it("has a Pulumi.yaml that is no template any more", () => {
      assert.deepEqual(parse(renderProject(template, answers)["Pulumi.yaml"] ?? ""), {
        name: "photos-s3",
        description: "An S3 store on Longhorn with an explicit failover decision",
        runtime: { name: "nodejs", options: { packagemanager: "npm" } },
      });
    });

    it("takes longhorn-s3 from where the answers say, a folder as a copy", () => {
      const packageOf = (from: string): Record<string, string> => {
        const files = renderProject(template, { ...answers, package: from });
        const { dependencies } = JSON.parse(files["package.json"] ?? "") as { dependencies: Record<string, string> };
        return { from: dependencies["longhorn-s3"] ?? "", npmrc: files[".npmrc"] ?? "" };
      };
      assert.deepEqual(packageOf("0.1.0"), { from: "0.1.0", npmrc: "" });
      assert.deepEqual(packageOf("file:vendor/a.tgz"), { from: "file:vendor/a.tgz", npmrc: "" });
      assert.deepEqual(packageOf("file:/src/longhorn-s3"), {
        from: "file:/src/longhorn-s3",
        npmrc: "install-links=true\n",
      });
    });

    it("says in its configuration what was decided, and sets the policy that the decision needs", () => {
      assert.deepEqual(configuration(), {
        "photos-s3:context": "staging",
        "photos-s3:store": "photos",
        "photos-s3:size": "10Gi",
        "photos-s3:onNodeFailure": "Wait",
        "photos-s3:podDeletionPolicy": "do-nothing",
      });
      const assumed = configuration({ onNodeFailure: OnNodeFailure.AssumeDead, acceptDataLossIfNodeIsAlive: true });
      assert.equal(assumed["photos-s3:podDeletionPolicy"], "delete-deployment-pod");
      assert.equal(assumed["photos-s3:acceptDataLossIfNodeIsAlive"], true);
    });

    it("describes a Longhorn that is there as a whole, and sets no policy of it", () => {
      const existingLonghorn = {
        version: "1.11.2",
        storageClassName: "longhorn",
        podDeletionPolicy: "do-nothing" as const,
      };
      const config = configuration({ existingLonghorn });
      assert.deepEqual(config["photos-s3:existingLonghorn"], existingLonghorn);
      assert.equal(config["photos-s3:podDeletionPolicy"], undefined);
    });
  });

  describe("the template", () => {
    it("asks for keys that the program reads", () => {
      const program = template["index.ts"] ?? "";
      for (const key of Object.keys(templateQuestions(template))) {
        assert.match(program, new RegExp(`config\\.(get|require)\\w*(<\\w+>)?\\("${key}"\\)`));
      }
    });

    it("depends on the versions that this repository has", () => {
      const versionsOf = (file: string): Record<string, string> => {
        const { version, dependencies, devDependencies } = JSON.parse(readFileSync(file, "utf8")) as {
          version: string;
          dependencies: Record<string, string>;
          devDependencies: Record<string, string>;
        };
        return { ...dependencies, ...devDependencies, "": version };
      };
      const {
        "": _,
        "longhorn-s3": own,
        ...others
      } = versionsOf(join(repositoryDirectory, "template", "package.json"));
      assert.equal(own, versionsOf(join(repositoryDirectory, "package.json"))[""]);
      for (const [name, version] of Object.entries(others)) {
        const installed = join(repositoryDirectory, "node_modules", name, "package.json");
        assert.equal(version, versionsOf(installed)[""], name);
      }
    });
  });

  describe("refuses", () => {
    const fields = (more: Partial<Answers>, surroundings = {}): string[] =>
      initViolations({ ...answers, ...more }, { ...empty, ...surroundings }).map(({ field }) => field);

    it("nothing where all is right", () => assert.deepEqual(fields({}), []));

    it("everything at once, by the options", () => {
      const wrong: Partial<Answers> = {
        project: "Photos S3",
        stack: "a/b",
        store: "Foo_Bar",
        size: "1 GB",
        onNodeFailure: OnNodeFailure.AssumeDead,
        context: "nowhere",
        package: "latest",
      };
      assert.deepEqual(fields(wrong, { entries: ["notes.txt"] }), [
        ...["FOLDER", "--name", "--stack", "--context", "--package"],
        ...["--accept-data-loss-if-node-is-alive", "--store", "--size"],
      ]);
    });

    it("a project without a decision or a cluster, for which there are no defaults", () => {
      assert.deepEqual(fields({ onNodeFailure: undefined, context: undefined }), ["--context", "--on-node-failure"]);
    });

    it("a kubeconfig that cannot be read, and takes any context where nobody has named one", () => {
      assert.deepEqual(fields({ context: "later" }, { contexts: undefined }), []);
      assert.deepEqual(fields({ kubeconfig: "/nowhere" }, { contexts: undefined }), ["--kubeconfig"]);
    });

    it("Fence without a remediator, and a Longhorn that does not act", () => {
      assert.deepEqual(fields({ onNodeFailure: OnNodeFailure.Fence }), ["--remediator"]);
      const existingLonghorn = {
        version: "1.11.2",
        storageClassName: "longhorn",
        podDeletionPolicy: "do-nothing" as const,
      };
      const assumed = { onNodeFailure: OnNodeFailure.AssumeDead, acceptDataLossIfNodeIsAlive: true };
      assert.deepEqual(fields({ ...assumed, existingLonghorn }), ["--pod-deletion-policy"]);
    });

    it("in words that can be typed", () => {
      const text = initViolationsText(
        initViolations(
          { ...answers, size: "1 GB", onNodeFailure: OnNodeFailure.Fence },
          { ...empty, entries: ["a", "b"] },
        ),
      );
      assert.match(text, /^Nothing was written\. 3 problems:/);
      assert.match(text, /FOLDER: got "\/projects\/photos-s3 with a, b"/);
      assert.match(text, /fix: --size \d+Gi/);
      assert.match(text, /fix: --remediator SelfNodeRemediation --unhealthy-seconds 60/);
    });
  });

  describe("in a folder", () => {
    let parent: string;
    before(() => (parent = mkdtempSync(join(tmpdir(), "init-"))));
    after(() => rmSync(parent, { recursive: true }));

    /** A kubeconfig with one context. */
    function kubeconfig(): string {
      const file = join(parent, "kubeconfig");
      writeFileSync(
        file,
        JSON.stringify({
          clusters: [{ name: "c", cluster: { server: "https://192.0.2.1" } }],
          users: [{ name: "u", user: {} }],
          contexts: [{ name: "staging", context: { cluster: "c", user: "u" } }],
          "current-context": "staging",
        }),
      );
      return file;
    }

    it("writes what it says, also where git has been", async () => {
      const folder = join(parent, "Photos");
      mkdirSync(join(folder, ".git"), { recursive: true });
      const given = { onNodeFailure: OnNodeFailure.Wait, context: "staging", kubeconfig: kubeconfig() };
      const report = await initProject(folder, given, undefined);
      assert.equal(report.project, "photos");
      const written = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      assert.deepEqual(
        written.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).sort(),
        report.files,
      );
      const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
        dependencies: Record<string, string>;
      };
      const [, carried = ""] = /^file:(vendor\/.*)$/.exec(dependencies["longhorn-s3"] ?? "") ?? [];
      assert.ok(report.files.includes(carried), JSON.stringify(dependencies));
      assert.ok(readFileSync(join(folder, carried)).equals(readFileSync(carriedPackage())));
    });

    it("has paths that count from the project, wherever one stood", async () => {
      const folder = join(parent, "paths");
      const nearby = relative(process.cwd(), kubeconfig());
      const given = { onNodeFailure: OnNodeFailure.Wait, context: "staging", kubeconfig: nearby, package: "file:." };
      await initProject(folder, given, undefined);
      assert.match(readFileSync(join(folder, "Pulumi.dev.yaml"), "utf8"), /paths:kubeconfig: \.\.\/kubeconfig$/m);
      assert.match(readFileSync(join(folder, "package.json"), "utf8"), new RegExp(`"file:${process.cwd()}"`));
    });

    it("writes nothing where something is wrong, and leaves what is there", async () => {
      const folder = join(parent, "full");
      mkdirSync(folder);
      writeFileSync(join(folder, "notes.txt"), "mine");
      const given = { context: "elsewhere", kubeconfig: kubeconfig() };
      await assert.rejects(initProject(folder, given, undefined), (error: unknown) => {
        assert.ok(error instanceof ToolError);
        assert.equal(error.exitCode, 2);
        assert.match(error.message, /notes\.txt/);
        assert.match(error.message, /--on-node-failure/);
        assert.match(error.message, /--context: got "elsewhere"; allowed: .*the kubeconfig has staging/);
        return true;
      });
      assert.deepEqual(readdirSync(folder), ["notes.txt"]);
    });

    it("asks on a terminal for what nobody has said, and takes a wrong text for none", async () => {
      const folder = join(parent, "asked");
      const down = "\u001b[B";
      const terminal = new Typed([
        ["Name of the first environment", "\r"],
        ["Name of the store", "Foo_Bar\r"],
        ["allowed: ", `${"\b".repeat(7)}albums\r`],
        ["Size of the volume", "\r"],
        ["becomes unreachable", `${down}${down}\r`],
        ["Installed remediator of medik8s", "\r"],
        ["Kubeconfig context to deploy to", "\r"],
        ["install: ", "\r"],
      ]);
      await initProject(folder, { kubeconfig: kubeconfig() }, terminal.questions);
      const { config } = parse(readFileSync(join(folder, "Pulumi.dev.yaml"), "utf8")) as {
        config: Record<string, unknown>;
      };
      assert.equal(config["asked:store"], "albums");
      assert.equal(config["asked:size"], "10Gi");
      assert.equal(config["asked:onNodeFailure"], "Fence");
      assert.deepEqual(config["asked:fencing"], { remediator: Object.values(Remediator)[0], unhealthySeconds: 60 });
      assert.equal(config["asked:context"], "staging");
      assert.match(terminal.shown(), /the gateway stays on its node until the node returns/);
      assert.match(terminal.shown(), /allowed: /);
    });
  });
});

/** A terminal on which somebody types an answer when its question is there. */
class Typed {
  readonly questions: Questions;
  #shown = "";
  #read = 0;

  constructor(private readonly script: [question: string, keys: string][]) {
    const input = new PassThrough();
    const output = new PassThrough();
    this.questions = terminalQuestions(input, output, new AbortController().signal);
    output.setEncoding("utf8").on("data", (text: string) => {
      this.#shown += text;
      const keys = this.#next();
      if (keys !== undefined) setImmediate(() => input.write(keys));
    });
  }

  shown(): string {
    return this.#shown;
  }

  #next(): string | undefined {
    const [question, keys] = this.script[0] ?? [];
    if (question === undefined || !this.#shown.slice(this.#read).includes(question)) return undefined;
    this.#read = this.#shown.length;
    this.script.shift();
    return keys;
  }
}
