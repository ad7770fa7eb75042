import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { updateAccountRequest } from './account-settings.ts';
import { createCodeRequest } from './key-codes/code-requests.ts';
import { profileShape } from './profile.ts';
import { sessionShape } from './session-routes.ts';
import { changePasswordRequest } from './sign-in-requests.ts';

const OWNERS = [{ management_key: [] }, { session: [] }];
const PERSON = [{ session: [] }];
const ended = z.object({ ended: z.int().meta({ description: 'How many.' }) });

export const codeShape: z.ZodType = z.object({
  id: z.string().meta({ description: 'The code.' }),
  redirect_url: z.string().nullable().meta({ description: 'The callback_url with the code.' }),
  app_id: z.null(),
  created_at: z.iso.datetime(),
});

/** The routes of `accountSettingsRoutes()` for an OpenAPI document, bodies described by the schemas that check them. */
export const accountSettingsPaths: ZodOpenApiPathsObject = {
  '/account': {
    get: {
      operationId: 'getAccount',
      ...about('The account that asks', OWNERS),
      ...answers(profileShape),
    },
    patch: {
      operationId: 'updateAccount',
      ...about('Changes what the body names: privacy, alerts', OWNERS),
      ...takes(updateAccountRequest),
      ...answers(profileShape),
    },
  },
  '/account/password': {
    post: {
      operationId: 'changePassword',
      ...about('Sets a password; other sessions end, this one goes on under a new secret', PERSON),
      ...takes(changePasswordRequest),
      ...answers(profileShape),
    },
  },
  '/account/sessions': {
    get: {
      operationId: 'listSessions',
      ...about('Where the account is signed in, the last seen first', PERSON),
      ...answers(z.array(sessionShape)),
    },
    delete: {
      operationId: 'endSessions',
      ...about('Signs out everywhere, here too', PERSON),
      ...answers(ended),
    },
  },
  '/account/sessions/{id}': {
    delete: {
      operationId: 'endSession',
      ...about('Ends one session', PERSON),
      requestParams: { path: z.object({ id: z.string() }) },
      ...answers(ended),
    },
  },
  '/auth/codes': {
    post: {
      operationId: 'createAuthCode',
      ...about('A code that an app may change for a key, when the person agrees', PERSON),
      ...takes(createCodeRequest),
      ...answers(codeShape),
    },
  },
};

function about(
  summary: string,
  security: ZodOpenApiOperationObject['security'] & object,
): Pick<ZodOpenApiOperationObject, 'tags' | 'summary' | 'security'> {
  return { tags: ['Account'], summary, security };
}

function takes(schema: z.ZodType): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

function answers(schema: z.ZodType): Pick<ZodOpenApiOperationObject, 'responses'> {
  const content = { 'application/json': { schema: z.object({ data: schema }) } };
  return { responses: { '200': { description: 'The answer.', content } } };
}
