import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startCheckEngine } from '../check/engine-client.ts';
import type { CheckSpec } from '../check/spec.ts';
import { DRIVER_LIMITS, type JourneyEnd, type JourneyOrder } from './driver-wire.ts';
import { openBrowser } from './open-browser.ts';
import { descendants } from './process-tree.ts';
import { runJourney, type WantedJourney } from './run-journey.ts';
import { Scene } from './scene.ts';
import { SCRIPT_FLAGS } from './start-script.ts';
import { openShopSite, type ShopSite } from '#test/harness/shop-site.ts';
import { waitFor } from '#test/harness/wait-for.ts';

let shop: ShopSite;
beforeAll(async () => {
  shop = await openShopSite();
});
afterAll(() => shop.close());
afterEach(() => expect(descendants(process.pid).length, 'no process is left').toBe(0));

function usualOrder(script: string): WantedJourney {
  return {
    script,
    secrets: {},
    url: shop.url,
    screen: 'desk',
    skipVerification: false,
    timeoutMs: 20_000,
    allowedTargets: ['127.0.0.0/8'],
    chromium: '/usr/bin/chromium',
    watched: false,
  };
}

function go(script: string, given: Partial<JourneyOrder> = {}): Promise<JourneyEnd> {
  return runJourney({ ...usualOrder(script), ...given }, () => undefined);
}

/** What a script logs, line by line. */
const logged = ({ notes }: JourneyEnd) =>
  notes.filter((note) => note.startsWith('script: ')).map((note) => note.slice('script: '.length));

