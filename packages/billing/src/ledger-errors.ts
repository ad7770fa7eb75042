import { formatUsd, type Nanos } from '@onerouter/core';

/** Which limit refused: the account's credit, or the key's own limit. */
export type BindingLimit = 'account' | 'key';

/** There is less credit than an act needs. Nothing was booked; add credit, raise the key's limit or ask for less. */
export class InsufficientCreditsError extends Error {
  readonly required: Nanos;
  /** Negative after an exchange overran its reservation. */
  readonly available: Nanos;
  readonly bindingLimit: BindingLimit;

  constructor(required: Nanos, available: Nanos, bindingLimit: BindingLimit) {
    super(
      `$${formatUsd(required)} needed, $${formatUsd(available)} available within the ${bindingLimit}'s limit.`,
    );
    this.name = 'InsufficientCreditsError';
    this.required = required;
    this.available = available;
    this.bindingLimit = bindingLimit;
  }
}

/** An account has as many open exchanges as it may. Retry when some have ended. */
export class TooManyOpenError extends Error {
  readonly limit: number;

  constructor(limit: number) {
    super(`The account has ${limit} open exchanges, the most it may have.`);
    this.name = 'TooManyOpenError';
    this.limit = limit;
  }
}

/** An entry id was used before for something else. A bug of the caller: ids name one act each. */
export class EntryMismatchError extends Error {
  readonly entryId: string;

  constructor(entryId: string) {
    super(`The ledger has an entry ${entryId} already, for another account or amount.`);
    this.name = 'EntryMismatchError';
    this.entryId = entryId;
  }
}

/** The ledger was closed. */
export class LedgerClosedError extends Error {
  constructor() {
    super('The ledger is closed.');
    this.name = 'LedgerClosedError';
  }
}
