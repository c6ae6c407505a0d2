import type { Browser, BrowserContext, Dialog, Page, Response } from 'playwright-core';
import { decodeArgument, locatorOf, Refused } from './arguments.ts';
import { CALLS, CONTEXT_OPTIONS, WAITED_EVENTS } from './calls.ts';
import { DRIVER_LIMITS, type JourneyOrder } from './driver-wire.ts';
import type { On } from './messages.ts';

const SCREENS = {
  desk: { viewport: { width: 1_280, height: 720 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
} as const;

/** What somebody who looks on hears of a page. */
export interface Hears {
  readonly note: (text: string) => void;
  readonly dialog: (page: number, dialog: number, kind: string, message: string) => void;
  /** A page shows what is not of the web. */
  readonly left: (url: string) => void;
}

/** The browser's side of a script: its context, its pages by number, and what it may call of them. */
export class Scene {
  readonly #browser: Browser;
  readonly #order: JourneyOrder;
  readonly #hears: Hears;
  readonly #pages: Page[] = [];
  readonly #dialogs: Dialog[] = [];
  #context: BrowserContext | null = null;
  #base: string;

  constructor(browser: Browser, order: JourneyOrder, hears: Hears) {
    this.#browser = browser;
    this.#order = order;
    this.#base = order.url;
    this.#hears = hears;
  }

  /** A context with one page; the one before is closed. `use`: what the test asks for. */
  async open(use: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.#context?.close();
    this.#pages.length = 0;
    const wanted = Object.fromEntries(CONTEXT_OPTIONS.flatMap((name) => (name in use ? [[name, use[name]]] : [])));
    // Where addresses begin is resolved here and nowhere else, so what was judged is what is opened.
    this.#base = webAddress(String(use['baseURL'] ?? this.#order.url), this.#order.url);
    const context = await this.#browser.newContext({
      locale: 'en-GB',
      timezoneId: 'UTC',
      ...SCREENS[this.#order.screen],
      ...wanted,
      baseURL: this.#base,
      ignoreHTTPSErrors: this.#order.skipVerification,
      acceptDownloads: false,
    });
    this.#context = context;
    context.setDefaultTimeout(DRIVER_LIMITS.actionMs);
    context.setDefaultNavigationTimeout(this.#order.timeoutMs);
    context.on('page', (page) => this.#take(page));
    await context.tracing.start({ snapshots: true, screenshots: true });
    await context.newPage();
  }

  /** What was recorded of the context that is open, as a zip in this file. */
  async writeTrace(path: string): Promise<void> {
    await this.#context?.tracing.stop({ path });
  }

  /** The page that somebody would look at. */
  get latest(): Page | null {
    return this.#pages.findLast((page) => !page.isClosed()) ?? null;
  }

  urls(): Record<string, string> {
    return Object.fromEntries(this.#pages.map((page, number) => [String(number), page.url()]));
  }

  page = (number: number): Page => {
    const page = Number.isInteger(number) ? this.#pages[number] : undefined;
    if (page === undefined) throw new Refused('there is no such page');
    return page;
  };

  /** Whose method it is. Refuses what is on no list. */
  async call(on: On, method: string, given: readonly unknown[]): Promise<unknown> {
    const known: readonly string[] | undefined = Object.hasOwn(CALLS, on.kind) ? CALLS[on.kind] : undefined;
    if (known === undefined || !known.includes(method)) throw new Refused(`${on.kind}.${method} is not available`);
    const args = given.map((arg) => decodeArgument(arg, method, this.page, 0));
    if (method === 'goto') args[0] = webAddress(String(args[0]), this.#base);
    if (method === 'newPage' && this.#pages.length >= DRIVER_LIMITS.pages)
      throw new Refused(`a journey has at most ${DRIVER_LIMITS.pages} pages`);
    if (method === 'waitForEvent' && !WAITED_EVENTS.includes(args[0] as never))
      throw new Refused(`waitForEvent('${String(args[0])}') is not available`);
    const thing = this.#thingOf(on) as Record<string, (...args: unknown[]) => unknown>;
    return this.#encode(await thing[method]?.(...args));
  }

  #thingOf(on: On): unknown {
    switch (on.kind) {
      case 'page':
        return this.page(on.page);
      case 'keyboard':
      case 'mouse':
        return this.page(on.page)[on.kind];
      case 'locator':
        return locatorOf(on, this.page);
      case 'context':
        return this.#context;
      case 'dialog': {
        const dialog = this.#dialogs[on.dialog];
        if (dialog === undefined) throw new Refused('there is no such dialog');
        return dialog;
      }
      default:
        return on satisfies never;
    }
  }

  #take(page: Page): void {
    if (this.#pages.length >= DRIVER_LIMITS.pages) return void page.close().catch(() => undefined);
    this.#pages.push(page);
    page.on('framenavigated', (frame) => {
      if (!isShown(frame.url())) this.#hears.left(frame.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') this.#hears.note(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.#hears.note(`error in the page: ${error.message}`));
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? 'it failed';
      if (why !== 'net::ERR_ABORTED') this.#hears.note(`${request.method()} ${request.url()}: ${why}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400)
        this.#hears.note(`${response.request().method()} ${response.url()}: status ${response.status()}`);
    });
  }

  /** From now on the script answers the dialogs of a page; before, they are dismissed. */
  listen(number: number): void {
    this.page(number).on('dialog', (dialog) => {
      if (this.#dialogs.length >= 100) return void dialog.dismiss().catch(() => undefined);
      this.#dialogs.push(dialog);
      this.#hears.dialog(number, this.#dialogs.length - 1, dialog.type(), dialog.message());
    });
  }

  /** As the script gets it: pages by number, responses as what they say, everything else only as JSON has it. */
  async #encode(value: unknown): Promise<unknown> {
    if (typeof value !== 'object' || value === null) return value;
    const number = this.#pages.indexOf(value as Page);
    if (number >= 0) return { $page: number };
    if (isResponse(value)) {
      const [status, statusText, url, ok] = [value.status(), value.statusText(), value.url(), value.ok()];
      return { $response: { status, statusText, url, ok, headers: value.headers() } };
    }
    if ('_guid' in value) return undefined;
    return value;
  }
}

function isResponse(value: object): value is Response {
  return 'status' in value && 'statusText' in value && typeof value.status === 'function';
}

/** The whole address. A page is on the web: no file of the machine, no page of the browser itself. */
function webAddress(asked: string, base: string): string {
  const url = URL.parse(asked, base);
  if (url === null) throw new Refused(`“${asked.slice(0, 200)}” is not an address`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:' && url.href !== 'about:blank')
    throw new Refused(`${url.protocol} addresses cannot be opened; a journey stays on the web (http, https)`);
  return url.href;
}

/** Of the web, made by a page of it, or what Chromium shows where there is nothing. */
const SHOWN = new Set(['http:', 'https:', 'about:', 'data:', 'blob:', 'chrome-error:']);

function isShown(address: string): boolean {
  const url = URL.parse(address);
  return url === null || SHOWN.has(url.protocol);
}
