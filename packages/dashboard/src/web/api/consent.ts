import { useMutation } from '@tanstack/react-query';
import type { UseMutationResult } from '@tanstack/react-query';
import { requestData } from './request.ts';

/** What an app asks for when it sends somebody to the consent page. */
export interface CodeRequest {
  readonly callback_url?: string;
  readonly code_challenge?: string;
  readonly code_challenge_method?: string;
  readonly key_label?: string;
  readonly limit?: number;
  /** When the limit starts anew. */
  readonly usage_limit_type?: 'daily' | 'weekly' | 'monthly';
  readonly expires_at?: string;
}

export interface AuthorizationCode {
  /** The code. */
  readonly id: string;
  /** The app's address with the code in it; `null` where the app has none. */
  readonly redirect_url: string | null;
}

/** Gives an app a code for a key of this account. */
export function useApprove(): UseMutationResult<AuthorizationCode, Error, CodeRequest> {
  return useMutation({
    mutationFn: (body: CodeRequest) =>
      requestData<AuthorizationCode>('/auth/codes', { method: 'POST', body }),
  });
}
