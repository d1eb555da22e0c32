/** The bucket that the demo makes. */
export const demoBucket = "demo";

/** The object that is written before the node dies and read back after; its content derives from its key. */
export const witness = { key: "witness", sizeBytes: 64 * 1024 };

/** First part of the key of every object that the load writes. */
export const loadPrefix = "load/";
