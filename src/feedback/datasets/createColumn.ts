/** Numbers one behind the other, to which more are added at the end; as properties of objects they would take ten times the memory. */
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
  let numbers: Int32Array | Float64Array = new kind(AT_FIRST);
  let length = 0;

  function grow(least: number): void {
    const larger = new kind(Math.max(numbers.length * 2, least));
    larger.set(numbers);
    numbers = larger;
  }

  return {
    get length() {
      return length;
    },
    push(number) {
      if (length === numbers.length) grow(length + 1);
      numbers[length++] = number;
    },
    append(more) {
      if (length + more.length > numbers.length) grow(length + more.length);
      numbers.set(more, length);
      length += more.length;
    },
    at: (place) => numbers[place] as number,
    set(place, number) {
      numbers[place] = number;
    },
  };
}
