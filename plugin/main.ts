import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as library from "../index";
import { ComponentPackage } from "./provider";

/** Beside the compiled sources' folder. */
const schema = path.join(__dirname, "..", "..", "schema.json");

/**
 * The package's `main`, which Pulumi loads when it runs the package as a plugin, and calls: `exports` lead a program to the library.
 * It is the library as well, for whoever loads the package by its path.
 */
async function serve(): Promise<void> {
  const { ObjectStore, S3Gateway, Longhorn, NodeFencing } = library;
  const components = { ObjectStore, S3Gateway, Longhorn, NodeFencing };
  await pulumi.provider.main(new ComponentPackage(readFileSync(schema, "utf8"), components), process.argv.slice(2));
}

export = Object.assign(() => serve(), library);
