import { stepTo } from "./bash";
import { singleQuoted } from "../../components/shell";
import { choicesOf, type CommandSpec, type ValueSpec } from "./spec";

/** Returns the zsh completion script for `longhorn-s3`, for `eval` or as `_longhorn-s3` on fpath. */
export function zshCompletion(specs: readonly CommandSpec[]): string {
  const paths = specs.filter(({ path }) => path !== "").map(({ path }) => singleQuoted(stepTo(path)));
  const values = specs.flatMap(({ path, options }) =>
    options.flatMap(({ name, value }) =>
      value === undefined ? [] : [`    (${singleQuoted(`${path} ${name}`)}) ${answerOf(value)} return ;;`],
    ),
  );
  const words = specs.map(
    (spec) => `    (${singleQuoted(spec.path)}) candidates=(${described(spec).join(" ")})${pathsOf(spec)} ;;`,
  );
  return `#compdef longhorn-s3
# Completion of longhorn-s3 for zsh: source <(longhorn-s3 completion zsh)
_longhorn_s3() {
  local at='' cwd=. previous=\${words[CURRENT-1]} i
  local -a candidates paths
  for ((i = 2; i < CURRENT; i++)); do
    [[ \${words[i-1]} == --cwd ]] && cwd=\${words[i]}
    case "$at \${words[i]}" in
    (${paths.join("|")}) at="\${at:+$at }\${words[i]}" ;;
    esac
  done
  case "$at $previous" in
${values.join("\n")}
  esac
  case "$at" in
${words.join("\n")}
  esac
  (( \${#paths} )) && _files "\${paths[@]}"
  _describe -t commands longhorn-s3 candidates
}
if [[ \${funcstack[1]} == _longhorn-s3 ]]; then _longhorn_s3; else compdef _longhorn_s3 longhorn-s3; fi
`;
}

function described({ subcommands, options, argument }: CommandSpec): string[] {
  const entry = ({ name, description }: { name: string; description: string }): string =>
    singleQuoted(`${name}:${description}`);
  return [...subcommands.map(entry), ...choicesOf(argument).map(singleQuoted), ...options.map(entry)];
}

/** Returns the completion of files or folders for `_files`. */
function pathsOf({ argument }: CommandSpec): string {
  if (argument === "file") return " paths=(-g '*')";
  return argument === "folder" ? " paths=(-/)" : "";
}

function answerOf(value: ValueSpec): string {
  if (value === "any") return "";
  if (value === "stack")
    return "candidates=(${cwd}/Pulumi.*.yaml(N:t:r)); candidates=(${candidates#Pulumi.}); compadd -a candidates;";
  if (value === "file") return "_files;";
  if (value === "folder") return "_files -/;";
  return `compadd -- ${value.map(singleQuoted).join(" ")};`;
}
