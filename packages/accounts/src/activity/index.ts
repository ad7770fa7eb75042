export { activityRoutes, type ActivityRoutes, type ActivityRoutesOptions } from './activity-routes.ts';
export { activityPaths } from './activity-paths.ts';
export { DEFAULT_DAYS, MAX_DAYS } from './days.ts';
export { DEFAULT_GENERATIONS_PAGE, MAX_GENERATIONS_PAGE } from './queries.ts';
export { MAX_SERIES } from './series.ts';
export { MAX_RESUMED } from './live/live-activity.ts';
export { DEFAULT_LIVE_LIMITS, type LiveLimits } from './live/live-limits.ts';
