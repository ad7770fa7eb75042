export { sampleGeneration } from './sample-generation.ts';
export { generationLogSuite } from './generation-log-suite.ts';
export { settlementFeedSuite, type FeedBench } from './settlement-feed-suite.ts';
export { usageRollupsSuite, type RollupsBench } from './usage-rollups-suite.ts';
