/** What the script's process and the driver say to each other: a JSON object a line, on the pipes of the process. */

/** One link in the chain that leads from a page to a locator. */
export type Link = readonly [maker: string, ...args: readonly unknown[]];

/** Whom a call is for. */
export type On =
  | { readonly kind: 'page'; readonly page: number }
  | { readonly kind: 'keyboard' | 'mouse'; readonly page: number }
  | { readonly kind: 'locator'; readonly page: number; readonly chain: readonly Link[] }
  | { readonly kind: 'context' }
  | { readonly kind: 'dialog'; readonly dialog: number };

export type FromScript =
  | {
      readonly type: 'call';
      readonly id: number;
      readonly on: On;
      readonly method: string;
      readonly args: readonly unknown[];
      readonly line: number | null;
    }
  | {
      readonly type: 'expect';
      readonly id: number;
      readonly on: On;
      readonly matcher: string;
      readonly negated: boolean;
      readonly expected: unknown;
      readonly options: unknown;
      readonly line: number | null;
    }
  | { readonly type: 'step-begin'; readonly id: number; readonly name: string; readonly line: number | null }
  | { readonly type: 'step-end'; readonly id: number; readonly failed: boolean }
  /** The tests that were found, and the one that begins: each has a browser context of its own. */
  | { readonly type: 'tests'; readonly names: readonly string[] }
  | { readonly type: 'test'; readonly index: number; readonly use: Readonly<Record<string, unknown>> }
  | { readonly type: 'listen'; readonly page: number }
  | { readonly type: 'log'; readonly text: string }
  | { readonly type: 'done'; readonly error: ScriptError | null };

export interface ScriptError {
  readonly name: string;
  readonly message: string;
  readonly line: number | null;
  /** The call that failed, when one did: the driver knows more of it. */
  readonly call: number | null;
}

export type ToScript =
  | {
      readonly type: 'run';
      readonly source: string;
      readonly secrets: Readonly<Record<string, string>>;
    }
  | {
      readonly type: 'answer';
      readonly id: number;
      readonly value?: unknown;
      readonly error?: { readonly name: string; readonly message: string };
      /** Of every page, by its number. */
      readonly urls: Readonly<Record<string, string>>;
    }
  | {
      readonly type: 'dialog';
      readonly page: number;
      readonly dialog: number;
      readonly kind: string;
      readonly message: string;
    };
