import type { Filter } from '../resolve/ask.ts';
import { atOneOf } from './names.ts';

/** With `provider.order` and `allow_fallbacks: false`: endpoints of providers that the order does not name. */
export const allowFallbacksFilter: Filter = {
  name: 'allow_fallbacks',
  forAsk({ preferences: { allow_fallbacks, order } }) {
    return allow_fallbacks === false && order && order.length > 0 ? atOneOf(order) : undefined;
  },
};
