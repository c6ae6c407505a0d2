import type { Context } from 'hono';
import { DAY_MS } from '#kernel/duration.ts';
import type { System } from '#platform/ctx.ts';
import { sameText } from '#platform/secrets.ts';
import { readAnswer } from '../channel/answers.ts';
import { objectAt, textAt } from '../channel/json-at.ts';
import { mattermostNames, type PressClaim, pressToken } from '../channel/mattermost.ts';
import { placeOf } from '../channel/place.ts';
import { hearButton } from './hear-button.ts';
import { parseObject, readRawBody } from './read-body.ts';

const TOO_OLD = 'This button is too old. Open the page.';

/**
 * What Mattermost sends when a button is pressed. It signs nothing: only Mattermost knows the token of a button, which is
 * taken once and for a day, as long as tokens that were taken are remembered.
 */
export async function hearMattermost(system: System, c: Context): Promise<Response> {
  const workspaceId = c.req.param('workspaceId') ?? '';
  const body = parseObject((await readRawBody(c)) ?? '') ?? {};
  const context = objectAt(body, 'context');
  const token = textAt(context, 'token');
  const claim = readClaim(context);
  if (claim === null || !sameText(token, pressToken(system.secrets, workspaceId, claim)))
    return c.json({ error: { message: 'The token of this button does not fit.' } }, 401);
  if (system.clock.now().getTime() - Number.parseInt(claim.round, 10) >= DAY_MS)
    return c.json({ ephemeral_text: TOO_OLD });
  const [id, name] = [textAt(body, 'post_id'), textAt(body, 'user_name').toLowerCase()];
  const post = `${textAt(body, 'channel_id')}:${id}`;
  const said = await hearButton(system, {
    workspaceId,
    kind: 'mattermost',
    deliveryId: claim.deliveryId,
    answer: claim.answer,
    key: token,
    // A direct channel has one person in it; who was known by name may press before we know which channel that is.
    isTheirs: ({ address, providerId }) => providerId === post || (name !== '' && address === name),
    isThere: (delivery) => placeOf(delivery) === textAt(body, 'channel_id'),
    addresses: [name],
    otherAddresses: () => mattermostNames(system, workspaceId, textAt(body, 'user_id')),
  });
  return c.json({ ephemeral_text: said });
}

function readClaim(context: Readonly<Record<string, unknown>>): PressClaim | null {
  const answer = readAnswer(context['answer']);
  if (answer === null) return null;
  return { answer, deliveryId: textAt(context, 'deliveryId'), round: textAt(context, 'round') };
}
