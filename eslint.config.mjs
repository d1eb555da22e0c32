import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Nothing in `target` may import from `from` (except the listed files): dependencies point one way. */
const forbid = (target, from, except, message) => ({ target: `./${target}`, from, except, message });

const oneWay = [
  forbid(
    "components",
    ["./plugin", "./stacks", "./tool", "./sandbox", "./tests"],
    [],
    "components import only @pulumi/* and their own files",
  ),
  forbid("plugin", ["./stacks", "./tool", "./sandbox", "./tests"], [], "the plugin imports components only"),
  forbid("stacks", ["./tool", "./sandbox", "./tests"], [], "stacks import components only"),
  forbid("sandbox", ["./stacks", "./tool", "./tests"], [], "the sandbox knows nothing of stacks and tool"),
  forbid("sandbox", "./components", [], "the sandbox knows nothing of the components"),
  forbid(
    "policy",
    ["./components", "./stacks", "./tool", "./sandbox", "./tests"],
    [],
    "a policy pack is its own folder",
  ),
  forbid("tool", "./tests", [], "the tool does not depend on tests"),
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
    files: ["components/**/*.ts"],
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
  { files: ["tests/**/*.ts"], rules: { "@typescript-eslint/require-await": "off" } },
);
