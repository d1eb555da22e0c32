import { stepTo } from "./bash";
import type { CommandSpec, OptionSpec, ValueSpec } from "./spec";

/** Returns the fish completion script for `longhorn-s3`. */
export function fishCompletion(specs: readonly CommandSpec[]): string {
  const paths = specs.filter(({ path }) => path !== "").map(({ path }) => fishQuoted(stepTo(path)));
  const lines = specs.flatMap(({ path, subcommands, options, argument }) => {
    const at = `complete -c longhorn-s3 -n ${fishQuoted(`__longhorn_s3_at ${fishQuoted(path)}`)}`;
    return [
      ...subcommands.map(({ name, description }) => `${at} -f -a ${name} -d ${fishQuoted(description)}`),
      ...argumentOf(argument).map((flags) => `${at} ${flags}`),
      ...options.map((option) => `${at} ${flagOf(option)} -d ${fishQuoted(option.description)}`),
    ];
  });
  return `# Completion of longhorn-s3 for fish: longhorn-s3 completion fish | source
function __longhorn_s3_at
    set -l at ''
    for word in (commandline -opc)[2..]
        switch "$at $word"
            case ${paths.join(" ")}
                set at (string trim -- "$at $word")
        end
    end
    test "$at" = "$argv[1]"
end
function __longhorn_s3_stacks
    set -l words (commandline -opc)
    set -l cwd .
    if set -l index (contains -i -- --cwd $words)
        set cwd $words[(math $index + 1)]
    end
    for file in $cwd/Pulumi.*.yaml
        string replace -r '.*/Pulumi\\.(.*)\\.yaml$' '$1' -- $file
    end
end
complete -c longhorn-s3 -f
${lines.join("\n")}
`;
}

function argumentOf(value: ValueSpec | undefined): string[] {
  if (value === undefined || value === "any" || value === "stack") return [];
  if (value === "file") return ["-F"];
  return [`-f -a ${value === "folder" ? "'(__fish_complete_directories)'" : fishQuoted(value.join(" "))}`];
}

function flagOf({ name, value }: OptionSpec): string {
  const flag = `-l ${name.replace(/^--/, "")}`;
  if (value === undefined) return flag;
  if (value === "stack") return `${flag} -x -a '(__longhorn_s3_stacks)'`;
  if (value === "file") return `${flag} -r -F`;
  if (value === "folder") return `${flag} -x -a '(__fish_complete_directories)'`;
  return value === "any" ? `${flag} -x` : `${flag} -x -a ${fishQuoted(value.join(" "))}`;
}

/** Returns a word in single quotes for fish. */
function fishQuoted(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}
