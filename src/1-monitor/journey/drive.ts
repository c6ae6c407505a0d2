import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { seconds } from '../check/describe-result.ts';
import { fault } from '../check/faults.ts';
import { NameServers } from '../check/name-servers.ts';
import { createResolver } from '../check/resolver.ts';
import type { CheckError } from '../check/spec.ts';
import { TargetGuards } from '../check/target-guards.ts';
import { decodeArgument, listIn, locatorOf, Refused } from './arguments.ts';
import { blameScript, type FailedCall } from './blame.ts';
import { LOCATOR_MATCHERS, LOOKS, type Matcher, PAGE_MATCHERS } from './calls.ts';
import {
  DRIVER_LIMITS,
  type JourneyEnd,
  type JourneyOrder,
  type JourneyProgress,
  type JourneyStage,
} from './driver-wire.ts';
import { describeCall } from './describe-call.ts';
import { expectSoon } from './expectations.ts';
import { type GuardedProxy, startGuardedProxy } from './guarded-proxy.ts';
import { keepTrace } from './keep-trace.ts';
import { maskOf } from './mask.ts';
import type { FromScript, ScriptError } from './messages.ts';
import { openBrowser } from './open-browser.ts';
import { killBelow, treeBytes } from './process-tree.ts';
import { readScript } from './read-script.ts';
import { Recorder, shortError } from './recorder.ts';
import { Scene } from './scene.ts';
import { startScript, type RunningScript } from './start-script.ts';

const WATCH_MS = 300;
/** Of a call as people read it, and of what became of it. */
const SHOWN_LENGTH = 200;
const TEXT_LENGTH = 4_000;

/** Makes one journey, from an empty profile to the last look at what failed. Never rejects. */
export async function drive(
  order: JourneyOrder,
  tell: (progress: JourneyProgress) => void,
  reach: (stage: JourneyStage) => Promise<void>,
): Promise<JourneyEnd> {
  const read = readScript(order.script);
  if (!read.ok) return refused(fault('invalid-spec', read.fault));
  const drive = new Drive(order, tell, reach);
  try {
    return await drive.run(read.source);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return refused(
      fault('engine', `the browser could not be used: ${message.split('\n').slice(0, 3).join(' ').slice(0, 600)}`),
    );
  } finally {
    drive.close();
  }
}

function refused(error: CheckError): JourneyEnd {
  return { error, tookMs: 0, steps: [], address: null, notes: [], picture: null, trace: null, unboxed: false };
}

class Drive {
  readonly #order: JourneyOrder;
  readonly #tell: (progress: JourneyProgress) => void;
  readonly #reach: (stage: JourneyStage) => Promise<void>;
  readonly #mask: (text: string) => string;
  readonly #notes: string[] = [];
  readonly #failed = new Map<number, FailedCall>();
  readonly #ended = new AbortController();
  /** `look`: whether a picture and the trace may be taken of it. */
  readonly #over = Promise.withResolvers<{ readonly error: CheckError | null; readonly look: boolean }>();
  #beganMs = performance.now();
  readonly #recorder = new Recorder(() => performance.now() - this.#beganMs);
  #script: RunningScript | null = null;
  #lastFault: CheckError | null = null;
  #scene: Scene | null = null;
  #proxy: GuardedProxy | null = null;
  #tests: readonly string[] = [];
  #test = -1;
  #running = 0;
  #opening: Promise<void> | null = null;
  #pictureMs = 0;

  constructor(
    order: JourneyOrder,
    tell: (progress: JourneyProgress) => void,
    reach: (stage: JourneyStage) => Promise<void>,
  ) {
    this.#order = order;
    this.#tell = tell;
    this.#reach = reach;
    this.#mask = maskOf(Object.values(order.secrets));
  }

