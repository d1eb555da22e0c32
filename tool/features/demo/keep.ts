import { join } from "node:path";
import type { Sandbox } from "../../../sandbox";
import { quoted } from "../../../components/shell";
import { table } from "../../terminal/table";
import { repositoryDirectory } from "../../repository";
import type { DeployedStack } from "./deploy-store";
import { demoBucket } from "./node-failure";

/** Access to a sandbox that was left running. */
export interface KeptSandbox {
  directory: string;
  kubeconfig: string;
  logsDirectory: string;
  /** Folder with Pulumi's programs. */
  binDirectory: string;
  /** Folder of the repository. */
  projectDirectory: string;
  settingsFile: string;
  shellEnvironment: Readonly<Record<string, string>>;
  url: string;
  bucket: string;
  namespace: string;
  credentialsSecretName: string;
}

/** Returns the access to a sandbox that continues to run. */
export function keptSandbox({
  sandbox,
  stack,
  url,
}: {
  sandbox: Sandbox;
  stack: DeployedStack;
  url: string;
}): KeptSandbox {
  const { deployment, store } = stack;
  return {
    directory: sandbox.directory,
    kubeconfig: sandbox.kubeconfig,
    logsDirectory: sandbox.logsDirectory,
    binDirectory: sandbox.toolchain.binDirectory,
    projectDirectory: repositoryDirectory,
    settingsFile: deployment.settingsFile,
    shellEnvironment: deployment.shellEnvironment,
    url,
    bucket: demoBucket,
    namespace: store.outputs.namespace,
    credentialsSecretName: store.outputs.credentialsSecretName,
  };
}

/** Returns the commands to use a kept sandbox. Keys are named, not shown. */
export function keepText(kept: KeptSandbox): string {
  const secret = (key: string): string =>
    `$(kubectl get secret -n ${kept.namespace} ${kept.credentialsSecretName} -o jsonpath='{.data.${key}}' | base64 -d)`;
  const pulumi = Object.entries(kept.shellEnvironment).map(([name, value]) => `export ${name}=${quoted(value)}`);
  return `
The sandbox is left running.

${table([
  ["S3", `${kept.url} (bucket ${kept.bucket})`],
  ["keys", `Secret ${kept.credentialsSecretName} in namespace ${kept.namespace}`],
  ["kubeconfig", kept.kubeconfig],
  ["logs", kept.logsDirectory],
])}

kubectl:
  export KUBECONFIG=${quoted(kept.kubeconfig)}
  kubectl get pods -A

S3, with any client:
  export AWS_ENDPOINT_URL=${kept.url} AWS_REGION=us-east-1
  export AWS_ACCESS_KEY_ID="${secret("RGW_DEFAULT_USER_ACCESS_KEY")}"
  export AWS_SECRET_ACCESS_KEY="${secret("RGW_DEFAULT_USER_SECRET_KEY")}"
  aws s3 ls s3://${kept.bucket}

Pulumi, the same stack:
  ${[...pulumi, `export PATH=${quoted(kept.binDirectory)}:$PATH`].join("\n  ")}
  pulumi -C ${quoted(kept.projectDirectory)} preview -s sandbox --config-file ${quoted(kept.settingsFile)}

Status and stop:
  ${command(kept)} sandbox status --directory ${quoted(kept.directory)}
  ${command(kept)} sandbox stop --directory ${quoted(kept.directory)}
`;
}

function command({ projectDirectory }: KeptSandbox): string {
  return `node ${quoted(join(projectDirectory, "tool", "longhorn-s3.js"))}`;
}
