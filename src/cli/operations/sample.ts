import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { App } from '../../main.ts';
import type { SpaceRecord } from '../../store/spaces.ts';

const SETTING = 'sample-space';
const SAMPLE_NAME = 'sample';

const questionsSchema = z.object({ questions: z.array(z.object({ text: z.string() })) });

/** The sample space, if it was taken in and not removed. */
export async function sampleSpace(app: App): Promise<SpaceRecord | undefined> {
  const id = app.store.settings.get(SETTING);
  return id === undefined ? undefined : app.store.spaces.find(id);
}

/**
 * Takes the sample space in, when nothing else is there and it was not taken in before; it then stays away once removed.
 * @returns true when it was taken in now
 */
export async function takeInSample(app: App, signal: AbortSignal): Promise<boolean> {
  const { settings, spaces } = app.store;
  if (settings.get(SETTING) !== undefined || (await spaces.list()).length > 0) return false;
  const io = { signal, progress: () => {} };
  const { space } = await app.imports.run({ path: join(app.sample, 'export'), space: SAMPLE_NAME }, io);
  settings.set(SETTING, space.id);
  await app.imports.run({ path: join(app.sample, 'documents'), space: SAMPLE_NAME }, io);
  return true;
}

/** Questions that the sample can answer; none when it is not there. */
export async function suggestedQuestions(app: App): Promise<string[]> {
  if (!(await sampleSpace(app))) return [];
  const { questions } = questionsSchema.parse(JSON.parse(readFileSync(join(app.sample, 'questions.json'), 'utf8')));
  return questions.map(({ text }) => text);
}
