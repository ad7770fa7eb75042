export interface CallerKind {
  /** Name of the security scheme. */
  readonly scheme: string;
  readonly label: string;
  readonly meaning: string;
}

/** Who may call. */
export const CALLERS: readonly CallerKind[] = [
  { scheme: 'api_key', label: 'API key', meaning: 'sk-or-v1-…, for programs that use models.' },
  {
    scheme: 'management_key',
    label: 'Management key',
    meaning: 'sk-or-mgmt-v1-…, for programs that administer an account.',
  },
  { scheme: 'session', label: 'Signed in', meaning: 'The cookie of a browser, as these pages have it.' },
];
