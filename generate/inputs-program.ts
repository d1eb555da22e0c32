import { join } from "node:path";
import * as ts from "typescript";
import { repositoryDirectory } from "./file";

/** File with the types of a stack's configuration. */
export const stackConfigFile = join(repositoryDirectory, "stacks/config/schema.ts");

/** Returns the TypeScript program of the components and the stack's configuration. */
export function inputsProgram(): ts.Program {
  return programOf([join(repositoryDirectory, "index.ts"), stackConfigFile]);
}

/** Returns a TypeScript program in which Pulumi's inputs are plain values. */
export function programOf(files: readonly string[]): ts.Program {
  return ts.createProgram(files, options, hostWithPlainInputs());
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2023.d.ts"],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
};

const plainInputs: ts.ResolvedModuleFull = {
  resolvedFileName: join(__dirname, "plain-inputs.ts"),
  extension: ts.Extension.Ts,
};

/** Replaces Pulumi's types, which are large: inputs use only `Input` of them. */
function hostWithPlainInputs(): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  host.resolveModuleNameLiterals = (literals, containingFile, redirected, given, containingSource) =>
    literals.map((literal) => {
      if (literal.text === "@pulumi/pulumi") return { resolvedModule: plainInputs };
      if (literal.text.startsWith("@pulumi/")) return { resolvedModule: undefined };
      const mode = ts.getModeForUsageLocation(containingSource, literal, given);
      return ts.resolveModuleName(literal.text, containingFile, given, host, undefined, redirected, mode);
    });
  return host;
}
