import type { OwnedFields } from '../dialect.ts';
import { usdNumber } from '../money.ts';
import type { Usage } from '../usage.ts';
import { editFields } from './json-fields.ts';
import { writeCostDetails, writeUsage, type ChargedCost } from './usage-wire.ts';

/** Edits that put the gateway's id, model and provider in place, and drop a provider's own idea of cost. */
export function ownedEdits(owned: OwnedFields): Map<string, string | undefined> {
  return new Map([
    ['id', JSON.stringify(owned.id)],
    ['model', JSON.stringify(owned.model)],
    ['provider', JSON.stringify(owned.provider)],
    ['cost', undefined],
    ['cost_details', undefined],
  ]);
}

/**
 * A whole answer with the gateway's fields; every other byte stays as the provider sent it.
 *
 * @param body latin1 text
 * @param usage what was metered; `undefined` leaves the provider's report
 * @param defaults JSON text for fields that clients need and some providers leave out
 * @returns latin1 text
 */
export function ownAnswer(
  body: string,
  owned: OwnedFields,
  usage: Usage | undefined,
  charged: ChargedCost | undefined,
  defaults?: ReadonlyMap<string, string>,
): string {
  const edits = ownedEdits(owned);
  if (usage) edits.set('usage', JSON.stringify(writeUsage(usage, charged)));
  if (charged) {
    edits.set('cost', JSON.stringify(usdNumber(charged.cost)));
    edits.set('cost_details', JSON.stringify(writeCostDetails(charged)));
  }
  return editFields(body, edits, defaults);
}
