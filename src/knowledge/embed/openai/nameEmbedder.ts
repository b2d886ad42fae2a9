import { createHash } from 'node:crypto';

/** All that decides which vector a text gets. */
export interface VectorRecipe {
  readonly model: string;
  readonly dimensions: number | undefined;
  readonly maxInputTokens: number;
  readonly queryPrefix: string;
  readonly passagePrefix: string;
}

const maxSlugLength = 60;

/**
 * The id of an embedder, such as `openai-text-embedding-3-small-1536`. What the readable part does not say (prefixes,
 * another limit, letters that are not allowed) goes into six hexadecimal digits at its end: a new recipe is a new id.
 */
export function nameEmbedder({ model, dimensions, ...rest }: VectorRecipe): string {
  const name = model.toLowerCase();
  const slug = name.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const isPlain = rest.queryPrefix === '' && rest.passagePrefix === '' && rest.maxInputTokens === 8191;
  const parts = ['openai', slug.slice(0, maxSlugLength).replace(/-$/, ''), dimensions];
  if (!isPlain || slug !== name || slug.length > maxSlugLength) {
    const text = JSON.stringify([model, rest.queryPrefix, rest.passagePrefix, rest.maxInputTokens]);
    parts.push(createHash('sha256').update(text).digest('hex').slice(0, 6));
  }
  return parts.filter((part) => part !== undefined && part !== '').join('-');
}
