/** Payments cannot be taken with these options. Names every one that is missing or wrong. */
export class StripeConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Stripe is not configured: ${problems.join(' ')}`);
    this.name = 'StripeConfigError';
    this.problems = problems;
  }
}
