/** Gives each of some things, known by their keys, a small number of its own, and remembers which are new. */
export interface Numbering<T> {
  /** @param make the thing itself, when it is met for the first time */
  of(key: string, make: () => T): number;
  /** Those met since this was asked last, in the order of their numbers. */
  met(): T[];
}

export function createNumbering<T>(): Numbering<T> {
  const numbers = new Map<string, number>();
  let met: T[] = [];
  return {
    of(key, make) {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      const number = numbers.size;
      numbers.set(key, number);
      met.push(make());
      return number;
    },
    met() {
      const found = met;
      met = [];
      return found;
    },
  };
}
