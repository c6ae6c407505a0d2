import type { Context } from 'hono';
import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import { readRawBody } from '../answer/read-body.ts';
import { type PhoneProvider, phoneProvider } from '../phone-setting/contract.ts';
import { readPhoneSetting } from '../phone-setting/read-phone-settings.ts';
import type { PhoneVendor } from './vendor.ts';
import { proveRequest, vendorOf } from './vendors.ts';

/** A request whose signature proves that a workspace's provider sent it. */
export type ProvedRequest = {
  readonly provider: PhoneProvider;
  readonly workspaceId: string;
  readonly vendor: PhoneVendor<PhoneProvider>;
  readonly body: Readonly<Record<string, unknown>>;
};

/** Null when the signature does not fit, or nobody has connected that provider here. */
export async function provedRequest(system: System, c: Context): Promise<ProvedRequest | null> {
  const provider = phoneProvider.safeParse(c.req.param('provider')).data;
  const workspaceId = c.req.param('workspaceId') ?? '';
  const raw = await readRawBody(c);
  if (provider === undefined || raw === null) return null;
  const setting = await readPhoneSetting(system.read({ actor: systemActor(provider), workspaceId }), provider);
  if (!setting) return null;
  const { pathname, search } = new URL(c.req.url);
  const url = `${system.config.publicUrl}${pathname}${search}`;
  const request = { url, header: (name: string) => c.req.header(name) ?? '', body: raw };
  const body = proveRequest(request, setting.credentials, system.clock.now());
  return body && { provider, workspaceId, vendor: vendorOf(provider), body };
}

export function refuseRequest(c: Context): Response {
  return c.text('The signature does not fit.\n', 403);
}
