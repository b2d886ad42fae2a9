import type { Fragment } from './Fragment.ts';
import { fnv1a } from './hash.ts';
import type { PieceSize } from './Piece.ts';
import { packFragments } from './packFragments.ts';
import type { Section } from './sections.ts';
import { splitBlock } from './splitBlock.ts';

/** What becomes one piece: text of one section, or of several that share the sections in `path`. */
export interface Unit {
  /** The sections that all of it stands in, outermost first. */
  readonly path: readonly Section[];
  readonly parts: readonly Part[];
  /** Its text with the headings below `path`. */
  readonly tokens: number;
}

export interface Part {
  readonly path: readonly Section[];
  /** Absent for a heading with nothing of its own under it. */
  readonly fragment?: Fragment;
}

/**
 * Cuts a section and its subsections into units. A section that fits `target` with all its subsections is one unit.
 * Otherwise its own text and each subsection stand for themselves, except that small neighbours in it are merged. All
 * decisions look at one section and its neighbours only, so that a change elsewhere in the page leaves them alone.
 */
export function unitsOf(section: Section, parents: readonly Section[], size: PieceSize): Unit[] {
  const path = section.depth === 0 ? parents : [...parents, section];
  const own = packFragments(
    section.blocks.flatMap((block) => splitBlock(block, size)),
    size,
  );
  if (own.length === 0 && section.children.length === 0) {
    // The heading alone: it is told as text of its parent.
    return section.depth === 0 ? [] : [{ path: parents, parts: [{ path }], tokens: section.headingTokens }];
  }
  const ownUnits = own.map((fragment): Unit => ({ path, parts: [{ path, fragment }], tokens: fragment.tokens }));
  const inner = section.children.map((child) => unitsOf(child, path, size));
  const all = [...ownUnits, ...inner.flat()];
  const whole = mergeAll(all, path);
  // Own text that had to be cut stays cut: its parts were sized on purpose.
  if (own.length <= 1 && whole.tokens <= size.target && all.every((unit) => onOneSheet(unit, all[0]))) return [whole];
  const mergeable = new Set<Unit>(inner.filter((units) => units.length === 1).flat());
  const lastOwn = ownUnits.at(-1);
  if (lastOwn !== undefined) mergeable.add(lastOwn);
  return mergeNeighbours(all, mergeable, path, size);
}

function mergeNeighbours(
  units: readonly Unit[],
  mergeable: ReadonlySet<Unit>,
  path: readonly Section[],
  size: PieceSize,
): Unit[] {
  const merged: Unit[] = [];
  let open = false;
  for (const unit of units) {
    const last = merged.at(-1);
    const whole = mergeable.has(unit);
    const both = last === undefined ? undefined : mergeAll([last, unit], path);
    if (last !== undefined && both !== undefined && onOneSheet(last, unit)) {
      const least = Math.min(last.tokens, unit.tokens);
      const small =
        open && whole && least < size.target / 3 && both.tokens <= size.target && !isLandmark(unit, last, size);
      // A few words do not stand alone, whatever their neighbour is.
      const tiny = least < size.target / 8 && both.tokens <= size.max - 2 && !unit.parts[0]?.fragment?.repeats;
      if (small || tiny) {
        merged[merged.length - 1] = both;
        open &&= whole;
        continue;
      }
    }
    merged.push(unit);
    open = whole;
  }
  return merged;
}

/** Always, in a document that has no pages of paper. */
function onOneSheet(a: Unit, b: Unit | undefined): boolean {
  return a.parts.at(-1)?.path.at(-1)?.sheet === b?.parts[0]?.path.at(-1)?.sheet;
}

/** Where a row of small sections is cut whatever stands before: keeps the effect of an insertion local. */
function isLandmark(unit: Unit, before: Unit, size: PieceSize): boolean {
  return before.tokens >= size.target / 2 && fnv1a(unit.parts[0]?.path.at(-1)?.title ?? '') % 3 === 0;
}

function mergeAll(units: readonly Unit[], path: readonly Section[]): Unit {
  const parts = units.flatMap((unit) => unit.parts);
  let tokens = 0;
  let printed = path;
  for (const part of parts) {
    for (const section of headingsBetween(printed, part.path)) tokens += section.headingTokens;
    tokens += (part.fragment?.tokens ?? 0) + 1;
    printed = part.path;
  }
  return { path, parts, tokens };
}

/** The sections whose headings must be printed to get from one place of the page to the next. */
export function headingsBetween(from: readonly Section[], to: readonly Section[]): readonly Section[] {
  let shared = 0;
  while (shared < to.length && from[shared] === to[shared]) shared += 1;
  return to.slice(shared);
}
