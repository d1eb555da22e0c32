import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Nothing in `target` may import from `from` (except the listed files): dependencies point one way. */
const forbid = (target, from, except, message) => ({ target: `./${target}`, from, except, message });

const inPackage = "the contract and its readers are a part of the package: they import components only";

const oneWay = [
  forbid(
    "components",
    ["./plugin", "./stacks", "./tool", "./sandbox", "./testbed", "./tests"],
    [],
    "components import only @pulumi/* and their own files",
  ),
  forbid(
    "plugin",
    ["./stacks", "./tool", "./sandbox", "./testbed", "./tests"],
    [],
    "the plugin imports components only",
  ),
  ...["outputs", "referenced-outputs", "references"].flatMap((name) => [
    forbid(`stacks/${name}.ts`, "./stacks", ["./outputs.ts", "./referenced-outputs.ts"], inPackage),
    forbid(`stacks/${name}.ts`, "./index.ts", [], inPackage),
  ]),
  forbid("stacks", ["./tool", "./sandbox", "./testbed", "./tests"], [], "stacks import components only"),
  forbid("sandbox", ["./stacks", "./tool", "./testbed", "./tests"], [], "the sandbox knows nothing of stacks and tool"),
  forbid("sandbox", "./components", [], "the sandbox knows nothing of the components"),
  forbid(
    "policy",
    ["./components", "./stacks", "./tool", "./sandbox", "./testbed", "./tests"],
    [],
    "a policy pack is its own folder",
  ),
  ...["./testbed", "./tests"].map((from) => forbid("tool", from, [], "the tool does not depend on tests")),
  forbid("testbed", ["./bench", "./tests"], [], "tests and benchmarks use the testbed, not the other way round"),
];

export default tseslint.config(
  { ignores: ["**/node_modules", "**/dist", "**/*.js"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: "./tsconfig.check.json", tsconfigRootDir: import.meta.dirname } },
    plugins: { "import-x": importX },
    settings: {
      ...importX.flatConfigs.typescript.settings, // else it reads no imports in TypeScript files, and finds no cycle
      "import-x/resolver-next": [createTypeScriptImportResolver({ project: "./tsconfig.check.json" })],
    },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      // What a rest leaves out has to be named.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      // An Output in a template literal prints its own warning text: pulumi.interpolate is the way.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: false, allowAny: false, allowNullish: false, allow: [] },
      ],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones: oneWay }],
    },
  },
  {
    files: ["components/**/*.ts", "stacks/{outputs,referenced-outputs,references}.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: "^(?!@pulumi/|\\.)", message: "components import only @pulumi/* and their own files" }] },
      ],
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "a component's inputs are its args" },
      ],
    },
  },
  { files: ["{testbed,tests}/**/*.ts"], rules: { "@typescript-eslint/require-await": "off" } },
);
