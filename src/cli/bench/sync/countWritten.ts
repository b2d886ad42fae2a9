import type { App } from '../../../main.ts';

/** Counts from now on what an app writes to Chroma, and how many passages it embeds. */
export function countWritten(app: Pick<App, 'vectors' | 'embedder'>) {
  const written = { vectors: 0, passages: 0 };
  const { upsert } = app.vectors.index;
  app.vectors.index.upsert = (collection, rows) => {
    written.vectors += rows.length;
    return upsert(collection, rows);
  };
  const { embed } = app.embedder;
  app.embedder.embed = (texts, options) => {
    if (options.kind === 'passage') written.passages += texts.length;
    return embed(texts, options);
  };
  return written;
}
