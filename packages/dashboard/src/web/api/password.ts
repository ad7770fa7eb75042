import { useMutation } from '@tanstack/react-query';
import type { UseMutationResult } from '@tanstack/react-query';
import { request } from './request.ts';

/** Asks for a mail with a link; whether there is such an account is not told. */
export function useForgotPassword(): UseMutationResult<unknown, Error, string> {
  return useMutation({
    mutationFn: (email: string) => request('/auth/password/forgot', { method: 'POST', body: { email } }),
  });
}

/** Sets a new password with the token of that link; all sessions end. */
export function useResetPassword(): UseMutationResult<
  unknown,
  Error,
  { readonly token: string; readonly password: string }
> {
  return useMutation({
    mutationFn: (body: { readonly token: string; readonly password: string }) =>
      request('/auth/password/reset', { method: 'POST', body }),
  });
}
