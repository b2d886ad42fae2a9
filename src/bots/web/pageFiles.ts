import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { sha256 } from '../../base/hash.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface PageFile {
  readonly body: string;
  readonly type: string;
  readonly etag: string;
}

/** The files of the page by name, read once: what is not among them cannot be asked for. */
export async function readPageFiles(folder: URL): Promise<ReadonlyMap<string, PageFile>> {
  const names = (await readdir(folder)).filter((name) => extname(name) in TYPES);
  return new Map(
    await Promise.all(
      names.map(async (name): Promise<[string, PageFile]> => {
        const body = await readFile(new URL(name, folder), 'utf8');
        return [name, { body, type: TYPES[extname(name)] as string, etag: `"${sha256(body).slice(0, 32)}"` }];
      }),
    ),
  );
}
