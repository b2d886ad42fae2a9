import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Binding } from './bindings.ts';
import { compareVersions } from './compareVersions.ts';

export interface ChosenBindings {
  /** Newest first: the first that loads is used. */
  readonly bindings: readonly Binding[];
  readonly whenNoneLoads: (why: string) => BackscrollError;
}

const meanwhile = 'until then the search goes by words only';

/**
 * The bindings that may open the data: an older Chroma cannot read, and may spoil, what a newer one wrote.
 * Throws `unavailable` when nothing is installed, `home` when all that is installed is older than the data.
 */
export function chooseBindings(installed: readonly Binding[], writtenBy: string | undefined): ChosenBindings {
  const [newest] = installed;
  if (newest === undefined) {
    throw new BackscrollError(
      'unavailable',
      `No Chroma server is installed for ${process.platform}-${process.arch}. Install the optional dependencies (\`npm ci\` without --omit=optional) or set CHROMA_URL to a server elsewhere; ${meanwhile}.`,
    );
  }
  const bindings = installed.filter(
    ({ version }) => writtenBy === undefined || compareVersions(version, writtenBy) >= 0,
  );
  if (writtenBy !== undefined && bindings.length === 0) throw tooNew(writtenBy, `the newest here is ${newest.version}`);
  return {
    bindings,
    whenNoneLoads: (why) => {
      const olderAreLeft = writtenBy !== undefined && bindings.length < installed.length;
      if (olderAreLeft) return tooNew(writtenBy, `that one does not run on this machine (${why})`);
      return new BackscrollError(
        'unavailable',
        `The Chroma server that is installed does not run on this machine (${why}). Set CHROMA_URL to one elsewhere; ${meanwhile}.`,
      );
    },
  };
}

function tooNew(writtenBy: string, but: string): BackscrollError {
  return new BackscrollError(
    'home',
    `The vectors in the home were written by Chroma ${writtenBy}, but ${but}, and an older one must not open them. Run it where the newer one runs, or remove the folder \`chroma\` in the home and run \`backscroll reindex\`; ${meanwhile}.`,
  );
}
