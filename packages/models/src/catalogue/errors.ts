import type { z } from 'zod';

/** A configuration that cannot be used. `problems` has one line for each thing to correct. */
export class CatalogueError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The models in the configuration cannot be used:\n  ${problems.join('\n  ')}`);
    this.name = 'CatalogueError';
    this.problems = problems;
  }
}

/** Zod's findings as lines that name the field: `models[0].endpoints[1].pricing.prompt: …`. */
export function describeIssues(error: z.ZodError): readonly string[] {
  return error.issues.map((issue) => `models${writePath(issue.path)}: ${issue.message}`);
}

function writePath(path: readonly PropertyKey[]): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
}
