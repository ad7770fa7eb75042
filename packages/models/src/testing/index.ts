export { catalogueTests, type CatalogueContent, type CatalogueUnderTest } from './catalogue-tests.ts';
export { fakeAsk, fakeDialect, fakeProvider, seededRandom } from './fixtures.ts';
