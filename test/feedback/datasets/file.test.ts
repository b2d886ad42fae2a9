import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFile } from '../../../src/feedback/datasets/folder/createFile.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backscroll-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a file of a dataset', () => {
  it('holds what was written, in its order, whatever the pieces, and tells its hash and length', async () => {
    const piece = fc
      .tuple(fc.string({ unit: 'grapheme' }), fc.constantFrom(1, 1, 1, 40, 9_000, 400_000))
      .map(([said, times]) => Buffer.from(said.slice(0, 4).toWellFormed().repeat(times)));
    let n = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const path = join(folder, `${n++}`);
        const file = await createFile(path);
        for (const [i, one] of pieces.entries()) {
          // Its memory is used for something else as soon as that is allowed.
          const memory = Buffer.from(one);
          file.write(memory, () => memory.fill(0));
          if (i % 5 === 0) await file.room();
        }
        const { sha256, bytes } = await file.end();
        await file.close();
        const wanted = Buffer.concat(pieces);
        expect(readFileSync(path).equals(wanted)).toBe(true);
        expect([sha256, bytes]).toEqual([createHash('sha256').update(wanted).digest('hex'), wanted.length]);
        rmSync(path);
      }),
      { numRuns: 25 },
    );
  });

  it('is its owner’s alone, and takes nobody’s place', async () => {
    const path = join(folder, 'train.jsonl');
    const file = await createFile(path);
    await file.end();
    await file.close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    writeFileSync(join(folder, 'there'), 'mine');
    await expect(createFile(join(folder, 'there'))).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(join(folder, 'there'), 'utf8')).toBe('mine');
  });

  it('may be closed twice, and in the middle', async () => {
    const file = await createFile(join(folder, 'a'));
    file.write(Buffer.alloc(3_000_000, 'x'));
    await file.close();
    await file.close();
  });
});
