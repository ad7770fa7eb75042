import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { exchangeCodeRequest } from './key-codes/code-requests.ts';
import { profileShape } from './profile.ts';
import {
  forgotPasswordRequest,
  resetPasswordRequest,
  signInRequest,
  signUpRequest,
} from './sign-in-requests.ts';

export const methodsShape: z.ZodType = z.object({
  password: z.literal(true),
  sign_up: z.boolean().meta({ description: 'Whether people may make accounts by themselves.' }),
  reset: z.boolean().meta({ description: 'Whether a forgotten password can be replaced by email.' }),
  oauth: z.array(z.enum(['github', 'google'])),
});
export const keyOfCodeShape: z.ZodType = z.object({
  key: z.string().meta({ description: 'An API key, shown this once.' }),
  user_id: z.string(),
});
const provider = z.object({ provider: z.enum(['github', 'google']) });
const redirect = { responses: { '302': { description: 'Goes on there.' } } } as const;

/** The routes of `signInRoutes()` for an OpenAPI document, bodies described by the schemas that check them. */
export const signInPaths: ZodOpenApiPathsObject = {
  '/auth/methods': {
    get: {
      operationId: 'getSignInMethods',
      ...open('Ways in that this server offers'),
      ...answers(methodsShape),
    },
  },
  '/auth/sign-up': {
    post: {
      operationId: 'signUp',
      ...open('Makes an account and signs it in'),
      ...takes(signUpRequest),
      ...answers(profileShape, '201'),
    },
  },
  '/auth/sign-in': {
    post: {
      operationId: 'signIn',
      ...open('Signs in with email and password; sets the cookie'),
      ...takes(signInRequest),
      ...answers(profileShape),
    },
  },
  '/auth/sign-out': {
    post: {
      operationId: 'signOut',
      ...open('Ends the session of this browser'),
      ...answers(z.object({ signed_out: z.literal(true) })),
    },
  },
  '/auth/oauth/{provider}': {
    get: {
      operationId: 'beginOAuth',
      ...open('Begins to sign in through a service that vouches for people'),
      requestParams: {
        path: provider,
        query: z.object({
          return_to: z.string().optional().meta({ description: 'A path on this server. Default: `/`.' }),
        }),
      },
      ...redirect,
    },
  },
  '/auth/oauth/{provider}/callback': {
    get: {
      operationId: 'finishOAuth',
      ...open('Where the service sends the browser back to'),
      requestParams: { path: provider },
      ...redirect,
    },
  },
  '/auth/password/forgot': {
    post: {
      operationId: 'forgotPassword',
      ...open('Sends a link for a new password; says the same whether the email is known or not'),
      ...takes(forgotPasswordRequest),
      ...answers(z.object({ sent: z.literal(true) })),
    },
  },
  '/auth/password/reset': {
    post: {
      operationId: 'resetPassword',
      ...open('Sets a password by that link; all sessions end'),
      ...takes(resetPasswordRequest),
      ...answers(z.object({ reset: z.literal(true) })),
    },
  },
  '/auth/keys': {
    post: {
      operationId: 'exchangeAuthCodeForAPIKey',
      ...open('Changes a code, once, for an API key of the account whose owner agreed'),
      ...takes(exchangeCodeRequest),
      responses: {
        '200': { description: 'The key.', content: { 'application/json': { schema: keyOfCodeShape } } },
      },
    },
  },
};

function open(summary: string): Pick<ZodOpenApiOperationObject, 'tags' | 'summary' | 'security'> {
  return { tags: ['Sign-in'], summary, security: [] };
}

function takes(schema: z.ZodType): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

function answers(
  schema: z.ZodType,
  status: '200' | '201' = '200',
): Pick<ZodOpenApiOperationObject, 'responses'> {
  const content = { 'application/json': { schema: z.object({ data: schema }) } };
  return { responses: { [status]: { description: 'The answer.', content } } };
}
