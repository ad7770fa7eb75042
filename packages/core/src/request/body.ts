import { defineSlot, type Slot } from '../slot.ts';
import type { RequestFacts } from './facts.ts';
import type { CommonRequest } from './schemas.ts';

/** A request body, read once and parsed once. */
export interface RequestBody {
  /** The bytes as they came; what goes upstream is these with a few fields spliced. */
  readonly raw: Buffer;
  /**
   * The body parsed. Media over 16 KiB (data URLs, audio) stand in it as a digest; who needs their bytes finds them in
   * `raw`.
   */
  readonly json: CommonRequest;
  readonly facts: RequestFacts;
}

/** Filled by `readBody()`. */
export const bodySlot: Slot<RequestBody> = defineSlot('request body', 'readBody()');