  async run(source: string): Promise<JourneyEnd> {
    const { order } = { order: this.#order };
    const proxy = await startGuardedProxy({
      resolver: createResolver(new NameServers()),
      guards: new TargetGuards(),
      allowedTargets: order.allowedTargets,
      onTooMuch: () =>
        this.#cut(
          fault(
            'out-of-resources',
            `the pages moved more than ${DRIVER_LIMITS.networkBytes / 1_048_576} MB, which is what a journey may`,
          ),
        ),
    });
    this.#proxy = proxy;
    this.#script = startScript(order.account, {
      hear: (message) =>
        void this.#hear(message).catch((error: unknown) =>
          this.#stop(fault('invalid-spec', `the script said what no journey says: ${nameOf(error)}`)),
        ),
      gone: (why) => this.#stop(fault('invalid-spec', why)),
    });
    const { browser, unboxed } = await openBrowser(order, proxy.port);
    const watch = setInterval(() => this.#weigh(), WATCH_MS);
    try {
      this.#scene = new Scene(browser, order, {
        note: (text) => this.#note(text),
        dialog: (page, dialog, kind, message) => this.#script?.say({ type: 'dialog', page, dialog, kind, message }),
        left: (url) => this.#cut(fault('invalid-spec', `a page opened ${url.slice(0, 200)}, which is not of the web`)),
      });
      browser.on('disconnected', () => this.#stop(fault('engine', 'the browser ended in the middle of the journey')));
      this.#opening = this.#scene.open();
      await this.#opening;
      await this.#reach('running');
      this.#beganMs = performance.now();
      const timer = setTimeout(() => this.#timeUp(), order.timeoutMs);
      this.#script.say({ type: 'run', source, secrets: order.secrets });
      const { error, look } = await this.#over.promise;
      clearTimeout(timer);
      void this.#reach('over');
      return await this.#conclude(error, look, unboxed);
    } finally {
      clearInterval(watch);
      this.#ended.abort();
      await Promise.race([browser.close().catch(() => undefined), sleep(DRIVER_LIMITS.lastLookMs)]);
    }
  }

  close(): void {
    this.#script?.kill();
    this.#proxy?.close();
  }

  #stop(error: CheckError | null): void {
    this.#over.resolve({ error, look: true });
  }

  /** At once, with nothing kept of what it shows. */
  #cut(error: CheckError): void {
    this.#over.resolve({ error, look: false });
    killBelow(process.pid);
  }

  async #conclude(found: CheckError | null, look: boolean, unboxed: boolean): Promise<JourneyEnd> {
    const tookMs = performance.now() - this.#beganMs;
    this.#script?.kill();
    const error = found && shortError({ ...found, message: this.#mask(found.message) });
    if (error === null || this.#recorder.current !== null) this.#recorder.endAll(error);
    else this.#recorder.amend(error);
    if (error !== null) this.#recorder.skip(this.#tests.slice(this.#test + 1).map(this.#mask));
    const steps = this.#recorder.steps();
    // Expectations that are still looking look no more.
    this.#ended.abort();
    const proxy = this.#proxy;
    const host = URL.parse(this.#order.url)?.hostname.replace(/^\[|\]$/g, '') ?? '';
    const address = proxy?.addressOf(host) ?? proxy?.troubleWith(host)?.address ?? null;
    const picture = error === null || !look ? null : await this.#picture(60);
    const trace = error === null || !look ? null : await this.#trace();
    return { error, tookMs, steps, address, notes: this.#notes.map(this.#mask), picture, trace, unboxed };
  }

  async #hear(message: FromScript): Promise<void> {
    switch (message.type) {
      case 'call':
      case 'expect':
        return this.#serve(message);
      case 'step-begin':
        this.#recorder.begin(`step ${message.id}`, this.#mask(`${this.#prefix()}${String(message.name)}`));
        return this.#show();
      case 'step-end':
        this.#recorder.end(
          `step ${message.id}`,
          message.failed === true ? (this.#lastFault ?? fault('answer', 'it did not come to its end')) : null,
        );
        return this.#show();
      case 'tests':
        if (Array.isArray(message.names)) this.#tests = message.names.slice(0, 50).map(String);
        return;
      case 'test':
        this.#test += 1;
        // The first test may ask for another kind of context than the one that is open.
        if (this.#test > 0 || Object.keys(message.use ?? {}).length > 0)
          this.#opening = this.#scene?.open(message.use ?? {}) ?? null;
        return this.#opening?.catch((error: unknown) =>
          this.#stop(fault('invalid-spec', `test.use: ${String(error).slice(0, 300)}`)),
        );
      case 'listen':
        return this.#scene?.listen(message.page);
      case 'log':
        return this.#note(`script: ${String(message.text)}`);
      case 'done':
        return this.#done(message.error);
      default:
        return message satisfies never;
    }
  }

  /** With several tests, whose step it is. */
  #prefix(): string {
    const name = this.#tests[this.#test];
    return this.#tests.length > 1 && name !== undefined ? `${name} › ` : '';
  }

  #done(error: ScriptError | null): void {
    if (error === null) return this.#stop(null);
    const { proxy } = { proxy: this.#proxy };
    if (proxy === null) return;
    const line = typeof error.line === 'number' ? error.line : null;
    const call = typeof error.call === 'number' ? (this.#failed.get(error.call) ?? null) : null;
    const shown = { name: String(error.name), message: String(error.message), line, call: null };
    this.#stop(blameScript(shown, call, proxy));
  }

  async #serve(message: Extract<FromScript, { type: 'call' | 'expect' }>): Promise<void> {
    const scene = this.#scene;
    if (scene === null || this.#running >= DRIVER_LIMITS.callsAtOnce)
      return this.#stop(fault('invalid-spec', 'the script makes more calls at once than it may'));
    this.#running += 1;
    const shown = this.#mask(describeCall(message, scene)).slice(0, SHOWN_LENGTH);
    const act = message.type === 'expect' || !LOOKS.has(message.method);
    const key = `call ${message.id}`;
    if (act && !this.#recorder.inside) this.#recorder.begin(key, `${this.#prefix()}${shown}`);
    try {
      await this.#opening;
      const value =
        message.type === 'expect'
          ? await this.#expect(message, scene)
          : await scene.call(message.on, String(message.method), listIn(message.args));
      const answer = JSON.stringify(value);
      if (answer !== undefined && answer.length > DRIVER_LIMITS.answerBytes)
        throw new Refused(`${shown} gives more than a journey can take`);
      this.#recorder.end(key, null, statusOf(value));
      this.#script?.say({ type: 'answer', id: message.id, value, urls: scene.urls() });
    } catch (error) {
      const { name, message: text } = error instanceof Error ? error : new Error(String(error));
      const method = message.type === 'expect' ? 'expect' : String(message.method);
      const failed = { method, shown, message: this.#mask(text).slice(0, TEXT_LENGTH), name };
      this.#keepFailed(message.id, failed);
      if (this.#proxy !== null)
        this.#lastFault = blameScript(
          { name, message: failed.message, line: message.line, call: null },
          failed,
          this.#proxy,
        );
      this.#recorder.end(key, this.#lastFault);
      this.#script?.say({
        type: 'answer',
        id: message.id,
        error: { name, message: text.slice(0, 2_000) },
        urls: scene.urls(),
      });
    } finally {
      this.#running -= 1;
      if (act) this.#show();
    }
  }

  /** The last few: a script that fails on and on, and goes on, is remembered by no more than that. */
  #keepFailed(id: number, failed: FailedCall): void {
    this.#failed.delete(id);
    this.#failed.set(id, failed);
    for (const [oldest] of this.#failed) {
      if (this.#failed.size <= DRIVER_LIMITS.failedCalls) return;
      this.#failed.delete(oldest);
    }
  }

  async #expect(message: Extract<FromScript, { type: 'expect' }>, scene: Scene): Promise<undefined> {
    const { on, matcher, negated } = message;
    const known: readonly string[] = on.kind === 'page' ? PAGE_MATCHERS : on.kind === 'locator' ? LOCATOR_MATCHERS : [];
    if (!known.includes(matcher) || (on.kind !== 'page' && on.kind !== 'locator'))
      throw new Refused(`expect(${on.kind}).${matcher} is not available`);
    const locator: Locator | null = on.kind === 'locator' ? locatorOf(on, scene.page) : null;
    const options = typeof message.options === 'object' && message.options !== null ? message.options : {};
    const timeoutMs =
      'timeout' in options && typeof options.timeout === 'number' ? options.timeout : DRIVER_LIMITS.expectMs;
    const expected = listIn(message.expected).map((one) => decodeArgument(one, 'expect', scene.page, 0));
    const outcome = await expectSoon(
      {
        subject: { page: scene.page(on.page), locator },
        matcher: matcher as Matcher,
        negated: negated === true,
        expected,
        timeoutMs: Math.min(Math.max(timeoutMs, 0), this.#order.timeoutMs),
        base: this.#order.url,
      },
      this.#ended.signal,
    );
    if (!outcome.ok) throw Object.assign(new Error(outcome.message), { name: 'ExpectError' });
    return undefined;
  }

  #timeUp(): void {
    const within = `not finished within ${seconds(this.#order.timeoutMs)}`;
    const current = this.#recorder.current;
    if (this.#running > 0)
      return this.#stop(fault('timeout', `${within}${current === null ? '' : `, in the middle of “${current}”`}`));
    this.#stop(
      fault(
        'invalid-spec',
        `${within}: the script was busy by itself, without waiting for the page${current === null ? '' : ` (in “${current}”)`}`,
      ),
    );
  }

  #weigh(): void {
    if (treeBytes(process.pid) <= DRIVER_LIMITS.memoryBytes) return;
    this.#cut(
      fault(
        'out-of-resources',
        `browser and script needed more than ${DRIVER_LIMITS.memoryBytes / 1_048_576} MB of memory, which is what a journey may`,
      ),
    );
  }

  #note(text: string): void {
    const line = text.slice(0, 2_000).replace(/\s+/g, ' ').slice(0, 300);
    if (this.#notes.length < DRIVER_LIMITS.notes && !this.#notes.includes(line)) this.#notes.push(line);
  }

  #show(): void {
    if (!this.#order.watched || this.#ended.signal.aborted) return;
    this.#tell({ steps: this.#recorder.steps(), picture: null });
    const nowMs = performance.now();
    if (nowMs < this.#pictureMs) return;
    this.#pictureMs = Number.POSITIVE_INFINITY;
    void this.#picture(35).then((picture) => {
      this.#pictureMs = performance.now() + 500;
      if (picture !== null && !this.#ended.signal.aborted) this.#tell({ steps: this.#recorder.steps(), picture });
    });
  }

  /** What Playwright recorded, as it may be kept; null where that takes too long, as of a page that hangs. */
  async #trace(): Promise<Uint8Array | null> {
    const path = join(this.#order.folder, 'trace.zip');
    const written = Promise.try(() => this.#scene?.writeTrace(path)).then(
      () => true,
      () => false,
    );
    if (!(await Promise.race([written, sleep(DRIVER_LIMITS.lastLookMs, false)]))) return null;
    const file = await readFile(path).catch(() => null);
    return file === null ? null : keepTrace(file, this.#mask, DRIVER_LIMITS.traceBytes);
  }

  async #picture(quality: number): Promise<Uint8Array | null> {
    const page = this.#scene?.latest ?? null;
    if (page === null) return null;
    const timeout = DRIVER_LIMITS.lastLookMs;
    const late = sleep(timeout, null);
    for (const tried of [quality, quality / 2, quality / 4]) {
      const taken = await Promise.race([
        page.screenshot({ type: 'jpeg', quality: Math.round(tried), scale: 'css', timeout }).catch(() => null),
        late,
      ]);
      if (taken === null || taken.length <= DRIVER_LIMITS.pictureBytes) return taken;
    }
    return null;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : 'it failed';
}

function statusOf(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('$response' in value)) return null;
  const { status } = value.$response as { status?: unknown };
  return typeof status === 'number' ? status : null;
}
