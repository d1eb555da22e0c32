/** Inputs outside of `settings` for parameters of a StorageClass and values of the chart. */
export const inputsOutsideSettings: Readonly<Record<string, string>> = {
  staleReplicaTimeout: "storageClass.staleReplicaTimeoutMinutes",
  numberOfReplicas: "storageClass.numberOfReplicas",
  defaultClassReplicaCount: "storageClass.numberOfReplicas",
  dataLocality: "storageClass.dataLocality",
  fsType: "storageClass.fsType",
  defaultFsType: "storageClass.fsType",
  mkfsParams: "storageClass.mkfsParams",
  reclaimPolicy: "storageClass.reclaimPolicy",
  diskSelector: "storageClass.diskSelector",
  kubeletRootDir: "kubeletRootDir",
};

/** Inputs of `Longhorn` that own a setting, by the setting's key. */
export const owningInputs: Readonly<Record<string, string>> = {
  nodeDownPodDeletionPolicy: "podDeletionPolicy",
  deletingConfirmationFlag: "allowUninstall",
  backupTarget: "backup",
  backupTargetCredentialSecret: "backup",
  backupstorePollInterval: "backup",
  taintToleration: "placement",
  systemManagedComponentsNodeSelector: "placement",
};
