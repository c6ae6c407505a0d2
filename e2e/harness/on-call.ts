import { createTeam, listUsers } from '#access/contract';
import type { Client } from '#client';
import { createEscalationPolicy } from '#respond/contract';

/** A team with somebody in it, one with nobody, and a policy with everything that a policy can say. */
export async function staffOnCall(client: Client): Promise<void> {
  const { items } = await client.call(listUsers, { query: { limit: 200 } });
  const userIds = items.map(({ id }) => id);
  const payments = await client.call(createTeam, { body: { name: 'Payments and settlement, all regions', userIds } });
  const ghosts = await client.call(createTeam, { body: { name: 'فريق الدفع', userIds: [] } });
  await client.call(createEscalationPolicy, {
    body: {
      name: 'Payments, by turns and by the hour of the day',
      steps: [
        {
          targets: [{ kind: 'team', teamId: payments.id }],
          ask: 'round-robin',
          delaySeconds: 300,
          onlyHours: 'business',
        },
        { targets: [{ kind: 'team', teamId: ghosts.id }], delaySeconds: 90, onlyUrgency: 'high' },
        { userIds: userIds.slice(0, 1), delaySeconds: 3_600, untilBusinessHours: true },
      ],
      repeatCount: 1,
      acknowledgement: 'all',
      acknowledgeTimeoutSeconds: 1_800,
      fallback: [{ kind: 'team', teamId: payments.id }],
    },
  });
}
