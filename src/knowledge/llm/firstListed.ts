import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Model } from './Model.ts';

/**
 * A model that nobody named: the first one that the server lists, looked up at the first question and kept.
 * @param list the server's models
 * @param create makes the model of a name
 */
export function firstListed(list: (signal: AbortSignal) => Promise<string[]>, create: (name: string) => Model): Model {
  let found: Model | undefined;
  return {
    get name() {
      return found?.name ?? 'the first model that the server lists';
    },
    async *stream(request) {
      if (!found) {
        const [name] = await list(request.signal);
        if (!name) throw new BackscrollError('refused', 'The model server lists no models. Set OPENAI_MODEL.');
        found = create(name);
      }
      yield* found.stream(request);
    },
  };
}
