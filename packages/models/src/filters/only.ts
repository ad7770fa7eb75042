import type { Filter } from '../resolve/ask.ts';
import { atOneOf } from './names.ts';

/** Endpoints of providers that `provider.only` does not name. */
export const onlyFilter: Filter = {
  name: 'only',
  forAsk({ preferences: { only } }) {
    return only && only.length > 0 ? atOneOf(only) : undefined;
  },
};
