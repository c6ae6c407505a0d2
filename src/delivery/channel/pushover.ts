import type { System } from '#platform/ctx.ts';
import { askJson, type JsonAnswer } from './ask-json.ts';
import type { Addressed, SendOutcome } from './channel.ts';
import type { ChatVendor } from './chat-vendor.ts';
import { textAt } from './json-at.ts';

/** How often the app rings while nobody acknowledges, and for how long; Pushover allows 30 s at least, 3 h at most. */
const RETRY_SECONDS = 60;
const EXPIRE_SECONDS = 3_600;
const MAX_MESSAGE = 1_024;
const MAX_TITLE = 250;
const MAX_URL = 512;

/** Pushover (https://pushover.net/api): an urgent page rings until it is acknowledged in the app, or over. */
export const pushover: ChatVendor<'pushover'> = {
  async send(system, addressed, { credentials }) {
    const form = { token: credentials.appToken, ...pushoverForm(system, addressed) };
    const { outcome, body } = await ask(system, 'messages.json', addressed.allowedTargets, form);
    return outcome.ok ? { ok: true, providerId: textAt(body, 'receipt') || null } : outcome;
  },
  /** Ends the ringing; every emergency message carries its delivery's id as its tag, duplicates as well. */
  async update(system, { delivery, message, allowedTargets }, { credentials }, { open }) {
    if (open || !isEmergency({ delivery, message })) return { ok: true, providerId: null };
    const path = `receipts/cancel_by_tag/${delivery.id}.json`;
    return (await ask(system, path, allowedTargets, { token: credentials.appToken })).outcome;
  },
  async check(system, _, { appToken }, allowedTargets) {
    const { outcome, body } = await ask(system, `apps/limits.json?token=${appToken}`, allowedTargets);
    if (!outcome.ok) return { ok: false, why: outcome.why };
    return { ok: true, account: 'Pushover', bot: `an application with ${textAt(body, 'remaining')} messages left` };
  },
};

/** What became of an emergency message: who acknowledged it in the app, or that nobody will any more. */
export type Receipt = { readonly acknowledgedBy: string | null; readonly expired: boolean };

/** Reads a receipt; null when Pushover did not say now. */
export async function readReceipt(system: System, addressed: Addressed, appToken: string): Promise<Receipt | null> {
  const path = `receipts/${addressed.delivery.providerId ?? ''}.json?token=${appToken}`;
  const { outcome, body } = await ask(system, path, addressed.allowedTargets);
  if (!outcome.ok) return outcome.permanent ? { acknowledgedBy: null, expired: true } : null;
  const acknowledged = textAt(body, 'acknowledged') === '1';
  return {
    acknowledgedBy: acknowledged ? textAt(body, 'acknowledged_by') : null,
    expired: textAt(body, 'expired') === '1',
  };
}

export function isEmergency({ delivery, message }: Pick<Addressed, 'delivery' | 'message'>): boolean {
  return delivery.purpose === 'page' && message.urgency === 'high';
}

/** The form of one message: priority 2 for an urgent page, 1 for anything else that is urgent, else 0. */
function pushoverForm(system: Pick<System, 'config'>, addressed: Addressed): Record<string, string> {
  const { delivery, message } = addressed;
  const emergency = isEmergency(addressed);
  return {
    user: delivery.address,
    title: message.subject.slice(0, MAX_TITLE).toWellFormed(),
    message: message.text.slice(0, MAX_MESSAGE).toWellFormed(),
    priority: emergency ? '2' : message.urgency === 'high' ? '1' : '0',
    timestamp: String(Math.floor(delivery.createdAt.getTime() / 1_000)),
    ...(message.url && message.url.length <= MAX_URL ? { url: message.url, url_title: 'Open in Allclear' } : {}),
    ...(emergency
      ? {
          retry: String(RETRY_SECONDS),
          expire: String(EXPIRE_SECONDS),
          tags: delivery.id,
          callback: `${system.config.publicUrl}/hooks/pushover/${delivery.workspaceId}/${delivery.id}`,
        }
      : {}),
  };
}

async function ask(
  system: System,
  path: string,
  allowedTargets: readonly string[],
  form?: Record<string, string>,
): Promise<JsonAnswer> {
  return askJson(system, {
    url: `${system.config.pushoverUrl}/${path}`,
    allowedTargets,
    ...(form ? { form } : {}),
    explain: (response, body) => explain(response.status, body),
  });
}

/** A refusal says in `errors` what is wrong with it. */
function explain(status: number, body: Readonly<Record<string, unknown>>): SendOutcome | null {
  const errors = Array.isArray(body['errors']) ? body['errors'].filter((one) => typeof one === 'string') : [];
  if (status < 400 || status >= 500 || status === 429 || errors.length === 0) return null;
  return { ok: false, permanent: true, why: `Pushover answered: ${errors.join('; ').slice(0, 300)}` };
}
