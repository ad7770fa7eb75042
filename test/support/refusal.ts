import { expect } from 'vitest';
import type { Fields } from './tools.ts';

/** The error that a request gets, after checking that its form is the one every error has. */
export async function refusal(asked: Promise<Response>): Promise<Fields> {
  const response = await asked;
  expect(response.headers.get('content-type')).toContain('application/json');
  const { error } = (await response.json()) as { error: Fields };
  expect(error).toMatchObject({
    code: response.status,
    message: expect.any(String) as string,
    type: expect.any(String) as string,
    metadata: {
      error_type: expect.any(String) as string,
      origin: expect.stringMatching(/^(gateway|upstream|client)$/) as string,
    },
  });
  expect(error).toHaveProperty('param');
  return error;
}
