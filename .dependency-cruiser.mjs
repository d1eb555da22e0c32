// Which file may import which, types included. `npm run check` holds the repository to it.

/**
 * The folders of tool/ from the top down: a folder imports those of its own layer and of the layers below. The files beside them
 * are the lowest layer of all, except for `main`.
 */
const layers = [
  ["main", "commands", "library"],
  ["drill"],
  ["features"],
  ["pulumi"],
  ["diagnosis"],
  ["cluster", "s3", "terminal", "markup", "charts", "completion"],
];

/** Tests, measurements and the harness that they share: no program of the project depends on them. */
const trials = ["tests", "testbed", "bench"];

/** Refuses imports from `from` to `to`: paths from here, of folders or of files without their extension. */
function forbid(name, from, to, comment) {
  return { name, comment, severity: "error", from: { path: within(from) }, to: { path: within(to) } };
}

/** Matches the files that have one of these paths or are below it. */
function within(paths) {
  return `^(${paths.join("|")})(?=/|\\.|$)`;
}

/** Refuses every import from `from` but of these files and of Pulumi's packages: Node's own modules too. */
function forbidAllBut(name, from, allowed, comment) {
  const pathNot = [within(allowed), "^node_modules/@pulumi/"];
  return { name, comment, severity: "error", from: { path: within(from) }, to: { pathNot } };
}

const inTool = (folders) => folders.map((folder) => `tool/${folder}`);

const upwards = layers
  .slice(1)
  .map((folders, index) =>
    forbid(
      `tool-${folders[0]}`,
      inTool(folders),
      inTool(layers.slice(0, index + 1).flat()),
      `tool/: ${layers.map((layer) => layer.join(", ")).join(" → ")}; nothing imports what is above it`,
    ),
  );

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...upwards,
    {
      name: "tool-root",
      comment: "the files at the root of tool/ are its lowest layer: they import none of its folders",
      severity: "error",
      from: { path: "^tool/[^/]+$", pathNot: within(["tool/main", "tool/longhorn-s3"]) },
      to: { path: "^tool/(?!node_modules/)[^/]+/" },
    },
    {
      name: "tool-unlisted",
      comment: "a folder of tool/ belongs to a layer: add it to the layers in .dependency-cruiser.mjs",
      severity: "error",
      from: { path: "^tool/[^/]+/", pathNot: within(inTool([...layers.flat(), "node_modules", "dist"])) },
      to: {},
    },
    forbidAllBut("components", ["components"], ["components"], "components import only @pulumi/* and their own files"),
    forbid("plugin", ["plugin"], ["stacks", "tool", "sandbox", ...trials], "the plugin imports components only"),
    forbid("stacks", ["stacks"], ["tool", "sandbox", ...trials], "stacks import components only"),
    forbid(
      "sandbox",
      ["sandbox"],
      ["index", "components", "plugin", "stacks", "tool", ...trials],
      "the sandbox knows nothing of components, stacks and tool",
    ),
    forbid(
      "policy",
      ["policy"],
      ["index", "components", "plugin", "stacks", "tool", "sandbox", ...trials],
      "a policy pack is a folder of its own",
    ),
    forbid("tool", ["tool"], trials, "the tool does not depend on tests"),
    forbid("testbed", ["testbed"], ["tests", "bench"], "tests and measurements share the testbed, which knows neither"),
    {
      name: "no-cycle",
      comment: "a type that two files share has a file of its own, or is with the lower one of them",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-folder-cycle",
      comment: "of two folders, one is below the other; a folder within one counts as a part of it",
      severity: "error",
      scope: "folder",
      from: {},
      to: { circular: true },
    },
    {
      name: "not-found",
      comment: "what cannot be found cannot be held to any rule",
      severity: "error",
      from: { pathNot: "^examples/application/" }, // runs in a pod, beside what it is mounted with
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.check.json" },
    tsPreCompilationDeps: true, // else what is imported for its types alone is not seen
    exclude: { path: "(^|/)dist/" },
    doNotFollow: { path: "(^|/)node_modules/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["main", "types"],
    },
  },
};
