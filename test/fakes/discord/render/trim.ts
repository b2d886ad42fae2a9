import type { Json, State } from '../State.ts';

/** Leaves the optional fields out where the server is one of the sparse ones, as many of those that others wrote are. */
export function trim(state: State, whole: Json, optional: readonly string[]): Json {
  if (state.sparse.objects === 'full') return whole;
  const left = { ...whole };
  for (const key of optional) delete left[key];
  return left;
}
