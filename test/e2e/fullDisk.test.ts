import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { createBackscroll } from './backscroll.ts';
import { longTalk, writeTeam } from './team.ts';

const { folder, run, clean } = createBackscroll();
const mounted: string[] = [];
const succeeds = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const mount = (...args: string[]) => succeeds('mount', ...args);
const unmount = () => {
  for (const place of mounted.splice(0)) succeeds('umount', place);
};
afterEach(unmount);
afterAll(clean);

/** A disk of a few megabytes, where this user may mount one (a root in a container, mostly not elsewhere). */
async function smallDisk(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const place = await folder();
  if (!mount('-t', 'tmpfs', '-o', 'size=4m,mode=0700', 'tmpfs', place)) return undefined;
  mounted.push(place);
  return place;
}

it('a full disk is said in one sentence, and the import goes on when there is room', async ({ annotate }) => {
  const place = await smallDisk();
  if (place === undefined) {
    await annotate('no small disk can be mounted here, so a full one was not tried');
    return;
  }
  const home = join(place, 'home');
  const exported = await writeTeam(await folder(), { channels: { long: longTalk(3000) } });
  const order = ['import', exported, '--space', 'acme', '--json'];
  const full = await run(order, { home });
  expect([full.code, full.json.error.message]).toEqual([1, expect.stringMatching(/disk.*is full/)]);
  expect(full.stderr).not.toMatch(/went wrong inside/);

  expect(mount('-o', 'remount,size=256m', place)).toBe(true);
  const roomy = await run(order, { home });
  expect(roomy.code, roomy.stderr).toBe(0);
  const { added, changed, unchanged } = roomy.json.messages;
  expect(added + unchanged).toBe(3000);
  expect(changed).toBe(0);
  const { sources, vectors } = (await run(['status', '--json'], { home })).json;
  expect(sources).toMatchObject([{ documents: 600 }]);
  expect(vectors.generations).toMatchObject([{ wanted: 0, placed: sources[0].passages }]);
  expect((await run(['doctor', '--json'], { home })).json.findings).toContainEqual(
    expect.objectContaining({ check: 'database', ok: true }),
  );
});
