/** https://discord.com/developers/docs/components/reference, as far as we use it. */
export type Component = Readonly<Record<string, unknown>>;

/** How the custom ids of our buttons, modals and menus begin. */
export const VOTE = 'vote:';
export const SHOULD = 'should:';
export const SERVER = 'server:';
export const SHOULD_INPUT = 'should';

/** Discord's own limit for what is typed into a modal. */
const TYPED_CHARACTERS = 4_000;

export function row(components: readonly Component[]): Component {
  return { type: 1, components };
}

export function linkButton(label: string, url: string): Component {
  return { type: 2, style: 5, label, url };
}

/** "What should it have said?", with a place to write it. */
export function shouldModal(answerId: string, title: string, label: string, placeholder: string): Component {
  const input = {
    type: 4,
    custom_id: SHOULD_INPUT,
    style: 2,
    label,
    placeholder,
    required: false,
    max_length: TYPED_CHARACTERS,
  };
  return { custom_id: `${SHOULD}${answerId}`, title, components: [row([input])] };
}

export function serverMenu(
  messageId: string,
  servers: readonly { readonly id: string; readonly name: string }[],
): Component {
  const options = servers.slice(0, 25).map(({ id, name }) => ({ label: name.slice(0, 100) || id, value: id }));
  return row([{ type: 3, custom_id: `${SERVER}${messageId}`, options }]);
}
