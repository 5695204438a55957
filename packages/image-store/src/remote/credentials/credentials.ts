/** How a registry is told who asks. */
export type RegistryCredentials =
  | { username: string; password: string }
  /** A token that the registry takes as it is. */
  | { registryToken: string }
  /** A token that the registry's token server exchanges, as `docker login` keeps it for some registries. */
  | { identityToken: string };
