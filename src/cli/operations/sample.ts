import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { App } from '../../main.ts';
import type { SpaceRecord } from '../../store/spaces.ts';

const SPACE = 'sample-space';
const STATE = 'sample';
const SAMPLE_NAME = 'sample';

const questionsSchema = z.object({ questions: z.array(z.object({ text: z.string() })) });

/** The sample space, if it was taken in and not removed. */
export async function sampleSpace(app: App): Promise<SpaceRecord | undefined> {
  const id = app.store.settings.get(SPACE);
  return id === undefined ? undefined : app.store.spaces.find(id);
}

/**
 * Takes the sample space in, when nothing else is there and it was not taken in before; it then stays away once removed.
 * One that a crash cut off is taken in whole the next time.
 */
export async function takeInSample(app: App, signal: AbortSignal): Promise<void> {
  const { settings, spaces } = app.store;
  const state = settings.get(STATE);
  if (state === 'whole' || (state === undefined && (await spaces.list()).length > 0)) return;
  settings.set(STATE, 'begun');
  const io = { signal, progress: () => {} };
  const { space } = await app.imports.run({ path: join(app.sample, 'export'), space: SAMPLE_NAME }, io);
  settings.set(SPACE, space.id);
  await app.imports.run({ path: join(app.sample, 'documents'), space: SAMPLE_NAME }, io);
  settings.set(STATE, 'whole');
}

/** Questions that the sample can answer; none when it is not there. */
export async function suggestedQuestions(app: App): Promise<string[]> {
  if (!(await sampleSpace(app))) return [];
  const { questions } = questionsSchema.parse(JSON.parse(readFileSync(join(app.sample, 'questions.json'), 'utf8')));
  return questions.map(({ text }) => text);
}