describe('a hostile script', () => {
  it('reaches nothing of the process that runs it', async () => {
    const end = await go(`
const tries = {
  require: () => require('node:fs'),
  import: () => import('node:fs'),
  function: () => new Function('return process')(),
  constructor: () => (async () => {}).constructor('return process')(),
  eval: () => eval('process.kill'),
  thing: () => page.constructor,
  call: () => page.goto.constructor('return process')(),
  kill: () => process.kill(1, 0),
  binding: () => process.binding('fs'),
  env: () => JSON.stringify(process.env),
  fetch: () => fetch('http://127.0.0.1/'),
  wasm: () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
  stack: () => {
    Error.prepareStackTrace = (_, frames) => frames.map((frame) => [frame.getThis(), frame.getFunction()]);
    const found = new Error().stack.flat().filter((one) => one !== undefined);
    Error.prepareStackTrace = undefined;
    return String(found.some((one) => one?.constructor?.constructor !== Function && typeof one === 'object' && one !== globalThis));
  },
  caller: () => String((function () { return arguments.callee; })()),
};
for (const [name, attempt] of Object.entries(tries)) {
  try { console.log(name + ': ' + (await attempt())); } catch (error) { console.log(name + ' ! ' + error.message); }
}`);
    expect(end.error).toBeNull();
    const code = 'Code generation from strings disallowed for this context';
    expect(logged(end)).toEqual([
      'require ! the module node:fs is not available in a journey',
      expect.stringMatching(/^import ! A dynamic import callback was not specified/),
      `function ! ${code}`,
      `constructor ! ${code}`,
      `eval ! ${code}`,
      'thing ! page.constructor is not available in a journey',
      `call ! ${code}`,
      'kill ! process.kill is not a function',
      'binding ! process.binding is not a function',
      'env: {}',
      'fetch ! fetch is not defined',
      expect.stringMatching(/^wasm ! .*Wasm code generation disallowed/),
      'stack: false',
      expect.stringMatching(/^caller ! 'caller', 'callee', and 'arguments'/),
    ]);
  });

  it('would reach nothing even outside of its realm: files, sockets, programs, threads, signals, databases', async () => {
    const disarm = new URL('./disarm.ts', import.meta.url).href;
    const attempts = `
const load = (name) => import('node:' + name);
const before = {};
for (const name of ['fs', 'net', 'dgram', 'child_process', 'worker_threads', 'wasi', 'inspector', 'sqlite', 'os'])
  before[name] = await load(name);
const { disarm } = await import(${JSON.stringify(disarm)});
const kill = typeof process.kill;
disarm();
const tries = {
  read: () => before.fs.readFileSync('/etc/passwd'),
  write: () => before.fs.writeFileSync('/tmp/allclear-escaped', 'x'),
  list: () => before.fs.readdirSync('/'),
  connect: () => new Promise((resolve, reject) => before.net.connect(22, '127.0.0.1').on('connect', resolve).on('error', reject)),
  listen: () => new Promise((resolve, reject) => before.net.createServer().on('error', reject).listen(0, resolve)),
  datagram: () => new Promise((resolve, reject) => { const s = before.dgram.createSocket('udp4'); s.on('error', reject); s.send('x', 9, '127.0.0.1', (e) => (e ? reject(e) : resolve())); }),
  program: () => before.child_process.execFileSync('/bin/true'),
  thread: () => new before.worker_threads.Worker('1', { eval: true }),
  wasi: () => new before.wasi.WASI({ version: 'preview1' }),
  inspector: () => before.inspector.open(0),
  kill: () => process.kill(1, 0),
  debug: () => process._debugProcess(1),
  binding: () => process.binding('fs'),
  native: () => process.dlopen({ exports: {} }, '/x.node'),
  builtin: () => process.getBuiltinModule('fs'),
  account: () => process.setuid(0),
  database: () => load('sqlite'),
  ffi: () => load('ffi'),
};
const open = [];
for (const [name, attempt] of Object.entries(tries)) { try { await attempt(); open.push(name); } catch {} }
process.stdout.write(JSON.stringify({ kill, open }));`;
    const flags = SCRIPT_FLAGS.filter((flag) => !flag.startsWith('--disallow'));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...flags, '--input-type=module', '-e', `${attempts}`],
      { env: {} },
    );
    expect(JSON.parse(stdout)).toEqual({ kill: 'function', open: [] });
    expect(existsSync('/tmp/allclear-escaped')).toBe(false);
  });

  it('that never ends is ended, and is no fault of the page', async () => {
    const end = await go("await page.goto('/');\nfor (;;);", { timeoutMs: 5_000 });
    expect(end.error?.kind).toBe('invalid-spec');
    expect(end.error?.message).toMatch(/the script was busy by itself/);
    expect(end.tookMs).toBeLessThan(8_000);
  });

  it.each([
    ['objects', 'const all = []; for (;;) all.push(new Array(1e5).fill({}));', 'invalid-spec', /more than 64 MB/],
    ['bytes', 'const all = []; for (;;) all.push(new Uint8Array(1e7).fill(1));', 'out-of-resources', /768 MB/],
    ['calls', 'for (let i = 0; i < 500; i += 1) page.title();', 'invalid-spec', /more calls at once/],
    ['one long call', "await page.fill('x', 'y'.repeat(5e6));", 'invalid-spec', /more at once than it may/],
    [
      'an answer',
      "await page.goto('/'); await page.evaluate(() => 'x'.repeat(5e6));",
      'invalid-spec',
      /more than a journey can take/,
    ],
    ['pages', 'for (let i = 0; i < 9; i += 1) await page.context().newPage();', 'invalid-spec', /at most 5 pages/],
    [
      'memory of a page',
      "await page.goto('/eat'); await page.waitForTimeout(9000);",
      'out-of-resources',
      /768 MB|crashed/,
    ],
  ])('that takes too much is ended: %s', async (_what, script, kind, message) => {
    const end = await go(script);
    expect(end.error?.kind).toBe(kind);
    expect(end.error?.message).toMatch(message);
  });

  it('sees no file of the machine in the browser', async () => {
    const end = await go(
      `
for (const url of ['file:///etc/passwd', 'chrome://version', 'view-source:${shop.url}', 'data:text/html,x', 'javascript:1', 'about:gpu']) {
  try { await page.goto(url); console.log('opened ' + url); } catch (error) { console.log(error.message.slice(0, 40)); }
}
let tried = 0;
for (const start of [() => page.goto('/'), () => page.goto('about:blank'), () => page.setContent('<p>x')]) {
  await start();
  await page.evaluate(() => { location.href = 'file:///etc/passwd'; });
  await page.waitForTimeout(300);
  await page.evaluate(() => { open('file:///etc/passwd'); });
  await page.waitForTimeout(300);
  tried += 1;
  console.log(tried + page.url().slice(0, 5) + ' ' + ((await page.content()).includes('root:') ? 'read' : 'not read'));
}
await page.setContent('<iframe src="file:///etc/passwd"></iframe>');
await page.waitForTimeout(300);
console.log((await page.frameLocator('iframe').locator('html').innerHTML({ timeout: 1000 }).catch(() => '')).includes('root:') ? 'read' : 'closed');
`,
      { timeoutMs: 30_000 },
    );
    expect(end.error).toBeNull();
    const lines = logged(end);
    expect(lines.slice(0, 6)).toEqual(Array(6).fill(expect.stringMatching(/^[a-z-]+: addresses cannot be opened/)));
    expect(lines.slice(6, 9)).toEqual(Array(3).fill(expect.stringMatching(/^\d(?!file).* not read$/)));
    expect(lines.at(-1)).toBe('closed');
  });

  it.each([
    '{"type":"log","text":{"toString":1}}',
    '{"type":"listen","page":99}',
    '{"type":"call","on":null}',
    '{"type":"done","error":{"name":{"toString":1}}}',
  ])('that says what no script says is ended: %s', async (said) => {
    const end = await go(`JSON.stringify = () => ${JSON.stringify(said)};\nconsole.log('x');\nfor (;;);`);
    expect(end.error?.kind).toBe('invalid-spec');
    expect(end.error?.message).toMatch(/said what no journey says/);
  });

  it('is gone when its driver is', async () => {
    const journey = go("await page.goto('/');\nfor (;;);");
    const driver = await waitFor(
      'the script and the browser',
      () => {
        const [first] = descendants(process.pid);
        const all = first === undefined ? [] : descendants(first);
        return all.length > 6 && all.some(isScript) ? first : undefined;
      },
      30_000,
    );
    const family = descendants(driver);
    process.kill(driver, 'SIGKILL');
    expect((await journey).error?.kind).toBe('engine');
    await waitFor('every process to end', () => (family.every((pid) => !isRunning(pid)) ? true : undefined), 10_000);
  });

  it('that keeps the driver busy with a pattern is ended in its time', async () => {
    let beganMs = 0;
    const end = await runJourney({ ...usualOrder(STUCK), timeoutMs: 8_000, watched: true }, () => {
      if (beganMs === 0) beganMs = performance.now();
    });
    expect(end.error).toEqual({
      kind: 'invalid-spec',
      message: expect.stringMatching(/^not finished within 8 s: a pattern of the script took all the time/),
    });
    expect(end.steps[0]?.name).toBe('setContent');
    expect(performance.now() - beganMs).toBeLessThan(8_000 + DRIVER_LIMITS.stuckMs + 1_500);
  });

  it('opens no file by what a test asks of its pages', async () => {
    const goes = (base: string, path: string) =>
      go(`
test.use({ baseURL: '${base}' });
test('x', async ({ page }) => {
  await page.goto('${path}');
  console.log(page.url());
  console.log((await page.content()).includes('root:') ? 'read' : 'not read');
});`);
    const file = await goes('file:///etc/', 'passwd');
    expect(file.error).toEqual({
      kind: 'invalid-spec',
      message: expect.stringMatching(/^test\.use: .*file: addresses cannot be opened/),
    });
    expect([logged(file), file.picture]).toEqual([[], null]);
    const web = await goes(shop.url, 'hello');
    expect(logged(web)).toEqual([new URL('hello', shop.url).href, 'not read']);
  });

  it('is noticed when a page shows a file all the same', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'scene-'));
    const order = { ...usualOrder(''), folder, account: null };
    const { browser } = await openBrowser(order, 9);
    const left = Promise.withResolvers<string>();
    const scene = new Scene(browser, order, { note() {}, dialog() {}, left: left.resolve });
    await scene.open();
    await scene.page(0).goto('data:text/html,x');
    await scene.page(0).goto('file:///etc/hosts');
    expect(await left.promise).toBe('file:///etc/hosts');
    await browser.close();
    await rm(folder, { recursive: true });
  });

  it.runIf(process.getuid?.() === 0)('runs in no process of root, and the browser in its own sandbox', async () => {
    const journey = go("await page.goto('/');\nawait page.waitForTimeout(1500);");
    const owners = await waitFor(
      'the browser',
      () => {
        const [driver] = descendants(process.pid);
        const all = driver === undefined ? [] : descendants(driver);
        const uids = all.map((pid) => /^Uid:\s+(\d+)\s+(\d+)/m.exec(readStatus(pid))?.slice(1).join());
        return uids.length > 4 ? uids : undefined;
      },
      30_000,
    );
    const end = await journey;
    expect(end.error).toBeNull();
    expect(end.unboxed).toBe(false);
    expect(owners.filter((uids) => uids !== undefined && uids.includes('0,'))).toEqual([]);
  });
});

