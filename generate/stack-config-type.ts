import { join } from "node:path";
import * as ts from "typescript";
import { repositoryDirectory } from "./file";

/** A type of the program with what can look into it. */
export interface DeclaredType {
  type: ts.Type;
  checker: ts.TypeChecker;
}

/** The type of a stack's configuration, with the docstrings of the inputs that it is made of. */
export function stackConfigType(): DeclaredType {
  const file = join(repositoryDirectory, "stacks/config/schema.ts");
  const program = ts.createProgram([file], options, hostWithoutPulumi());
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const declared = source?.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === "StackConfig",
  );
  if (declared === undefined) throw new Error(`${file} declares no interface StackConfig`);
  return { type: checker.getTypeAtLocation(declared), checker };
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

/** Pulumi's own types are big. Of inputs only those are made of them that may be Outputs, and their shapes say what they are. */
function hostWithoutPulumi(): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  host.resolveModuleNameLiterals = (literals, containingFile, redirected, given, containingSource) =>
    literals.map((literal) => {
      if (literal.text.startsWith("@pulumi/")) return { resolvedModule: undefined };
      const mode = ts.getModeForUsageLocation(containingSource, literal, given);
      return ts.resolveModuleName(literal.text, containingFile, given, host, undefined, redirected, mode);
    });
  return host;
}
