import { catalogueTests } from '../testing/index.ts';
import { createCatalogue } from './create-catalogue.ts';

catalogueTests('createCatalogue()', (content) => {
  const catalogue = createCatalogue(content);
  return { catalogue, replace: (next) => catalogue.replace(next) };
});
