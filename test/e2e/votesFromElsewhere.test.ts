import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { votesOn } from '../feedback/openPreferences.ts';
import { createBackscroll } from './backscroll.ts';

const { folder, home: makeHome, run, clean } = createBackscroll();
afterAll(clean);

const succeeds = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const lines = (vote: 'up' | 'down') =>
  `${votesOn(1, vote)
    .map((one) => JSON.stringify(one))
    .join('\n')}\n`;

describe('feedback import', () => {
  it('says in one sentence what is no file of votes, whatever it is instead', async () => {
    const [home, place] = [await makeHome(), await folder()];
    const refused = async (message: RegExp, ...args: string[]) => {
      const ran = await run(['feedback', 'import', ...args], { home });
      expect([ran.code, ran.stderr]).toEqual([2, expect.stringMatching(message)]);
      expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    };
    await mkdir(join(place, 'folder'));
    await refused(/folder is a folder, not a file of votes/, join(place, 'folder'));
    await refused(/\/dev\/zero is a device, not a file of votes/, '/dev/zero');
    await refused(/There is nothing at .*missing/, join(place, 'missing', 'votes.jsonl'));
    const server = createServer().listen(join(place, 'socket'));
    try {
      await refused(/socket is a socket, not a file of votes/, join(place, 'socket'));
    } finally {
      server.close();
    }
    const votes = join(place, 'votes.jsonl');
    await writeFile(votes, lines('up'), { mode: 0o000 });
    // Root may read everything.
    if (process.getuid?.() !== 0) await refused(/may not be read by this user/, votes);
    await refused(/contradict: give one of them/, votes, '--allow-training', '--withdraw-training');
  });

  it('reads what comes out of a pipe that has a name', async ({ annotate }) => {
    const [home, place] = [await makeHome(), await folder()];
    const pipe = join(place, 'pipe');
    if (!succeeds('mkfifo', pipe)) {
      await annotate('there is no mkfifo here, so no pipe was tried');
      return;
    }
    const meanwhile = () => writeFile(pipe, lines('up'));
    const ran = await run(['feedback', 'import', pipe, '--json'], { home, meanwhile });
    expect([ran.code, ran.json]).toMatchObject([0, { events: 3, answers: 1 }]);
  });

  it('says what may be trained on, and who said so, until it is withdrawn', async () => {
    const [home, place] = [await makeHome(), await folder()];
    const votes = join(place, 'votes.jsonl');
    await writeFile(votes, lines('up'));
    const said = async (...args: string[]) => {
      const ran = await run(['feedback', 'import', votes, ...args], { home });
      expect(ran.code, ran.stderr).toBe(0);
      return ran.stdout;
    };
    expect(await said()).toMatch(/To train on them, import with --allow-training/);
    expect(await said('--allow-training')).toMatch(/; they may be trained on\./);
    expect(await said()).toMatch(/; they may be trained on, since an earlier import said so\..*--withdraw-training/);
    await writeFile(votes, lines('up') + lines('down'));
    expect(await said()).toMatch(/; 3 of the 6 may be trained on, since an earlier import said so/);
    expect(await said('--withdraw-training')).toMatch(/; they may not be trained on any more\./);
    const json = await run(['feedback', 'import', votes, '--json'], { home });
    expect(json.json).toMatchObject({ training: 'as before', trainable: false, votes: 6, mayTrain: 0, known: 6 });
    // How far it is, where there is no terminal.
    expect(json.stderr).toMatch(/reading votes: 100 %/);
  });
});
