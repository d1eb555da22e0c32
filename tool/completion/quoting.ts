/** A word in single quotes, as POSIX shells and zsh take it. */
export const singleQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A word in single quotes, as fish takes it. */
export const fishQuoted = (text: string): string => `'${text.replace(/['\\]/g, "\\$&")}'`;
