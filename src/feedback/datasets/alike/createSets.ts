/** Sets that grow together (union-find). A set is named by its smallest member, so the outcome has no order. */
export interface Sets {
  find(item: number): number;
  join(a: number, b: number): void;
}

export function createSets(count: number): Sets {
  const parents = Int32Array.from({ length: count }, (_, item) => item);

  function find(item: number): number {
    let root = item;
    while (parents[root] !== root) root = parents[root] as number;
    for (let at = item; at !== root; ) {
      const next = parents[at] as number;
      parents[at] = root;
      at = next;
    }
    return root;
  }

  return {
    find,
    join(a, b) {
      const [low, high] = [find(a), find(b)].sort((x, y) => x - y) as [number, number];
      parents[high] = low;
    },
  };
}
