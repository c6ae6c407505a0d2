import { setTimeout as sleep } from 'node:timers/promises';
import { percentiles, startInstance } from './instance-bed.ts';

/**
 * How long the proof of 30 days takes for 1,000 schedules, each asked by a policy of its own, and how long "who is on call"
 * takes at 200 questions a second. Prints one JSON line. `--schedules 1000`.
 */

const PER_SECOND = 200;
const SECONDS = 10;
const AT_ONCE = 8;
const PEOPLE = 12;
const at = process.argv.indexOf('--schedules');
const SCHEDULES = at === -1 ? 1_000 : Number(process.argv[at + 1]);

const bed = await startInstance();
try {
  const userIds = await hire();
  const scheduleIds = await inTurns(SCHEDULES, (n) => makeSchedule(n, userIds));
  const serviceIds = await inTurns(SCHEDULES, (n) => makePolicy(n, scheduleIds[n] ?? '', userIds));
  const proofs: number[] = [];
  for (let round = 0; round < 3; round++) {
    const startedMs = performance.now();
    const { findings, schedules } = await bed.ask<{ findings: object[]; schedules: number }>('POST', '/coverage/prove');
    if (schedules !== SCHEDULES || findings.length === 0) throw new Error(`looked at ${schedules} schedules`);
    proofs.push((performance.now() - startedMs) / 1_000);
  }
  const questions = await askSteadily((n) =>
    bed.ask('GET', `/oncall?severity=SEV1&serviceId=${serviceIds[n % SCHEDULES]}`),
  );
  const line = {
    bench: 'coverage',
    schedules: SCHEDULES,
    policies: SCHEDULES + 1,
    days: 30,
    proofSeconds: proofs.map((seconds) => Number(seconds.toFixed(2))),
    onCall: { perSecond: PER_SECOND, seconds: SECONDS, ...questions },
    peer: 'none in this run',
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
} finally {
  await bed.end();
}

async function hire(): Promise<string[]> {
  for (let n = 1; n < PEOPLE; n++) {
    const { url } = await bed.ask<{ url: string }>('POST', '/invites', { role: 'member' });
    const body = { name: `Person ${n}`, email: `person-${n}@example.com`, password: 'bench bench bench' };
    await bed.ask('POST', `/invite-links/${url.split('/').at(-1)}/accept`, body);
  }
  const { items } = await bed.ask<{ items: { id: string }[] }>('GET', '/users?limit=200');
  return items.map(({ id }) => id);
}

/** Some by the week, some by the day with nights of their own, some by hours of the day only, so that there are gaps. */
async function makeSchedule(n: number, userIds: readonly string[]): Promise<string> {
  const turns = Array.from({ length: 4 }, (_, turn) => ({ userIds: [userIds[(n + turn) % userIds.length] ?? ''] }));
  const layer = { name: 'Turns', beginsAt: '2026-01-05T09:00', turns };
  const kinds = [
    [{ ...layer, rotation: { kind: 'weekly', every: 1 } }],
    [{ ...layer, rotation: { kind: 'daily', every: 1 } }],
    [
      {
        ...layer,
        rotation: { kind: 'daily', every: 1 },
        restrictions: [{ days: [1, 2, 3, 4, 5], start: '08:00', end: '20:00' }],
      },
    ],
  ];
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'];
  const { id } = await bed.ask<{ id: string }>('POST', '/schedules', {
    name: `Schedule ${n}`,
    timeZone: zones[n % zones.length],
    layers: kinds[n % kinds.length],
  });
  return id;
}

async function makePolicy(n: number, scheduleId: string, userIds: readonly string[]): Promise<string> {
  const { id } = await bed.ask<{ id: string }>('POST', '/escalation-policies', {
    name: `Policy ${n}`,
    steps: [
      { targets: [{ kind: 'schedule', scheduleId }], delaySeconds: 300 },
      { userIds: [userIds[n % userIds.length]], delaySeconds: 300 },
    ],
  });
  const service = await bed.ask<{ id: string }>('POST', '/services', { name: `Service ${n}`, escalationPolicyId: id });
  return service.id;
}

async function inTurns<Made>(count: number, make: (n: number) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < count; n = next++) made[n] = await make(n);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return made;
}

/** Asks at a steady rate, whether the answers keep up or not, and measures from when each was due. */
async function askSteadily(ask: (n: number) => Promise<unknown>) {
  const samples: number[] = [];
  const asked: Promise<void>[] = [];
  const startMs = performance.now();
  for (let n = 0; n < PER_SECOND * SECONDS; n++) {
    const dueMs = startMs + (n * 1_000) / PER_SECOND;
    const early = dueMs - performance.now();
    if (early > 1) await sleep(early);
    asked.push(ask(n).then(() => void samples.push(performance.now() - dueMs)));
  }
  await Promise.all(asked);
  return percentiles(samples);
}
