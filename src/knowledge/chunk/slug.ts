const DROPPED = /[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu;

/** The fragment that GitHub gives a heading: `Install on Linux!` is `install-on-linux`. */
export function slugOf(heading: string): string {
  return heading.toLowerCase().replace(DROPPED, '').replaceAll(' ', '-');
}

/** Slugs of one page, in order: the second `Usage` is `usage-1`. */
export function createSlugger(): (heading: string) => string {
  const taken = new Map<string, number>();
  return (heading) => {
    const base = slugOf(heading);
    let slug = base;
    let count = taken.get(base) ?? 0;
    while (taken.has(slug)) {
      count += 1;
      slug = `${base}-${count}`;
    }
    taken.set(base, count);
    taken.set(slug, taken.get(slug) ?? 0);
    return slug;
  };
}
