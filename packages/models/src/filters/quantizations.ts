import type { Filter } from '../resolve/ask.ts';

/** Endpoints whose quantization `provider.quantizations` does not list; one that is not known is `unknown`. */
export const quantizationsFilter: Filter = {
  name: 'quantizations',
  forAsk({ preferences: { quantizations } }) {
    if (!quantizations || quantizations.length === 0) return undefined;
    const wanted = new Set(quantizations.map((name) => name.toLowerCase()));
    return ({ endpoint }) => wanted.has((endpoint.quantization ?? 'unknown').toLowerCase());
  },
};
