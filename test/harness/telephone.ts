import type { PageView } from '#respond/contract';
import type { Carried, Hook } from './carried.ts';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from './crew.ts';
import { createTwilioServer, type TwilioServer } from './twilio.ts';
import { createVonageServer, type VonageServer } from './vonage.ts';

/** Ann and Bob with real telephone numbers, and both providers. */
export type Telephony = Crew & {
  readonly twilio: TwilioServer;
  readonly vonage: VonageServer;
  readonly ann: Responder;
  readonly bob: Responder;
  readonly connect: (...providers: readonly ('twilio' | 'vonage')[]) => Promise<void>;
  /** Ann's number, verified; her ntfy topic comes ten minutes later. */
  readonly equipAnn: (kind: 'sms' | 'voice') => Promise<string>;
  /** Sends a provider's request to the product and lets it work. */
  readonly hear: (hook: Hook) => Promise<{ readonly status: number; readonly text: string }>;
  readonly pageOf: (alertId: string) => Promise<PageView>;
};

export const ANN = '+14155550100';
const PUBLIC_URL = 'https://allclear.example.com';

export async function createTelephony(): Promise<Telephony> {
  let workspaceId = '';
  let now = () => new Date();
  const inbound = (provider: string) => () => `${PUBLIC_URL}/hooks/${provider}/${workspaceId}/sms`;
  const twilio = await createTwilioServer(inbound('twilio'));
  const vonage = await createVonageServer(inbound('vonage'), () => now());
  const crew = await createCrew({
    env: { ALLCLEAR_TWILIO_URL: twilio.url, ALLCLEAR_VONAGE_URL: vonage.url, ALLCLEAR_PUBLIC_URL: PUBLIC_URL },
  });
  workspaceId = crew.workspaceId;
  now = crew.clock.now;
  const [ann, bob] = await hireAnnAndBob(crew);

  const hear: Telephony['hear'] = async ({ url, headers, body }) => {
    const { pathname, search } = new URL(url);
    const response = await crew.app.request(`${pathname}${search}`, { method: 'POST', headers, body });
    const text = await response.text();
    await crew.settle();
    return { status: response.status, text };
  };
  const settings = {
    twilio: () => ({
      provider: 'twilio',
      accountSid: twilio.accountSid,
      authToken: twilio.authToken,
      smsNumbers: twilio.numbers,
      voiceNumbers: twilio.numbers,
    }),
    vonage: () => ({
      provider: 'vonage',
      applicationId: vonage.applicationId,
      privateKey: vonage.privateKey,
      signatureSecret: vonage.signatureSecret,
      smsNumbers: vonage.numbers,
      voiceNumbers: vonage.numbers,
    }),
  };
  const codeIn = async (kind: 'sms' | 'voice') => {
    const last = newest(twilio.carried, vonage.carried);
    const hook = vonage.carried.includes(last) ? vonage.pickUp(last) : twilio.pickUp(last);
    const said = kind === 'sms' ? last.text : (await hear(hook)).text;
    return /\d(?:,? ?\d){5}/.exec(said)?.[0].replaceAll(/\D/g, '') ?? '';
  };
  return {
    ...crew,
    twilio,
    vonage,
    ann,
    bob,
    hear,
    async connect(...providers) {
      for (const provider of providers) await crew.ask('PUT', '/phone-settings', settings[provider]());
    },
    async equipAnn(kind) {
      const { id } = await ann.ask<{ id: string }>('POST', '/contact-methods', { kind, address: '+1 (415) 555-0100' });
      await crew.settle();
      await ann.ask('POST', `/contact-methods/${id}/verify`, { code: await codeIn(kind) });
      const rules = await ann.ask<{ items: { id: string; contactMethodId: string }[] }>('GET', '/notification-rules');
      for (const rule of rules.items.filter(({ contactMethodId }) => contactMethodId !== id))
        await ann.ask('PATCH', `/notification-rules/${rule.id}`, { delaySeconds: 600 });
      twilio.carried.length = 0;
      vonage.carried.length = 0;
      return id;
    },
    async pageOf(alertId) {
      const [page] = (await crew.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items;
      if (!page) throw new Error('no page');
      return page;
    },
    async end() {
      await crew.end();
      await twilio.close();
      await vonage.close();
    },
  };
}

/** The newest thing that any of the given lists has; fails when they are empty. */
export function newest(...lists: readonly (readonly Carried[])[]): Carried {
  const last = lists.flatMap((list) => list.at(-1) ?? []).at(0);
  if (!last) throw new Error('nothing went out');
  return last;
}
