import type { Hono } from 'hono';
import type { System } from '#platform/ctx.ts';
import { type Answer, refusalOf, responseOf, tooLarge } from '../signal/answer.ts';
import { doorOf } from '../signal/door.ts';
import { MAX_INTAKE_BYTES } from '../signal/intake-body.ts';
import { readAtMost } from '../signal/oversized.ts';
import { createTicketIntake, findTicketSource } from './accept-ticket.ts';

/** `POST /intake/{key}/ticket`: what a help desk's webhook sends; 202 once it is committed. */
export function mountTickets(app: Hono, system: System): void {
  const accept = createTicketIntake(system);
  app.post('/intake/:key/ticket', async (c) => {
    const key = c.req.param('key');
    const read = await readAtMost(c.req.raw, MAX_INTAKE_BYTES);
    if (!read.ok) {
      const source = await findTicketSource(system, key).catch(() => null);
      if (source !== null) await doorOf(system).refuseSize(source, 'ticket', read);
      return responseOf(tooLarge());
    }
    const answer: Answer = await accept(key, read.bytes).then(
      (accepted) => ({ status: 202, type: 'application/json', body: JSON.stringify(accepted) }),
      (error: unknown) => refusalOf(system, error),
    );
    return responseOf(answer);
  });
}
