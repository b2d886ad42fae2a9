import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { chromaOf, createBackscroll } from './backscroll.ts';
import { PEOPLE, writeTeam } from './team.ts';

const { folder, home: makeHome, run, clean } = createBackscroll();
afterAll(clean);

it('every command works without a running Backscroll, also two at once on one home', async () => {
  const home = await makeHome();
  const team = await writeTeam(await folder(), {
    channels: {
      garage: [
        { at: 0, user: PEOPLE.ann, text: 'What is the tyre pressure of the van?', thread: 0 },
        { at: 60, user: PEOPLE.bob, text: 'The tyre pressure of the van is 4.2 bar at the back.', thread: 0 },
      ],
    },
  });
  const handbook = join(await folder(), 'notes');
  await mkdir(handbook);
  await writeFile(join(handbook, 'bins.md'), '# Bins\n\nThe blue bins are emptied on Thursday.\n');

  const both = await Promise.all([
    run(['import', team, '--space', 'acme', '--json'], { home }),
    run(['import', handbook, '--space', 'acme-notes', '--json'], { home }),
  ]);
  for (const { code, stderr } of both) expect(code, stderr).toBe(0);
  expect(both[0]?.json.messages.added).toBe(2);
  expect(both[1]?.json.pages.added).toBe(1);
  expect(chromaOf(home)).toBe(undefined);

  const [asked, searched] = await Promise.all([
    run(['ask', 'What is the tyre pressure of the van?', '--json'], { home }),
    run(['search', 'blue bins', '--json'], { home }),
  ]);
  expect(asked.json.answer).toContain('4.2 bar');
  expect(searched.json.results[0].text).toContain('Thursday');

  const traced = await run(['trace', asked.json.traceId, '--json'], { home });
  expect(traced.json.answer).toBe(asked.json.answer);
  expect((await run(['reindex', '--json'], { home })).json.vectors).toBe(2);
  expect((await run(['doctor', '--json'], { home })).json.ok).toBe(true);
  expect((await run(['remove', 'acme', '--json'], { home })).json.messages).toBe(2);
  const { spaces, owner } = (await run(['status', '--json'], { home })).json;
  expect(spaces.map(({ name }: { name: string }) => name)).toEqual(['acme-notes']);
  expect(owner.command).toBe('status');
  expect(chromaOf(home)).toBe(undefined);
});

it('many commands at once on one home hand it over to one another', async () => {
  const home = await makeHome();
  const many = await Promise.all(Array.from({ length: 10 }, () => run(['status', '--json'], { home })));
  for (const { code, stderr } of many) expect(code, stderr).toBe(0);
  expect(new Set(many.map(({ json }) => json.home))).toEqual(new Set([home]));
});
