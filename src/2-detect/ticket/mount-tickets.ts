import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { System } from '#platform/ctx.ts';
import { type Answer, refusalOf, responseOf, tooLarge } from '../signal/answer.ts';
import { MAX_INTAKE_BYTES } from '../signal/intake-body.ts';
import { createTicketIntake } from './accept-ticket.ts';

/** `POST /intake/{key}/ticket`: what a help desk's webhook sends; 202 once it is committed. */
export function mountTickets(app: Hono, system: System): void {
  const accept = createTicketIntake(system);
  const limit = bodyLimit({ maxSize: MAX_INTAKE_BYTES, onError: () => responseOf(tooLarge()) });
  app.post('/intake/:key/ticket', limit, async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const answer: Answer = await accept(c.req.param('key'), bytes).then(
      (accepted) => ({ status: 202, type: 'application/json', body: JSON.stringify(accepted) }),
      (error: unknown) => refusalOf(system, error),
    );
    return responseOf(answer);
  });
}
