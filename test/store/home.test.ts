import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeHome } from '../../src/store/home.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backscroll-home-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a home', () => {
  it('is made with its parents, for its owner alone', () => {
    const taken = takeHome(join(folder, 'a/b'), 'test');
    if (!('home' in taken)) throw new Error('not taken');
    expect(statSync(taken.home.path).mode & 0o777).toBe(0o700);
    taken.home.release();
  });

  it('has one owner, who is named to others, and is free when it is released', () => {
    const first = takeHome(folder, 'first');
    expect(takeHome(folder, 'second')).toEqual({ owner: { pid: process.pid, command: 'first' } });
    if ('home' in first) first.home.release();
    const second = takeHome(folder, 'second');
    expect('home' in second).toBe(true);
    if ('home' in second) second.home.release();
  });

  it('is free again when its owner was killed', async () => {
    const script = `import { takeHome } from ${JSON.stringify(join(import.meta.dirname, '../../src/store/home.ts'))};
      takeHome(${JSON.stringify(folder)}, 'doomed'); process.stdout.write('taken'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script]);
    await once(child.stdout, 'data');
    expect(takeHome(folder, 'other')).toEqual({ owner: { pid: child.pid, command: 'doomed' } });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const taken = takeHome(folder, 'other');
    expect('home' in taken).toBe(true);
    if ('home' in taken) taken.home.release();
  });

  it('that is a file is refused in a sentence', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => takeHome(join(folder, 'file'), 'test')).toThrow('which is not a folder');
  });
});
