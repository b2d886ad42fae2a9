import { z } from 'zod';
import { method } from '../Method.ts';

/** Socket Mode begins here. */
export function appMethods(ticket: () => string) {
  return {
    'apps.connections.open': method({
      tier: 3,
      token: 'app',
      scopes: ['connections:write'],
      args: z.object({}),
      run: () => ({ url: ticket() }),
    }),
  };
}
