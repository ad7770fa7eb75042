import type { Filter } from '../resolve/ask.ts';

/**
 * Endpoints of providers that train on prompts, unless the request says `data_collection: "allow"`, or the account
 * allows it and the request does not say `"deny"`.
 */
export const dataCollectionFilter: Filter = {
  name: 'data_collection',
  forAsk({ preferences: { data_collection }, allowTraining }) {
    const allowed = data_collection === 'allow' || (allowTraining && data_collection !== 'deny');
    return allowed ? undefined : ({ endpoint }) => !endpoint.provider.trainsOnPrompts;
  },
};
