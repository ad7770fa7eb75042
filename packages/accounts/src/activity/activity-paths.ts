import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { activityRow, generationRow, seriesAnswer } from './activity-shapes.ts';
import { PARAMETERS } from './queries.ts';

/** The routes of `activityRoutes()` for an OpenAPI document, parameters described by the schemas that check them. */
export const activityPaths: ZodOpenApiPathsObject = {
  '/activity': {
    get: {
      operationId: 'getUserActivity',
      ...reads(
        'Use by day, model and provider: the last 30 days unless asked otherwise, the running one included',
      ),
      requestParams: { query: PARAMETERS.activity },
      ...answers(z.object({ data: z.array(activityRow) })),
    },
  },
  '/activity.csv': {
    get: {
      operationId: 'getActivityCsv',
      ...reads('The same as CSV, to be opened in a spreadsheet'),
      requestParams: { query: PARAMETERS.activity },
      responses: {
        '200': { description: 'A file.', content: { 'text/csv': { schema: z.string() } } },
      },
    },
  },
  '/activity/series': {
    get: {
      operationId: 'getActivitySeries',
      ...reads('Use as series for a chart: at most 12, the rest summed up as `other`'),
      requestParams: { query: PARAMETERS.series },
      ...answers(seriesAnswer),
    },
  },
  '/generations': {
    get: {
      operationId: 'listGenerations',
      ...reads('Finished requests, the newest first'),
      requestParams: { query: PARAMETERS.generations },
      ...answers(
        z.object({
          data: z.array(generationRow),
          next_cursor: z.string().nullable().meta({ description: 'Send it as `cursor` for the next page.' }),
        }),
      ),
    },
  },
  '/generations/live': {
    get: {
      operationId: 'followGenerations',
      ...reads('Requests as they settle (`generation`), and the balance as it changes (`balance`)'),
      requestParams: {
        header: z.object({
          'Last-Event-ID': z.string().optional().meta({ description: 'The last event that was seen.' }),
        }),
      },
      responses: {
        '200': {
          description: 'Server-sent events.',
          content: { 'text/event-stream': { schema: z.string() } },
        },
      },
    },
  },
};

function reads(summary: string): Pick<ZodOpenApiOperationObject, 'tags' | 'summary' | 'security'> {
  return { tags: ['Activity'], summary, security: [{ management_key: [] }, { session: [] }] };
}

function answers(schema: z.ZodType): Pick<ZodOpenApiOperationObject, 'responses'> {
  return {
    responses: { '200': { description: 'The answer.', content: { 'application/json': { schema } } } },
  };
}
