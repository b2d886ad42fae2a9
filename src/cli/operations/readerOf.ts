import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Reader } from '../../knowledge/Reader.ts';
import type { Spaces } from '../../store/spaces.ts';

/**
 * For whom a command reads: what everybody may read in each space, or in the one that `--space` names, or what one
 * person of it may read.
 */
export async function readerOf(
  spaces: Spaces,
  { space, as }: { readonly space?: string | undefined; readonly as?: string | undefined },
): Promise<Reader> {
  const all = await spaces.list();
  const chosen = space === undefined ? all : [await spaceNamed(spaces, space)];
  if (as === undefined) return { kind: 'everybody', spaces: chosen.map(({ id }) => id) };
  const found: { space: string; personId: string }[] = [];
  for (const { id } of chosen) {
    const person = await spaces.findPerson(id, as);
    if (person) found.push({ space: id, personId: person.id });
  }
  const [first, second] = found;
  if (!first) {
    const where = space === undefined ? 'any space' : `the space ${space}`;
    throw new BackscrollError('not-found', `Nobody in ${where} is called "${as}". Use an id, a handle or a full name.`);
  }
  if (second) {
    throw new BackscrollError('usage', `"${as}" is somebody in several spaces. Say which with --space.`);
  }
  return { kind: 'person', ...first };
}

/** The space of a name or id. @throws BackscrollError `not-found`, naming those there are */
async function spaceNamed(spaces: Spaces, name: string) {
  const found = await spaces.find(name);
  if (found) return found;
  const names = (await spaces.list()).map((space) => space.name);
  const known = names.length > 0 ? `There are: ${names.join(', ')}.` : 'Nothing has been imported yet.';
  throw new BackscrollError('not-found', `There is no space called "${name}". ${known}`);
}
