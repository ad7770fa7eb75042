/** The environment variables that were set, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const NAME = /^\$([A-Z_][A-Z0-9_]*)$/;

/**
 * Replaces every text `"$NAME"` in a JSON value by that environment variable. A text that has to begin with a dollar
 * sign and look like a name is written with two: `"$$NAME"`.
 *
 * @param problems where names that are not set are reported, with the path of the field
 */
export function fillFromEnvironment(value: unknown, env: Environment, problems: string[]): unknown {
  return fill(value, '');

  function fill(part: unknown, path: string): unknown {
    if (typeof part === 'string') return fillText(part, path);
    if (Array.isArray(part)) return part.map((item, index) => fill(item, `${path}[${index}]`));
    if (typeof part === 'object' && part !== null) {
      return Object.fromEntries(
        Object.entries(part).map(([name, item]) => [
          name,
          fill(item, path === '' ? name : `${path}.${name}`),
        ]),
      );
    }
    return part;
  }

  function fillText(text: string, path: string): string {
    if (text.startsWith('$$') && NAME.test(text.slice(1))) return text.slice(1);
    const name = NAME.exec(text)?.[1];
    if (name === undefined) return text;
    const found = env[name];
    if (found === undefined || found === '') {
      problems.push(`${path} is "$${name}", but the environment variable ${name} is not set.`);
      return text;
    }
    return found;
  }
}
