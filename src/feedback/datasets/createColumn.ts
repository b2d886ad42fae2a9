/** Numbers one behind the other, to which more are added at the end; as properties of objects they would take ten times the memory. */
export interface Column {
  readonly length: number;
  push(number: number): void;
  at(place: number): number;
}

const AT_FIRST = 1024;

/** @param kind `Int32Array` where that is enough */
export function createColumn(kind: Int32ArrayConstructor | Float64ArrayConstructor): Column {
  let numbers: Int32Array | Float64Array = new kind(AT_FIRST);
  let length = 0;

  return {
    get length() {
      return length;
    },
    push(number) {
      if (length === numbers.length) {
        const larger = new kind(length * 2);
        larger.set(numbers);
        numbers = larger;
      }
      numbers[length++] = number;
    },
    at: (place) => numbers[place] as number,
  };
}
