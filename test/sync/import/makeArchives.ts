import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterEach } from 'vitest';
import { ZipFile } from 'yazl';

export type Files = Readonly<Record<string, string | Buffer | object>>;

/** Folders for one test, gone after it. */
export function useFolders(): { make(files?: Files): Promise<string> } {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });
  return {
    async make(files = {}) {
      const folder = await mkdtemp(join(tmpdir(), 'backscroll-import-'));
      folders.push(folder);
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), bytesOf(content));
      }
      return folder;
    },
  };
}

/** Writes a zip. Names that yazl would refuse are written as others of the same length and changed afterwards. */
export async function makeZip(
  path: string,
  files: Files,
  options: { compress?: boolean; mode?: number } = {},
): Promise<string> {
  const zip = new ZipFile();
  const renamed: [Buffer, Buffer][] = [];
  for (const [name, content] of Object.entries(files)) {
    // A letter for each name, so that no stand-in is part of another.
    const letter = String.fromCharCode(65 + renamed.length);
    const stand = name.replace(/\.\.|\\|^\/|^C:/g, (refused) => letter.repeat(refused.length));
    if (stand !== name) renamed.push([Buffer.from(stand), Buffer.from(name)]);
    zip.addBuffer(bytesOf(content), stand, options);
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  for (const [from, to] of renamed) {
    for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) to.copy(bytes, at);
  }
  await writeFile(path, bytes);
  return path;
}

/** Writes a file of `bytes` bytes without holding it in memory. */
export async function makeLongFile(path: string, before: string, bytes: number, after: string): Promise<string> {
  async function* pieces() {
    yield before;
    const piece = 'x'.repeat(1024 ** 2);
    for (let left = bytes; left > 0; left -= piece.length) yield piece;
    yield after;
  }
  await pipeline(pieces, createWriteStream(path));
  return path;
}

function bytesOf(content: string | Buffer | object): Buffer {
  if (Buffer.isBuffer(content)) return content;
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content, undefined, 1));
}
