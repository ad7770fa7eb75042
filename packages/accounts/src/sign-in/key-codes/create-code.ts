import { principalSlot, readJsonBody } from '@onerouter/core';
import type { RequestHandler } from 'express';
import type { Tickets } from '../tickets.ts';
import { createCodeRequest, type CreateCodeRequest } from './code-requests.ts';
import { writeKeyCode, type KeyCode } from './key-code.ts';

/** How long a code is good for: ten minutes. */
export const CODE_TTL_MS: number = 10 * 60_000;
const DEFAULT_NAME = 'App';

/** `POST /auth/codes`: what the consent page calls when the person agrees. The code makes one key of the account. */
export function createCode(tickets: Tickets): RequestHandler {
  return async function createCode(req, res) {
    const asked = await readJsonBody(req, createCodeRequest);
    const data = writeKeyCode(codeOf(principalSlot.get(req).accountId, asked));
    const code = await tickets.issue('key_code', data, CODE_TTL_MS);
    res.json({
      data: {
        id: code,
        redirect_url: asked.callback_url === undefined ? null : withCode(asked.callback_url, code),
        app_id: null,
        created_at: new Date().toISOString(),
      },
    });
  };
}

function codeOf(account: string, asked: CreateCodeRequest): KeyCode {
  const { code_challenge: challenge, code_challenge_method: method = 'plain' } = asked;
  return {
    account,
    challenge: challenge === undefined ? null : { challenge, method },
    name: asked.key_label ?? (asked.callback_url ? new URL(asked.callback_url).host : DEFAULT_NAME),
    limit: asked.limit ?? null,
    limitReset: asked.usage_limit_type ?? null,
    expiresAt: asked.expires_at ?? null,
  };
}

function withCode(callbackUrl: string, code: string): string {
  const url = new URL(callbackUrl);
  url.searchParams.set('code', code);
  return url.href;
}
