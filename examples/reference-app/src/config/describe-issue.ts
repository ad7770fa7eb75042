import type { z } from 'zod';

/** What a schema refused, as lines that name the field. */
export function describeIssues(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => describe(issue, []));
}

function describe(issue: z.core.$ZodIssue, parent: readonly PropertyKey[]): string[] {
  const path = [...parent, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => `${dotted([...path, key])} is not a field that OneRouter knows.`);
    case 'invalid_union':
      // A schema with words of its own for all alternatives says more than each of them.
      return issue.message === 'Invalid input'
        ? issue.errors.flat().flatMap((inner) => describe(inner, path))
        : [`${dotted(path)}: ${issue.message}.`];
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.flatMap((inner) => describe(inner, path));
    default:
      return [`${dotted(path) || 'The file'}: ${issue.message}.`];
  }
}

function dotted(path: readonly PropertyKey[]): string {
  return path
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : `${at > 0 ? '.' : ''}${String(step)}`))
    .join('');
}
