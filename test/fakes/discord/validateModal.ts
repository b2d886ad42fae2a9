import { invalidForm, type Problems, tooLong } from './Refused.ts';
import type { Json } from './State.ts';

/** A modal: https://docs.discord.com/developers/interactions/receiving-and-responding#modal */
export function validateModal(data: Json): void {
  const problems: Problems = {};
  const { custom_id: customId, title, components = [] } = data;
  if (typeof customId !== 'string' || customId === '') problems['data.custom_id'] = ['BASE_TYPE_REQUIRED', 'Required.'];
  if (typeof title !== 'string' || title === '') problems['data.title'] = ['BASE_TYPE_REQUIRED', 'Required.'];
  tooLong(problems, 'data.custom_id', customId, 100);
  tooLong(problems, 'data.title', title, 45);
  if (components.length < 1 || components.length > 5) {
    problems['data.components'] = ['BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.'];
  }
  for (const [i, input] of modalInputs(data).entries()) {
    tooLong(problems, `data.components.${i}.label`, input.label, 45);
    tooLong(problems, `data.components.${i}.placeholder`, input.placeholder, 100);
    tooLong(problems, `data.components.${i}.value`, input.value, 4000);
  }
  if (Object.keys(problems).length > 0) throw invalidForm(problems);
}

/** The inputs of a modal, in rows or under labels. */
export function modalInputs(data: Json): readonly Json[] {
  return (data.components ?? []).flatMap((row: Json) => (row.component ? [row.component] : (row.components ?? [])));
}
