/** Authors as model ids have them, by how hosts write them. */
const AUTHORS: Readonly<Record<string, string>> = {
  'deepseek-ai': 'deepseek',
  'meta-models': 'meta',
  minimaxai: 'minimax',
  'zai-org': 'z-ai',
  zai: 'z-ai',
  mistral: 'mistralai',
  xai: 'x-ai',
  moonshot: 'moonshotai',
  alibaba: 'qwen',
};

/** Families whose author the bare name tells. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^(gpt|o\d|chatgpt|codex|text-embedding)/, 'openai'],
  [/^claude/, 'anthropic'],
  [/^(gemini|gemma|learnlm)/, 'google'],
  [/^llama/, 'meta-llama'],
  [
    /^(mistral|ministral|codestral|devstral|magistral|pixtral|voxtral|open-mistral|open-mixtral|mixtral|labs-)/,
    'mistralai',
  ],
  [/^deepseek/, 'deepseek'],
  [/^(qwen|qwq)/, 'qwen'],
  [/^kimi/, 'moonshotai'],
  [/^(glm|zai-glm)/, 'z-ai'],
  [/^grok/, 'x-ai'],
  [/^minimax/, 'minimax'],
  [/^(sonar|r1-1776)/, 'perplexity'],
  [/^nemotron/, 'nvidia'],
  [/^muse/, 'meta'],
];

const NOT_A_NAME = /^~|latest$|\/routers\//;

/** Whether a provider's name stands for whatever is newest, or for a way of serving: no model of its own. */
export function isMovingName(upstream: string): boolean {
  return NOT_A_NAME.test(upstream) && !/^(gpt-5-chat-latest)$/.test(upstream);
}

/** One spelling for the names that providers give the same model: `claude-opus-4.5`, `claude-opus-4-5`, `glm-5p3`. */
export function spelling(slug: string): string {
  return slug
    .toLowerCase()
    .replace(/:free$/, '~free')
    .replace(/(\d)p(\d)/g, '$1-$2')
    .replace(/[._: ]/g, '-')
    .replace(/-(versatile|instant|it|instruct)$/, '');
}

/**
 * The id of a provider's model: the one that is known under another spelling, else made of the author and the slug.
 *
 * @param known ids by author and spelling
 */
export function modelId(provider: string, upstream: string, known: ReadonlyMap<string, string>): string {
  const parts = upstream.toLowerCase().replace('accounts/fireworks/models/', '').split('/');
  const slug = (parts.at(-1) ?? '').replaceAll(' ', '-');
  const family = FAMILIES.find(([pattern]) => pattern.test(slug))?.[1];
  const named = parts.length > 1 ? (parts[0] ?? '') : (family ?? provider);
  const author = AUTHORS[named] ?? named;
  return known.get(`${author}/${spelling(slug)}`) ?? `${author}/${slug}`;
}

/** Key under which {@link modelId} finds a known id. */
export function knownKey(id: string): string {
  const [author = '', slug = ''] = id.split('/');
  return `${author}/${spelling(slug)}`;
}

const DATED = /^(.*?)-(\d{8}|\d{4}-\d{2}-\d{2})$/;

/** `claude-3-5-sonnet-20240620` → name and version. */
export function splitDate(slug: string): { readonly name: string; readonly version: string } | undefined {
  const found = DATED.exec(slug);
  return found?.[1] !== undefined && found[2] !== undefined
    ? { name: found[1], version: found[2] }
    : undefined;
}

/** Other ways to write an id: with dashes for dots, and `name@version`, each with and without the author. */
export function aliasesOf(id: string, upstream: string): readonly string[] {
  const author = id.slice(0, id.indexOf('/'));
  const slug = id.slice(author.length + 1);
  const names = new Set([slug, slug.replaceAll('.', '-')]);
  if (!upstream.includes('/')) names.add(upstream);
  const versions = [...names].map(splitDate).filter((dated) => dated !== undefined);
  for (const { name, version } of versions) names.add(`${name}@${version}`);
  return [...names].flatMap((name) => [name, `${author}/${name}`]).filter((name) => name !== id);
}
