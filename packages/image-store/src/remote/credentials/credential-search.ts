export interface CredentialSearch {
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal | undefined;
}
