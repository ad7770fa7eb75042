import { DURABLE, type WriteOptions } from '../concerns.ts';

/** What all schemas have in common. */
export interface CommonSchemaOptions {
  autoIndex: boolean;
  autoCreate: boolean;
  versionKey: false;
  minimize: boolean;
  strict: 'throw';
  read: 'primary';
  writeConcern: WriteOptions['writeConcern'];
}

/**
 * Indexes are made by `createIndexes()`, when somebody means to: a build in the background of a start would slow a large
 * database down unasked.
 */
export const SCHEMA_OPTIONS: CommonSchemaOptions = {
  autoIndex: false,
  autoCreate: false,
  versionKey: false,
  minimize: false,
  strict: 'throw',
  read: 'primary',
  writeConcern: DURABLE.writeConcern,
};

/** Options of parts of documents. */
export interface PartSchemaOptions {
  _id: false;
  minimize: boolean;
  strict: 'throw';
}

export const PART_OPTIONS: PartSchemaOptions = { _id: false, minimize: false, strict: 'throw' };
