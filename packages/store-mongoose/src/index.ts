export { openMongooseStore, type MongooseStore, type MongooseStoreOptions } from './open-mongoose-store.ts';
export {
  connectMongo,
  DEFAULT_DATABASE,
  mongoOptions,
  POOL_SIZE,
  RECONNECT_MS,
  SERVER_SELECTION_MS,
  SOCKET_TIMEOUT_MS,
  type ConnectMongoOptions,
  type MongoLink,
} from './connect.ts';
export { mongooseLedgerSource } from './ledger-source.ts';
export { MissingIndexesError } from './indexes.ts';
export { COLLECTION_PREFIX, type Models } from './models.ts';
export { WRITE_TIMEOUT_MS } from './concerns.ts';
export { OUTBOX_LEFT_MS, OUTBOX_LIMIT } from './outbox.ts';
export { fromFieldName, readNanos, toFieldName, type StoredInt64 } from './values.ts';
export { accountSchema, keySchema, type AccountDoc, type KeyDoc } from './schemas/account.ts';
export { MAX_ANSWER_BYTES } from './mongoose-idempotency.ts';
export { idempotencySchema, type IdempotencyDoc } from './schemas/idempotency.ts';
export { payerSchema, paymentSchema, type PayerDoc, type PaymentDoc } from './schemas/payment.ts';
export { bookSchema, type BookDoc } from './schemas/book.ts';
export { generationSchema, type GenerationDoc, type GenerationFields } from './schemas/generation.ts';
export {
  claimSchema,
  entrySchema,
  ownerSchema,
  rollupSchema,
  type ClaimDoc,
  type EntryDoc,
  type OwnerDoc,
  type RollupDoc,
} from './schemas/records.ts';
export { seriesSchema, type SeriesDoc } from './schemas/series.ts';
