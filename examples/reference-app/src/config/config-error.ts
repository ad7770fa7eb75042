/** A configuration that cannot be used. The message lists every problem, one a line, and is shown without a stack. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  /**
   * @param where the file, or what else was read
   * @param problems what is wrong, each naming the field and what to do
   */
  constructor(where: string, problems: readonly string[]) {
    super(`${where} cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
