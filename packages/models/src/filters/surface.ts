import type { Filter } from '../resolve/ask.ts';

/** Endpoints whose dialect does not speak the surface, and embedding models asked for text. */
export const surfaceFilter: Filter = {
  name: 'surface',
  forAsk({ facts: { surface } }) {
    return ({ model, endpoint }) =>
      endpoint.provider.dialect.surfaces.has(surface) &&
      (surface === 'embeddings' || !makesOnlyEmbeddings(model.outputModalities));
  },
};

function makesOnlyEmbeddings(output: readonly string[]): boolean {
  return output.length === 1 && output[0] === 'embeddings';
}
