import type { Client } from '#client';
import { createLocation, createProbe, postMonitor } from '#monitor/contract';

const LOAD = { checksRunning: 3, resultsDropped: 0, latenessP99Ms: 4, rssBytes: 141_557_760 };

/**
 * Places with probes of each state, and a port that is asked from all of them: the probes are played by messages as a
 * real one sends them. Answers with the monitor.
 */
export async function askFromElsewhere(client: Client, url: string): Promise<string> {
  const add = (name: string, allowedTargets: string[] = []) =>
    client.call(createLocation, { body: { name, allowedTargets } });
  const places = [
    await add('Frankfurt am Main, second row'),
    await add('São Paulo'),
    await add('غرفة الخوادم', ['10.20.0.0/16', 'fd00:12::/48']),
  ];
  await add('Nobody is here yet');
  const monitor = await client.call(postMonitor, {
    body: {
      kind: 'tcp',
      name: 'Mail of the branch office',
      group: 'Europe/Shop, and what customers see of it/שירות',
      tags: ['mail', 'branch office in the south', 'داخلي'],
      url: 'tcp://mail.branch.example.org:587',
      options: { expect: '220 ' },
      locations: places.map(({ id }) => id),
      confirm: { failures: 1, recoveries: 1, locations: 2 },
    },
  });
  for (const [index, { id, name }] of places.entries()) {
    const { token } = await client.call(createProbe, { params: { id }, body: { name: `${name} 1` } });
    const say = (path: string, body: object) =>
      fetch(`${url}/probe/v1/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const load = { ...LOAD, monitors: 1, resultsWaiting: index * 1_240 };
    await say('assignment', { version: '0.1.0', load, have: null });
    await say('results', { results: checks(monitor.id, index === 1) });
    await client.call(createProbe, { params: { id }, body: { name: `${name} 2, spare` } });
  }
  return monitor.id;
}

function checks(monitorId: string, breaks: boolean) {
  const beginMs = Math.floor(Date.now() / 30_000) * 30_000 - 20 * 30_000;
  return Array.from({ length: 20 }, (_, n) => {
    const down = breaks && n > 16;
    const totalMs = down ? 2_000 : 40 + ((n * 37) % 60);
    return {
      monitorId,
      dueAtMs: beginMs + n * 30_000,
      startedAtMs: beginMs + n * 30_000 + 2,
      latenessMs: 2,
      outcome: down ? 'down' : 'up',
      totalMs,
      phases: { dnsMs: 3, tcpMs: 22, tlsMs: null, firstByteMs: totalMs - 25, transferMs: 0 },
      status: null,
      address: '203.0.113.25',
      certificateExpiresAtMs: null,
      failures: [],
      error: down ? { kind: 'timeout', message: '“220 ” did not come in time, nor anything else' } : null,
      evidence: null,
    };
  });
}
