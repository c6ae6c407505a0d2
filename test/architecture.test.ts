import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ROOMS, roomOf } from './architecture/house.ts';
import { browserFaults, cycles, faultOf, graphOf, namingFaults, queryFaults } from './architecture/rules.ts';
import { parseFile, scan } from './architecture/scan.ts';

const root = join(import.meta.dirname, '..');
const manifest = z.object({ imports: z.record(z.string(), z.string()) });
const doors = manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).imports;
const files = scan(root);
const { edges, computed } = graphOf(files, doors);

describe('the house', () => {
  it.each([...ROOMS, 'client', 'cli', 'web'])('was looked at in room %s', (room) => {
    expect(files.filter(({ path }) => roomOf(path) === room).length).toBeGreaterThan(0);
    expect(edges.filter(({ from }) => roomOf(from) === room).length).toBeGreaterThan(0);
  });

  it('lets a room import earlier rooms only, and through their doors', () => {
    expect(edges.map(faultOf).filter((fault) => fault !== null)).toEqual([]);
  });

  it('has no circles, not even of types or dynamic imports', () => {
    expect(cycles(edges)).toEqual([]);
  });

  it('queries the database in stores only', () => {
    expect(queryFaults(files)).toEqual([]);
  });

  it('keeps contracts, kernel, client and dashboard fit for a browser', () => {
    expect(browserFaults(files, edges)).toEqual([]);
  });

  it('says in its names what is inside', () => {
    expect(namingFaults(files)).toEqual([]);
  });

  it('numbers its migrations, no number twice', () => {
    const numbers = readdirSync(join(root, 'migrations')).map((name) => /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]);
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers).not.toContain(undefined);
    expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
  });

  it('imports nothing by a path that is made at run time', () => {
    expect(computed).toEqual([]);
  });
});

describe('the rules of the house', () => {
  const judge = (path: string, source: string) => graphOf([parseFile(path, source)], doors).edges.map(faultOf);

  it.each([
    ['src/1-monitor/monitor/a.ts', "import { x } from '#detect';", '2-detect comes after 1-monitor'],
    ['src/1-monitor/monitor/a.ts', "import type { X } from '#detect';", '2-detect comes after 1-monitor'],
    ['src/1-monitor/monitor/a.ts', "const x = await import('#detect');", '2-detect comes after 1-monitor'],
    ['src/1-monitor/monitor/a.ts', "type X = import('#detect').X;", '2-detect comes after 1-monitor'],
    ['src/1-monitor/monitor/a.ts', "export * from '#detect';", '2-detect comes after 1-monitor'],
    ['src/kernel/a.ts', "import { x } from '#platform/x.ts';", 'platform comes after kernel'],
    ['src/3-declare/a.ts', "import { x } from '../2-detect/alert/alert.ts';", 'through a door'],
    ['src/3-declare/a.ts', "import { x } from '#detect/alert/alert.ts';", 'no such door'],
    ['src/3-declare/a.ts', "import { x } from '#declare';", 'paths are relative'],
    ['src/3-declare/a.ts', "import { stage } from './stage.ts';", 'for the pipeline alone'],
    ['src/3-declare/a.ts', "import { x } from '#test/harness/system.ts';", 'does not import its tests'],
    ['src/3-declare/a.ts', "import { x } from '#client';", 'does not call itself'],
    ['web/a.tsx', "import { x } from '#declare';", 'contracts and kernel only'],
    ['src/cli/a.ts', "import type { X } from '#platform/x.ts';", 'contracts and kernel only'],
    ['src/client/a.ts', "import { x } from '#app/compose.ts';", 'contracts and kernel only'],
  ])('refuse in %s: %s', (path, source, why) => {
    expect(judge(path, source)).toEqual([expect.stringContaining(why)]);
  });

  it.each([
    ['src/3-declare/a.ts', "import { x } from '#detect';"],
    ['src/3-declare/incident/a.ts', "import { x } from '../severity/severity.ts';"],
    ['src/3-declare/a.db.test.ts', "import { x } from '#test/harness/system.ts';"],
    ['src/app/pipeline.ts', "import { stage } from '../3-declare/stage.ts';"],
    ['web/a.tsx', "import { x } from '#declare/contract';"],
    ['web/a.tsx', "import React from 'react';"],
  ])('allow in %s: %s', (path, source) => {
    expect(judge(path, source)).toEqual([null]);
  });

  it('find circles through types and dynamic imports', () => {
    const circle = [
      parseFile('src/kernel/a.ts', "import type { B } from './b.ts';"),
      parseFile('src/kernel/b.ts', "export const c = () => import('./c.ts');"),
      parseFile('src/kernel/c.ts', "export { a } from './a.ts';"),
    ];
    expect(cycles(graphOf(circle, doors).edges)).toEqual([
      'src/kernel/a.ts → src/kernel/b.ts → src/kernel/c.ts → src/kernel/a.ts',
    ]);
  });

  it('find queries outside stores', () => {
    const query = "import { sql } from 'kysely'; export const x = sql`select 1`;";
    expect(queryFaults([parseFile('src/3-declare/incident/declare.ts', query)])).toHaveLength(1);
    expect(queryFaults([parseFile('src/3-declare/incident/declare.ts', "db.selectFrom('incident')")])).toHaveLength(1);
    expect(queryFaults([parseFile('src/3-declare/incident/store.ts', query)])).toEqual([]);
    expect(
      queryFaults([parseFile('src/3-declare/incident/tables.ts', "import type { Generated } from 'kysely';")]),
    ).toEqual([]);
  });

  it('find what no browser can load, however far down', () => {
    const house = [
      parseFile('src/3-declare/incident/contract.ts', "import { SECTIONS } from './section.ts';"),
      parseFile(
        'src/3-declare/incident/section.ts',
        "import { readFile } from 'node:fs'; import { x } from './store.ts';",
      ),
    ];
    expect(browserFaults(house, graphOf(house, doors).edges)).toEqual([
      expect.stringContaining('node:fs, which is not in browsers'),
      expect.stringContaining('store.ts, which is for the server'),
    ]);
  });
});
