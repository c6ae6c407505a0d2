import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import type { Io } from '../io.ts';
import { clockFinding } from './database.ts';
import { fail, type Finding, ok, reason, warn } from './finding.ts';

const TIMEOUT_MS = 5_000;

export type ServerAnswer = { readonly answers: boolean; readonly findings: readonly Finding[] };

/** Whether the server is there, and whether its clock is ours. */
export async function askServer(io: Io, url: string): Promise<ServerAnswer> {
  const before = Date.now();
  try {
    const response = await io.fetch(`${url}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const ready = response.ok && (await response.text()).startsWith('ready');
    if (!ready)
      return {
        answers: false,
        findings: [fail('server', `${url} answers, but not as a ready Allclear (HTTP ${response.status}).`)],
      };
    const date = Date.parse(response.headers.get('date') ?? '');
    // The Date header counts whole seconds.
    const clock = Number.isNaN(date)
      ? []
      : [clockFinding('server clock', 'the server', date, before - 1_000, Date.now())];
    return { answers: true, findings: [ok('server', `${url} is ready`), ...clock] };
  } catch {
    return { answers: false, findings: [warn('server', `${url} does not answer; is the server running?`)] };
  }
}

/** Links in mails and on phones lead to the public URL: it must be reachable, and not only from here. */
export async function checkPublicUrl(io: Io, publicUrl: string, serverAnswers: boolean): Promise<Finding> {
  const check = 'public URL';
  const { protocol, hostname } = new URL(publicUrl);
  if (isLoopback(hostname))
    return warn(
      check,
      `${publicUrl} works on this machine only, so links in mails do not work on a phone. Set ALLCLEAR_PUBLIC_URL.`,
    );
  try {
    const addresses = await lookup(hostname, { all: true });
    if (serverAnswers) {
      const response = await io.fetch(`${publicUrl}/healthz`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (!response.ok)
        return fail(check, `${publicUrl} answers HTTP ${response.status}. Check the proxy in front of Allclear.`);
    }
    const where = `${publicUrl}, ${addresses.map((one) => one.address).join(', ')}`;
    return protocol === 'https:'
      ? ok(check, where)
      : warn(check, `${where}: passwords and sessions travel unencrypted. Put HTTPS in front.`);
  } catch (error) {
    return fail(
      check,
      `${publicUrl} cannot be reached from here: ${reason(error)}. Check ALLCLEAR_PUBLIC_URL and its DNS.`,
    );
  }
}

/** What fails together with Allclear, and would then be told to nobody: monitored hosts on this machine, address or domain. */
export async function checkSharedFate(publicUrl: string, monitoredUrls: readonly string[]): Promise<Finding> {
  const check = 'shared fate';
  const hosts = [...new Set(monitoredUrls.flatMap((url) => URL.parse(url)?.hostname ?? []))];
  if (hosts.length === 0) return ok(check, 'nothing is monitored yet');
  const here = ownAddresses();
  const publicHost = new URL(publicUrl).hostname;
  const publicAddresses = new Set(await addressesOf(publicHost));
  const shared: string[] = [];
  for (const host of hosts) {
    const addresses = await addressesOf(host);
    if (addresses.some((address) => here.has(address))) shared.push(`${host} runs on this machine`);
    else if (addresses.some((address) => publicAddresses.has(address)))
      shared.push(`${host} has the same address as ${publicHost}`);
    else if (!isLoopback(publicHost) && domainOf(host) === domainOf(publicHost))
      shared.push(`${host} shares the domain ${domainOf(host)} with ${publicHost}`);
  }
  if (shared.length === 0)
    return ok(check, `none with ${hosts.length} monitored ${hosts.length === 1 ? 'host' : 'hosts'}`);
  return warn(
    check,
    `${shared.join('; ')}. When that fails, Allclear may fail with it: run it elsewhere, or let something else watch it.`,
  );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || host.startsWith('127.');
}

function ownAddresses(): ReadonlySet<string> {
  return new Set(Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map((one) => one.address)));
}

async function addressesOf(host: string): Promise<string[]> {
  const found = await lookup(host.replace(/^\[|\]$/g, ''), { all: true }).catch(() => []);
  return found.map((one) => one.address);
}

/** The last two labels; an address is its own domain. Public suffixes of two labels make this too wide, never too narrow. */
function domainOf(host: string): string {
  return /^[\d.]+$|:/.test(host) ? host : host.split('.').slice(-2).join('.');
}
