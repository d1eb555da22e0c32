import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { setOutputs } from "../outputs";
import { ChildResources } from "../child-resources";
import { refuse } from "../validation/violations";
import { resolveLonghornArgs, type LonghornArgs, type ResolvedLonghornArgs } from "./args";
import { createCredentialSecret, warnWithoutBackup } from "./backup";
import { unreadKeyWarnings } from "./chart-keys";
import { createRegistrySecret } from "./images";
import { createNamespace } from "./namespace";
import { overrideWarnings } from "./values-override";
import type { PodDeletionPolicy } from "./pod-deletion-policy";
import { referenceTo, type LonghornReference } from "./reference";
import { createRelease } from "./release";
import { combinationWarnings } from "./settings/combinations";
import { createStorageClass } from "./storage-class";
import { isSameMinor, isVersion } from "./version";

/**
 * Longhorn, installed by its Helm chart: the namespace, the release, a StorageClass for stores, and the required Secrets. All
 * settings that a store needs to survive a node failure are set. Install it once per cluster.
 *
 * @example
 * const longhorn = new Longhorn("longhorn", { podDeletionPolicy: PodDeletionPolicy.DeleteDeploymentPod });
 * new ObjectStore("photos", { existingLonghorn: longhorn.reference, ... }, { dependsOn: longhorn });
 */
export class Longhorn extends pulumi.ComponentResource {
  /** Namespace of Longhorn. */
  declare public readonly namespace: pulumi.Output<string>;
  /** Name of the Helm release. */
  declare public readonly releaseName: pulumi.Output<string>;
  /** Version of the installed chart. */
  declare public readonly chartVersion: pulumi.Output<string>;
  /** Name of the StorageClass for stores. */
  declare public readonly storageClassName: pulumi.Output<string>;
  /** Policy for the pods of a node that is down. */
  declare public readonly podDeletionPolicy: pulumi.Output<PodDeletionPolicy>;

  constructor(name: string, args: LonghornArgs, opts?: pulumi.ComponentResourceOptions) {
    const resolved = resolveLonghornArgs(name, args);
    super("longhorn-s3:index:Longhorn", name, {}, opts);
    const child = { parent: this, ...(resolved.deletionProtection && { protect: true }) };

    const namespace = createNamespace(name, resolved, child);
    // Created before the release: a destroy is refused at the release, before it deletes the class.
    const storageClass = createStorageClass(name, resolved.storageClass, { parent: this });
    const inNamespace = { parent: this, dependsOn: given(namespace) };
    const pullSecret = createRegistrySecret(name, resolved.images, inNamespace);
    const backupSecret = createCredentialSecret(name, resolved.backup, inNamespace);
    const before = given(namespace, storageClass, pullSecret, backupSecret);
    const release = createRelease(name, resolved, { ...child, dependsOn: before });
    warnWithoutBackup(resolved.backup, this);
    for (const text of warningsAbout(resolved)) void pulumi.log.warn(text, this);
    children.keep(this, { release, storageClass, reference: referenceTo(resolved) });

    this.registerOutputs(
      setOutputs<Longhorn>(this, {
        namespace: namespace?.metadata.name ?? pulumi.output(resolved.namespace),
        releaseName: release.name,
        chartVersion: installedVersion(name, release, resolved.version),
        storageClassName: storageClass.metadata.name,
        podDeletionPolicy: pulumi.output(resolved.podDeletionPolicy),
      }),
    );
  }

  /** Reference to this Longhorn for `existingLonghorn` of stores. */
  get reference(): LonghornReference {
    return children.of(this).reference;
  }

  /** Helm release of Longhorn. */
  get release(): k8s.helm.v3.Release {
    return children.of(this).release;
  }

  /** StorageClass for stores. */
  get storageClass(): k8s.storage.v1.StorageClass {
    return children.of(this).storageClass;
  }
}

interface LonghornChildren {
  release: k8s.helm.v3.Release;
  storageClass: k8s.storage.v1.StorageClass;
  reference: LonghornReference;
}

const children = new ChildResources<Longhorn, LonghornChildren>();

/** Returns warnings about valid inputs that may have no effect. */
function warningsAbout({ settings, values, version }: ResolvedLonghornArgs): string[] {
  return [
    ...combinationWarnings(settings),
    ...overrideWarnings(values, version),
    ...unreadKeyWarnings(values, version),
  ];
}

function given(...resources: (pulumi.Resource | undefined)[]): pulumi.Resource[] {
  return resources.filter((resource) => resource !== undefined);
}

/** Returns the version of the chart as Helm read it. The version of a local chart may differ from the input. */
function installedVersion(name: string, release: k8s.helm.v3.Release, version: string): pulumi.Output<string> {
  return release.status.version.apply((installed) => {
    if (isVersion(installed) && !isSameMinor(installed, version)) {
      const allowed = `the version of the chart, ${installed}, because settings and access mode depend on it`;
      refuse(`Longhorn "${name}"`, [
        { field: "version", got: version, allowed, fixes: [{ field: "version", value: installed }] },
      ]);
    }
    return installed;
  });
}
