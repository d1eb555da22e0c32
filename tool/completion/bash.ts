import { singleQuoted } from "../../components/shell";
import { choicesOf, type CommandSpec, type ValueSpec } from "./spec";

/** Returns the bash completion script for `longhorn-s3`. */
export function bashCompletion(specs: readonly CommandSpec[]): string {
  const paths = specs.filter(({ path }) => path !== "").map(({ path }) => singleQuoted(stepTo(path)));
  const values = specs.flatMap(({ path, options }) =>
    options.flatMap(({ name, value }) =>
      value === undefined ? [] : [`    ${singleQuoted(`${path} ${name}`)}) ${answerOf(value)} return ;;`],
    ),
  );
  const words = specs.map(
    (spec) => `    ${singleQuoted(spec.path)}) words=${singleQuoted(wordsOf(spec).join(" "))}${pathsOf(spec)} ;;`,
  );
  return `# Completion of longhorn-s3 for bash: eval "$(longhorn-s3 completion bash)"
_longhorn_s3_stacks() {
  local file
  for file in "$1"/Pulumi.*.yaml; do
    [[ -e $file ]] || continue
    file=\${file##*/Pulumi.}
    printf '%s\\n' "\${file%.yaml}"
  done
}
_longhorn_s3() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} path='' cwd=. words='' paths='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ \${COMP_WORDS[i-1]} == --cwd ]] && cwd=\${COMP_WORDS[i]}
    case "$path \${COMP_WORDS[i]}" in
    ${paths.join(" | ")}) path=\${path:+$path }\${COMP_WORDS[i]} ;;
    esac
  done
  case "$path $previous" in
${values.join("\n")}
  esac
  case "$path" in
${words.join("\n")}
  esac
  COMPREPLY=($(compgen $paths -W "$words" -- "$current"))
}
complete -F _longhorn_s3 longhorn-s3
`;
}

/** Returns the pattern of the loop: the words so far, a space, the next word. */
export const stepTo = (path: string): string => (path.includes(" ") ? path : ` ${path}`);

function wordsOf({ subcommands, options, argument }: CommandSpec): string[] {
  return [...subcommands.map(({ name }) => name), ...choicesOf(argument), ...options.map(({ name }) => name)];
}

/** Returns the completion of files or folders. */
function pathsOf({ argument }: CommandSpec): string {
  if (argument === "file") return " paths=-f";
  return argument === "folder" ? " paths=-d" : "";
}

function answerOf(value: ValueSpec): string {
  if (value === "any") return "";
  if (value === "stack") return 'COMPREPLY=($(compgen -W "$(_longhorn_s3_stacks "$cwd")" -- "$current"));';
  if (value === "file") return 'COMPREPLY=($(compgen -f -- "$current"));';
  if (value === "folder") return 'COMPREPLY=($(compgen -d -- "$current"));';
  return `COMPREPLY=($(compgen -W ${singleQuoted(value.join(" "))} -- "$current"));`;
}
