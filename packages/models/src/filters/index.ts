import type { Filter } from '../resolve/ask.ts';
import { allowFallbacksFilter } from './allow-fallbacks.ts';
import { contextLengthFilter } from './context-length.ts';
import { dataCollectionFilter } from './data-collection.ts';
import { ignoreFilter } from './ignore.ts';
import { maxPriceFilter } from './max-price.ts';
import { modalityFilter } from './modality.ts';
import { onlyFilter } from './only.ts';
import { parametersFilter } from './parameters.ts';
import { quantizationsFilter } from './quantizations.ts';
import { surfaceFilter } from './surface.ts';
import { zdrFilter } from './zdr.ts';

/** The rules that every request is held to, in the order in which they are asked. */
export const DEFAULT_FILTERS: readonly Filter[] = [
  surfaceFilter,
  dataCollectionFilter,
  zdrFilter,
  onlyFilter,
  ignoreFilter,
  allowFallbacksFilter,
  modalityFilter,
  contextLengthFilter,
  parametersFilter,
  quantizationsFilter,
  maxPriceFilter,
];
