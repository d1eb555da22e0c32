/** Inputs of `settings` that other inputs of `Longhorn` decide about, and which. */
export const decidedElsewhere: Readonly<Record<string, string>> = {
  nodeDownPodDeletionPolicy: "podDeletionPolicy",
  deletingConfirmationFlag: "allowUninstall",
  backupTarget: "backup",
  backupTargetCredentialSecret: "backup",
  backupstorePollInterval: "backup",
  taintToleration: "placement",
  systemManagedComponentsNodeSelector: "placement",
};
