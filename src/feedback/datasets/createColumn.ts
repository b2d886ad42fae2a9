/** Numbers one behind the other, to which more are added at the end: nothing for the collector of garbage to walk over. */
export interface Column {
  readonly length: number;
  push(number: number): void;
  /** Adds all of these. */
  append(more: ArrayLike<number>): void;
  at(place: number): number;
  set(place: number, number: number): void;
}

const AT_FIRST = 1024;

/** @param kind `Int32Array` where that is enough */
export function createColumn(kind: Int32ArrayConstructor | Float64ArrayConstructor): Column {
  return new Numbers(kind);
}

// A class, since its methods are the same functions for every column of every dataset: V8 puts them in place of their
// calls, which closures made anew for each do not get.
class Numbers implements Column {
  length = 0;
  readonly #kind: Int32ArrayConstructor | Float64ArrayConstructor;
  #numbers: Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

  constructor(kind: Int32ArrayConstructor | Float64ArrayConstructor) {
    this.#kind = kind;
    this.#numbers = new kind(AT_FIRST);
  }

  push(number: number): void {
    if (this.length === this.#numbers.length) this.#grow(this.length + 1);
    this.#numbers[this.length++] = number;
  }

  append(more: ArrayLike<number>): void {
    const length = this.length + more.length;
    if (length > this.#numbers.length) this.#grow(length);
    this.#numbers.set(more, this.length);
    this.length = length;
  }

  at(place: number): number {
    return this.#numbers[place] as number;
  }

  set(place: number, number: number): void {
    this.#numbers[place] = number;
  }

  #grow(least: number): void {
    const length = Math.max(this.#numbers.length * 2, least);
    // Moved, so that the smaller one is no garbage.
    this.#numbers = new this.#kind(this.#numbers.buffer.transfer(length * this.#kind.BYTES_PER_ELEMENT));
  }
}

/** Lists by a small number, each made when something is first put into it. */
export interface Lists {
  readonly at: (number: number) => readonly number[];
  add(number: number, item: number): void;
}

/** @param count what all numbers are below */
export function createLists(count: number): Lists {
  const lists = new Array<number[] | undefined>(count).fill(undefined);
  return {
    at: (number) => lists[number] ?? NONE,
    add(number, item) {
      const list = lists[number];
      if (list) list.push(item);
      else lists[number] = [item];
    },
  };
}

const NONE: readonly number[] = [];
