const NAMES: Readonly<Record<string, string>> = { github: 'GitHub', google: 'Google', gitlab: 'GitLab' };

/** How people write the name of a service that they sign in with. */
export function signInName(provider: string): string {
  return NAMES[provider] ?? provider;
}
