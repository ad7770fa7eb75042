import type { AnyObject, Collection, Connection, Model } from 'mongoose';
import { accountSchema, keySchema, type AccountDoc, type KeyDoc } from './schemas/account.ts';
import { alertClaimSchema, type AlertClaimDoc } from './schemas/alert.ts';
import { bookSchema, type BookDoc } from './schemas/book.ts';
import { generationSchema, type GenerationDoc } from './schemas/generation.ts';
import { idempotencySchema, type IdempotencyDoc } from './schemas/idempotency.ts';
import { sessionSchema, ticketSchema, type SessionDoc, type TicketDoc } from './schemas/sign-in.ts';
import { payerSchema, paymentSchema, type PayerDoc, type PaymentDoc } from './schemas/payment.ts';
import { seriesSchema, type SeriesDoc } from './schemas/series.ts';
import {
  claimSchema,
  entrySchema,
  ownerSchema,
  rollupSchema,
  type ClaimDoc,
  type EntryDoc,
  type OwnerDoc,
  type RollupDoc,
} from './schemas/records.ts';

/** What the collections' names begin with, so that they can share a database with others. */
export const COLLECTION_PREFIX = 'onerouter_';

/** The collections as mongoose models. */
export interface Models {
  readonly accounts: Model<AccountDoc>;
  readonly keys: Model<KeyDoc>;
  readonly books: Model<BookDoc>;
  readonly entries: Model<EntryDoc>;
  readonly claims: Model<ClaimDoc>;
  readonly generations: Model<GenerationDoc>;
  readonly rollups: Model<RollupDoc>;
  readonly series: Model<SeriesDoc>;
  readonly owners: Model<OwnerDoc>;
  readonly idempotency: Model<IdempotencyDoc>;
  readonly sessions: Model<SessionDoc>;
  readonly tickets: Model<TicketDoc>;
  readonly alertClaims: Model<AlertClaimDoc>;
  readonly payments: Model<PaymentDoc>;
  readonly payers: Model<PayerDoc>;
}

/** The models on a connection. Asking again gives the same ones. */
export function modelsOn(connection: Connection, prefix: string): Models {
  const name = (collection: string): string => `${prefix}${collection}`;
  return {
    accounts: connection.model<AccountDoc>(name('accounts'), accountSchema, name('accounts')),
    keys: connection.model<KeyDoc>(name('keys'), keySchema, name('keys')),
    books: connection.model<BookDoc>(name('books'), bookSchema, name('books')),
    entries: connection.model<EntryDoc>(name('entries'), entrySchema, name('entries')),
    claims: connection.model<ClaimDoc>(name('claims'), claimSchema, name('claims')),
    generations: connection.model<GenerationDoc>(name('generations'), generationSchema, name('generations')),
    rollups: connection.model<RollupDoc>(name('rollups'), rollupSchema, name('rollups')),
    series: connection.model<SeriesDoc>(name('series'), seriesSchema, name('series')),
    idempotency: connection.model<IdempotencyDoc>(
      name('idempotency'),
      idempotencySchema,
      name('idempotency'),
    ),
    alertClaims: connection.model<AlertClaimDoc>(
      name('alert_claims'),
      alertClaimSchema,
      name('alert_claims'),
    ),
    payments: connection.model<PaymentDoc>(name('payments'), paymentSchema, name('payments')),
    payers: connection.model<PayerDoc>(name('payers'), payerSchema, name('payers')),
    sessions: connection.model<SessionDoc>(name('sessions'), sessionSchema, name('sessions')),
    tickets: connection.model<TicketDoc>(name('tickets'), ticketSchema, name('tickets')),
    owners: connection.model<OwnerDoc>(name('owners'), ownerSchema, name('owners')),
  };
}

/**
 * The driver's collection below a model. The books go past mongoose's casting: they are written by paths that hold ids,
 * thousands of times a second, from values whose types are known.
 */
export function raw<T extends AnyObject>(model: Model<T>): Collection<T> {
  return model.collection as unknown as Collection<T>;
}
