import tseslint from "typescript-eslint";
import { voice } from "./.eslint/voice.mjs";

export default tseslint.config(
  { ignores: ["**/node_modules", "**/dist", "**/*.js"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: "./tsconfig.check.json", tsconfigRootDir: import.meta.dirname } },
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
    },
  },
  {
    files: ["components/**/*.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "a component's inputs are its args" },
      ],
    },
  },
  {
    files: [
      "index.ts",
      "{bench,components,examples,generate,plugin,policy,sandbox,stacks,template,testbed,tool}/**/*.ts",
    ],
    plugins: { local: { rules: { voice } } },
    rules: { "local/voice": "error" },
  },
  { files: ["{testbed,tests}/**/*.ts"], rules: { "@typescript-eslint/require-await": "off" } },
);
