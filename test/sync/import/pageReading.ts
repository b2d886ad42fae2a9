import { readBytes, readerFor } from '../../../src/knowledge/read/readFileAs.ts';
import type { PageReading } from '../../../src/sync/import/PageReading.ts';

/** The real readers, in this thread. */
export const reading: PageReading = {
  canRead: (path) => readerFor(path) !== undefined,
  read: async (document) => readBytes(document.bytes, document),
};
