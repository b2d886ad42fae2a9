import { Hono } from 'hono';
import type { RouteDeps, WebEnv } from './WebEnv.ts';

const MOST_SUGGESTIONS = 6;

/** `GET /`: what can be asked and where it is looked for. */
export function aboutRoutes(deps: RouteDeps) {
  return new Hono<WebEnv>().get('/', async (c) => {
    const [spaces, suggestions, status] = await Promise.all([deps.spaces.list(), deps.suggestions(), deps.status()]);
    return c.json({
      spaces: spaces.map(({ id, name }) => ({ id, name })),
      suggestions: suggestions.slice(0, MOST_SUGGESTIONS),
      status,
      questionCharacters: deps.questionCharacters,
    });
  });
}
