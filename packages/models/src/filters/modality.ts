import type { Modality, RequestFacts } from '@onerouter/core';
import type { Filter } from '../resolve/ask.ts';

/** Endpoints that do not take the images, files, audio or video in the request. Text is always taken. */
export const modalityFilter: Filter = {
  name: 'modality',
  forAsk({ facts }) {
    const needed = neededModalities(facts);
    if (needed.length === 0) return undefined;
    return ({ endpoint }) => needed.every((modality) => endpoint.inputModalities.includes(modality));
  },
};

const NONE: readonly Modality[] = [];

function neededModalities(facts: RequestFacts): readonly Modality[] {
  if (facts.images + facts.files + facts.audio + facts.video === 0) return NONE;
  const needed: Modality[] = [];
  if (facts.images > 0) needed.push('image');
  if (facts.files > 0) needed.push('file');
  if (facts.audio > 0) needed.push('audio');
  if (facts.video > 0) needed.push('video');
  return needed;
}
