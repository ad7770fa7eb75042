import { expect, it } from 'vitest';
import { createDocument } from 'zod-openapi';
import { startActivity } from './activity.scene.ts';
import { activityPaths } from './activity-paths.ts';
import { activityRow, generationRow, seriesAnswer } from './activity-shapes.ts';

it('is described in OpenAPI as it answers', async () => {
  const info = { title: 'test', version: '1' };
  const { paths = {} } = createDocument({ openapi: '3.1.0', info, paths: activityPaths });
  expect(Object.keys(paths)).toEqual(Object.keys(activityPaths));
  const names = paths['/generations']?.get?.parameters?.map((one) => ('name' in one ? one.name : ''));
  expect(names).toEqual(expect.arrayContaining(['limit', 'cursor', 'status', 'from', 'to', 'api_key_hash']));

  const scene = await startActivity();
  await scene.settle();
  await scene.settle({ usage: null, model: '', provider: '', status: 'failed', latencyMs: null });
  for (const row of (await scene.json('/activity?group_by=api_key')).data) activityRow.parse(row);
  for (const row of (await scene.json('/generations')).data) generationRow.parse(row);
  seriesAnswer.parse(await scene.json('/activity/series?by=key'));
  await scene.close();
});
