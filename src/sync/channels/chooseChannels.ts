export interface ChannelChoice {
  /** `open`: only those that everybody may read. */
  readonly which: 'all' | 'open';
  /** Names, `*` for any letters; `#` may be left out. */
  readonly names: readonly string[];
  /** Names in the same way, or ids. */
  readonly except: readonly string[];
}

/** Whether the config wants a channel to be synced. */
export function createChannelChoice(choice: ChannelChoice) {
  const wanted = choice.names.map(patternOf);
  const unwanted = choice.except.map(patternOf);
  return ({ id, name, isOpen }: { readonly id: string; readonly name: string; readonly isOpen: boolean }): boolean => {
    const plain = name.replace(/^#/, '');
    if (choice.which === 'open' && !isOpen) return false;
    if (choice.except.includes(id) || unwanted.some((pattern) => pattern.test(plain))) return false;
    return choice.names.includes(id) || wanted.some((pattern) => pattern.test(plain));
  };
}

function patternOf(name: string): RegExp {
  const parts = name
    .replace(/^#/, '')
    .split('*')
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'iu');
}
