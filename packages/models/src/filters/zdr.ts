import type { Filter } from '../resolve/ask.ts';

/** With `provider.zdr`: endpoints of providers that retain prompts. */
export const zdrFilter: Filter = {
  name: 'zdr',
  forAsk({ preferences: { zdr } }) {
    return zdr === true ? ({ endpoint }) => !endpoint.provider.retainsPrompts : undefined;
  },
};
