import type { Filter } from '../resolve/ask.ts';
import { atOneOf } from './names.ts';

/** Endpoints of providers that `provider.ignore` names. */
export const ignoreFilter: Filter = {
  name: 'ignore',
  forAsk({ preferences: { ignore } }) {
    if (!ignore || ignore.length === 0) return undefined;
    const ignored = atOneOf(ignore);
    return (candidate) => !ignored(candidate);
  },
};
