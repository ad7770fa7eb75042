export { catalogueTests, type CatalogueContent, type CatalogueUnderTest } from './catalogue-tests.ts';
export { fakeDialect, fakeProvider } from './fixtures.ts';
