import { z } from 'zod';

/** The parts of the configuration that are for people rather than programs. */
export interface PeopleSections {
  readonly pages: {
    /** Whether the pages are served, and people can sign in. @default true */
    readonly enabled: boolean;
    /**
     * Where browsers reach this server: in links of e-mails, and what other sites send people back to.
     *
     * @default the address it listens on
     */
    readonly publicUrl?: string | undefined;
    /** Where people can ask for help: a URL or `mailto:`. */
    readonly supportUrl?: string | undefined;
  };
  readonly signIn: {
    /** Whether anybody may make an account. @default true */
    readonly signUp: boolean;
    /** Sign-in by other sites. @default none */
    readonly oauth?: OAuthSections | undefined;
  };
  /** How e-mails leave: links for new passwords, alerts. @default none are sent, and the pages say so */
  readonly mail?: { readonly smtp: string; readonly from: string } | undefined;
  readonly alerts: {
    /** Whether alerts may go to webhooks in the private network of this server. @default false */
    readonly allowPrivateWebhooks: boolean;
  };
}

export interface OAuthSections {
  readonly github?: OAuthClient | undefined;
  readonly google?: OAuthClient | undefined;
}

export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

const text = z.string().min(1);
const client = z.strictObject({
  clientId: z.string('is missing; the site that signs people in gives it').min(1),
  clientSecret: z.string('is missing; the site that signs people in gives it').min(1),
});
const origin = z
  .url({ protocol: /^https?$/, message: 'must be a URL such as "https://gateway.example.com"' })
  .refine((url) => new URL(url).pathname === '/', 'must have no path')
  .transform((url) => new URL(url).origin);

/** The fields of the configuration file that {@link PeopleSections} are read from. */
export const peopleSections: { readonly [K in keyof PeopleSections]-?: z.ZodType<PeopleSections[K]> } = {
  pages: z
    .strictObject({
      enabled: z.boolean().default(true),
      publicUrl: origin.optional(),
      supportUrl: z.url().optional(),
    })
    .prefault({}),
  signIn: z
    .strictObject({
      signUp: z.boolean().default(true),
      oauth: z.strictObject({ github: client.optional(), google: client.optional() }).optional(),
    })
    .prefault({}),
  mail: z
    .strictObject({
      smtp: z.url({
        protocol: /^smtps?$/,
        message: 'must be a URL such as "smtps://user:secret@mail.example.com"',
      }),
      from: text,
    })
    .optional(),
  alerts: z.strictObject({ allowPrivateWebhooks: z.boolean().default(false) }).prefault({}),
};