describe('a hostile page', () => {
  it('reaches no address that the workspace has not allowed', async () => {
    const end = await go(
      `
const urls = ['http://169.254.169.254/latest/meta-data/', 'http://10.0.0.1/', 'http://[::1]:${new URL(shop.url).port}/', 'http://192.168.0.1/', 'http://[fd00:ec2::254]/'];
await page.goto('/');
for (const url of urls) {
  console.log(await page.evaluate((one) => fetch(one, { mode: 'no-cors' }).then(() => 'reached ' + one, () => 'refused'), url));
}
console.log(await page.evaluate(() => new Promise((resolve) => { const ws = new WebSocket('ws://10.0.0.1/'); ws.onerror = () => resolve('refused'); ws.onopen = () => resolve('reached'); })));
await page.goto('http://169.254.169.254/');`,
    );
    expect(logged(end)).toEqual(['refused']);
    expect(end.error).toEqual({
      kind: 'target-not-allowed',
      message:
        'line 8: goto http://169.254.169.254/: 169.254.169.254 is a cloud metadata address, and those are never checked',
    });
  });

  it('reaches loopback only where that is allowed', async () => {
    const end = await go("await page.goto('/');", { allowedTargets: [] });
    expect(end.error?.kind).toBe('target-not-allowed');
    expect(end.address).toBe('127.0.0.1');
  });

  it('sends no datagram past the proxy: WebRTC, WebTransport, QUIC, names', async () => {
    const socket = createSocket('udp4');
    let heard = 0;
    socket.on('message', () => {
      heard += 1;
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    const end = await go(`
await page.goto('/');
console.log(await page.evaluate(async (port) => {
  const rtc = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:' + port }] });
  rtc.createDataChannel('x');
  const gathered = new Promise((resolve) => { rtc.onicegatheringstatechange = () => rtc.iceGatheringState === 'complete' && resolve(); });
  await rtc.setLocalDescription(await rtc.createOffer());
  try { await new WebTransport('https://127.0.0.1:' + port + '/').ready; } catch {}
  await fetch('https://127.0.0.1:' + port + '/').catch(() => {});
  await gathered;
  return 'tried ' + rtc.iceGatheringState;
}, ${port}));`);
    socket.close();
    expect(logged(end)[0]).toMatch(/^tried /);
    expect(heard).toBe(0);
  });
});

it('is no fault of the page when there is no room for its files', async () => {
  vi.stubEnv('TMPDIR', '/nowhere');
  const end = await go("await page.goto('/');").finally(() => vi.unstubAllEnvs());
  expect(end.error).toEqual({
    kind: 'engine',
    message: expect.stringMatching(/^the journey could not be prepared: ENOENT/),
  });
});

it('lets one of a workspace wait to be tried, and not two', async () => {
  const engine = startCheckEngine({ onResults: async () => {}, log: { info() {}, warn() {}, error() {} } });
  const script = "await step('wait', () => page.waitForTimeout(50000));";
  const asked: Promise<unknown>[] = [];
  const ask = (workspaceId: string, watch?: () => void) => {
    const spec = { ...journeySpec(script), workspaceId };
    const answer = engine.checkNow(spec, { alone: true, ...(watch === undefined ? {} : { watch }) });
    asked.push(answer.catch(() => undefined));
    return answer;
  };
  // Both browsers are taken.
  for (let i = 0; i < 2; i += 1)
    await new Promise<void>((begun) => {
      void ask('wrk_a', begun);
    });
  void ask('wrk_a');
  await expect(ask('wrk_a')).rejects.toMatchObject({ code: 'limit', retryAfterSeconds: 10 });
  void ask('wrk_b');
  await expect(ask('wrk_b')).rejects.toMatchObject({ code: 'limit' });
  await engine.stop();
  await Promise.all(asked);
  await waitFor('every process to end', () => descendants(process.pid).length === 0, 10_000);
});

function journeySpec(script: string): CheckSpec {
  return {
    monitorId: 'mon_test',
    workspaceId: 'wrk_test',
    kind: 'journey',
    url: new URL('hang', shop.url).href,
    options: { script, secrets: {}, screen: 'desk', skipVerification: false },
    intervalMs: 60_000,
    timeoutMs: 60_000,
    assertions: [],
    allowedTargets: ['127.0.0.0/8'],
    paused: false,
  };
}

/** As long as it takes to try every way of cutting 60 letters into words. */
const STUCK = `await page.setContent('<p>${'a'.repeat(60)}b</p>');
await expect(page.locator('p')).toHaveText(/^(a+)+$/);`;

it.each([
  ['', "await page.goto('/');\nawait page.waitForTimeout(50000);", () => true],
  // Its own start takes less.
  [' while the driver is busy with a pattern', STUCK, (driver: number) => processorSeconds(driver) > 4],
] as const)('leaves no browser when the engine is killed%s', async (_when, script, isReady) => {
  const engine = startCheckEngine({ onResults: async () => {}, log: { info() {}, warn() {}, error() {} } });
  const asked = engine.checkNow(journeySpec(script));
  const enginePid = engine.stats().pid ?? 0;
  const family = await waitFor(
    'the browser',
    () => {
      const all = descendants(enginePid);
      return all.length > 6 && all.some(isScript) && isReady(all[0] ?? 0) ? all : undefined;
    },
    30_000,
  );
  process.kill(enginePid, 'SIGKILL');
  await waitFor('every process to end', () => (family.every((pid) => !isRunning(pid)) ? true : undefined), 30_000);
  expect((await asked).outcome).toBe('unknown');
  await engine.stop();
});

function isScript(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('journey/script-process.ts');
  } catch {
    return false;
  }
}

/** proc_pid_stat(5): its 14th and 15th field, in ticks of 10 ms. */
function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) / 100;
}

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

function isRunning(pid: number): boolean {
  return /^State:\s+[^ZX]/m.test(readStatus(pid));
}
