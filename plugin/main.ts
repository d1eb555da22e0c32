import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as library from "../index";
import { ComponentPackage } from "./provider";

/** Path of the schema in the package, outside of the compiled sources. */
const schema = path.join(__dirname, "..", "..", "schema.json");

/**
 * Entry point of the plugin. Pulumi loads the package's `main` and calls it, while `exports` leads programs to the library. The
 * module also exports the library, for programs that load the package by its path.
 */
async function serve(): Promise<void> {
  const { ObjectStore, S3Gateway, Longhorn, NodeFencing } = library;
  const components = { ObjectStore, S3Gateway, Longhorn, NodeFencing };
  await pulumi.provider.main(new ComponentPackage(readFileSync(schema, "utf8"), components), process.argv.slice(2));
}

export = Object.assign(() => serve(), library);
