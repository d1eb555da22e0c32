import { openSandbox } from "../../sandbox";

/** What an operator's own command may be: it switches a node of the sandbox off. Arguments: the sandbox's folder, the node. */
async function main([directory, node = ""]: readonly string[]): Promise<void> {
  await (await openSandbox(directory)).killNode(node);
}

void main(process.argv.slice(2)).finally(() => process.exit());
