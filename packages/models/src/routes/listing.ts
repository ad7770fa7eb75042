import { createHash } from 'node:crypto';
import type { Endpoint, Model } from '@onerouter/core';
import { cheapest, unionOfParameters, writeModel } from './wire-model.ts';

/** A model as it is listed, with its text made once. */
export interface ListedModel {
  readonly model: Model;
  readonly endpoints: readonly Endpoint[];
  readonly cheapest: Endpoint | undefined;
  readonly parameters: ReadonlySet<string>;
  readonly json: string;
}

/** An answer made once and sent many times. */
export interface FixedAnswer {
  readonly body: Buffer;
  readonly etag: string;
}

/** One catalogue version, ready to be listed. */
export interface Listing {
  readonly models: readonly ListedModel[];
  readonly all: FixedAnswer;
}

/**
 * Writes every model that has an endpoint left after `allowed`.
 *
 * @param allowed which endpoints the reader may use
 */
export function writeListing(models: readonly Model[], allowed: (endpoint: Endpoint) => boolean): Listing {
  const listed: ListedModel[] = [];
  for (const model of models) {
    const endpoints = model.endpoints.filter(allowed);
    if (endpoints.length === 0) continue;
    listed.push({
      model,
      endpoints,
      cheapest: cheapest(endpoints),
      parameters: new Set(unionOfParameters(endpoints)),
      json: JSON.stringify(writeModel(model, endpoints)),
    });
  }
  return { models: listed, all: fixAnswer(writePage(listed, listed.length, null)) };
}

/** A list in OpenAI's shape with OpenRouter's `total_count` and `links`. */
export function writePage(page: readonly ListedModel[], total: number, next: string | null): string {
  const items = page.map((one) => one.json).join(',');
  return `{"object":"list","data":[${items}],"total_count":${total},"links":${JSON.stringify({ next })}}`;
}

/** Keeps a text as bytes, with the tag that lets clients skip fetching it again. */
export function fixAnswer(text: string): FixedAnswer {
  const body = Buffer.from(text);
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"` };
}
