/** Source of a pattern: a port from 1 to 65535. */
export const port = String.raw`(?:6553[0-5]|655[0-2]\d|65[0-4]\d{2}|6[0-4]\d{3}|[1-5]\d{4}|[1-9]\d{0,3})`;

/** Source of a pattern: a host name or an IPv4 address, or an IPv6 address in brackets. */
export const host = String.raw`(?:[\w.-]+|\[[\da-fA-F:.]+\])`;

/** Source of a pattern: a host with an optional port. */
export const hostAndPort = `${host}(?::${port})?`;
