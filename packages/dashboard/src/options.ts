import type { Request } from 'express';

/** What the pages show about this installation beside what the API tells. Everybody who visits can read it. */
export interface DashboardFacts {
  /** Set where demo providers answer instead of real ones. */
  readonly demo?: {
    /** Path of the file that holds the demo account's API key. */
    readonly keyFile?: string;
    /** How to sign in as the demo account, as a sentence. */
    readonly signIn?: string;
  };
  /** Where the API description is. @default '/openapi.json' */
  readonly openApiUrl?: string;
  /** Where people can ask for help: a URL or `mailto:`. @default none */
  readonly supportUrl?: string;
}

export interface DashboardOptions {
  /** Facts about this installation, or how to tell them for a visit. @default none */
  readonly facts?: DashboardFacts | ((req: Request) => DashboardFacts);
  /** Path of the API on the same origin. @default '/api/v1' */
  readonly apiBase?: string;
  /** Folder of the built pages. @default the package's own `dist/web` */
  readonly directory?: string;
}
