import { readFileSync } from 'node:fs';
import type { ModelConfig } from '../catalogue/config.ts';

const FILE = new URL('../../builtin/models.jsonl', import.meta.url);

let loaded: readonly ModelConfig[] | undefined;

/**
 * Hundreds of models with prices, limits, modalities and parameters, at the providers of `@onerouter/providers`'
 * presets. Read from this package's files when first called, never from the network; whoever does not call it pays
 * nothing for it.
 */
export function builtinModels(): readonly ModelConfig[] {
  loaded ??= readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ModelConfig);
  return loaded;
}
