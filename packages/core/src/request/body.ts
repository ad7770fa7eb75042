import { defineSlot, type Slot } from '../slot.ts';
import type { RequestFacts } from './facts.ts';
import type { CommonRequest } from './schemas.ts';

/** A request body, read once and parsed once. */
export interface RequestBody {
  /** The bytes as they came; what goes upstream is these with a few fields spliced. */
  readonly raw: Buffer;
  readonly json: CommonRequest;
  readonly facts: RequestFacts;
}

/** Filled by `readBody()`. */
export const bodySlot: Slot<RequestBody> = defineSlot('request body', 'readBody()');
