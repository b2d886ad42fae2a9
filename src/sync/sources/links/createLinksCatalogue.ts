import type { Spaces } from '../../../store/spaces.ts';
import type { Catalogue } from '../Source.ts';
import { createLinksSource, type LinksDeps } from './createLinksSource.ts';

/** The documents linked in each space that has channels. */
export function createLinksCatalogue(deps: LinksDeps & { readonly spaces: Pick<Spaces, 'list'> }): Catalogue {
  return {
    kind: 'links',
    async sources() {
      const spaces = await deps.spaces.list();
      return spaces
        .filter(({ id }) => deps.links.count(id) > 0 || deps.links.waiting(id, 1).length > 0)
        .map(({ id, name }) => createLinksSource(id, name, deps));
    },
  };
}
