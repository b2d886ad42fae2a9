import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkWalls } from '../../../tools/walls/check.ts';

const PROJECT = join(import.meta.dirname, '../../..');
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'backscroll-walls-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(file: string, source: string) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), source);
}

describe('the walls of this project', () => {
  it('are kept, and the checker sees the modules', () => {
    const { modules, imports, violations } = checkWalls(PROJECT);
    expect(violations).toEqual([]);
    expect(modules).toBeGreaterThan(100);
    expect(imports).toBeGreaterThan(modules);
  });

  it('fall when a violation is planted in a copy of it', () => {
    for (const folder of ['src', 'config', 'tools', 'test/fakes'])
      cpSync(join(PROJECT, folder), join(root, folder), { recursive: true });
    expect(checkWalls(root).violations).toEqual([]);
    put(
      'src/knowledge/planted.ts',
      "import { createRespond } from '../bots/respond.ts';\nexport const a = createRespond;\n",
    );
    expect(checkWalls(root).violations).toEqual([
      expect.stringMatching(/^src\/knowledge\/planted\.ts:1 may not use src\/bots\/respond\.ts/),
    ]);
  });
});

describe('an import across a wall is seen', () => {
  const planted: Record<string, string> = {
    'as a value': "import { x } from '../bots/x.ts';\nexport const y = x;",
    'as a type': "import type { X } from '../bots/x.ts';\nexport type Y = X;",
    'for its effect': "import '../bots/x.ts';",
    'as an export from': "export { x } from '../bots/x.ts';",
    'as an export of all': "export * from '../bots/x.ts';",
    dynamic: "export const y = await import('../bots/x.ts');",
    'as a type in place': "export type Y = import('../bots/x.ts').X;",
  };
  it.each(Object.entries(planted))('%s', (_, source) => {
    put('src/bots/x.ts', 'export const x = 1;\nexport type X = number;\n');
    put('src/knowledge/planted.ts', source);
    const { violations } = checkWalls(root);
    expect(violations).toHaveLength(1);
    expect(violations[0]).toContain('src/knowledge/planted.ts');
  });
});

describe('other faults', () => {
  it('a vendor SDK outside the folder of its name', () => {
    put('src/knowledge/planted.ts', "import { ChromaClient } from 'chromadb';\nexport const a = ChromaClient;\n");
    put('src/knowledge/chroma/fine.ts', "import { ChromaClient } from 'chromadb';\nexport const a = ChromaClient;\n");
    const { violations } = checkWalls(root);
    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatch(/planted\.ts:1 may not use chromadb/);
  });

  it('a file that belongs to no room', () => {
    put('src/attic/x.ts', 'export const x = 1;');
    expect(checkWalls(root).violations).toEqual([expect.stringContaining('src/attic/x.ts belongs to no room')]);
  });

  it('an import of a file that is not there', () => {
    put('src/base/x.ts', "import { y } from './y.ts';\nexport const x = y;");
    expect(checkWalls(root).violations).toEqual([expect.stringContaining('does not exist')]);
  });
});
