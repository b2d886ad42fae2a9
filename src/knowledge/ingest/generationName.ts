/** A generation of vectors in one word, as it stands in the names of collections. */
export function generationName({ embedder, dimensions }: { embedder: string; dimensions: number }): string {
  return `${embedder}-${dimensions}`;
}
