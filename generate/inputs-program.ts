import { join } from "node:path";
import * as ts from "typescript";
import { repositoryDirectory } from "./file";

/** File with the types of a stack's configuration. */
export const stackConfigFile = join(repositoryDirectory, "stacks/config/schema.ts");

/** Returns the program of the components and of the stack's configuration, for their types and docstrings. */
export function inputsProgram(): ts.Program {
  return programOf([join(repositoryDirectory, "index.ts"), stackConfigFile]);
}

/** Returns a program of these files in which an input of Pulumi is a plain value. */
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

/** Pulumi's own types are large, and no input is made of them except for `Input`. */
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
