import { describe, expect, it } from 'vitest';
import { readScript } from './read-script.ts';

const faultOf = (text: string) => {
  const read = readScript(text);
  return read.ok ? null : read.fault;
};

describe('a script', () => {
  it('is read with every line where it was', () => {
    const read = readScript("import { test,\n  expect } from '@playwright/test';\n\nawait page.goto('/');");
    expect(read.ok && read.source.split('\n')[3]).toBe("await page.goto('/');");
  });

  it('may call what it imports by another name, and name types', () => {
    const read = readScript(
      "import { test as it, expect } from '@playwright/test';\nimport type { Page } from '@playwright/test';\nit('x', async ({ page }: { page: Page }) => { await page.goto('/'); });",
    );
    expect(read.ok && read.source).toContain('const it = test;');
  });

  it.each([
    [
      "import { readFile } from 'node:fs/promises';\n",
      'line 1: node:fs/promises cannot be imported; only @playwright/test can',
    ],
    ["// first\n\nimport fs from 'fs';\n", 'line 3: fs cannot be imported; only @playwright/test can'],
    ['const x = 1;\nconst y = ;\n', "line 2: Unexpected token ';'"],
    ["await page.goto('/'\nawait page.title();", 'line 1: missing ) after argument list'],
    ["await step('x', async () => {\n", 'at the end: missing ) after argument list'],
    ['enum Colour { red }', 'line 1: Unexpected reserved word'],
  ])('is refused with its line: %j', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  const long = (start: string, part: string, end = '') =>
    `${start}${part.repeat(Math.floor((50_000 - start.length - end.length) / part.length))}${end}`;

  it.each([
    ['spaces after import', long('import', ' ')],
    ['spaces after names', long('import a', ' ', 'b')],
    ['lines of imports without an end', long('', 'import \n')],
    ['braces without an end', long('import ', '{')],
    ['a name that goes on', long('import { test as ', '\t', '$ } from')],
    ['spaces before import', long('', ' ', "import 'x")],
  ])('is answered whatever it is made of: %s', (_what, text) => {
    expect(faultOf(text)).toMatch(/^(?:line \d+|at the end): |^[A-Z]/);
  });

  it('may import so often as it likes', () => {
    expect(faultOf(long('', "import {} from '@playwright/test' ;\n"))).toBeNull();
    expect(faultOf(long("import { test } from '@playwright/test'", ' '))).toBeNull();
  });
});

it('takes a property that is called import for what it is', () => {
  const text = "const tries = {\n  import: () => 'node:fs',\n  from: 'x',\n};";
  expect(readScript(text)).toMatchObject({ ok: true });
  expect(readScript("import 'node:fs'")).toMatchObject({ ok: false });
  expect(readScript("import {readFile}from'node:fs'")).toMatchObject({ ok: false });
});
