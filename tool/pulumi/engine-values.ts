/** What the engine's events say instead of a secret. */
export const engineSecret = "[secret]";

/** What they say for a text that is not known yet. */
export const engineUnknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
