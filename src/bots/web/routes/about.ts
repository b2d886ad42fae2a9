import { Hono } from 'hono';
import { readableSources } from '../readableSources.ts';
import type { RouteDeps, WebEnv } from './WebEnv.ts';

const MOST_SUGGESTIONS = 6;

/** `GET /`: what can be asked and where it is looked for. */
export function aboutRoutes(deps: RouteDeps) {
  return new Hono<WebEnv>().get('/', async (c) => {
    const [spaces, sources, suggestions, status] = await Promise.all([
      deps.spaces.list(),
      readableSources(deps),
      deps.suggestions(),
      deps.status(),
    ]);
    return c.json({
      spaces: spaces.map(({ id, name }) => ({ id, name })),
      suggestions: suggestions.slice(0, MOST_SUGGESTIONS),
      // What the reader may not read is not counted either.
      status: { ...status, passages: sources.reduce((sum, { passages }) => sum + passages, 0) },
      questionCharacters: deps.questionCharacters,
    });
  });
}
