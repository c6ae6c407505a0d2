import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let root = '';
const package_ = `node-${process.platform}-${process.arch}`;
const link = () => join(root, 'node_modules', '.bin', 'node');
const run = () => spawnSync(process.execPath, [join(root, 'scripts', 'pinned-node.mjs')], { encoding: 'utf8' });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'allclear-node-'));
  mkdirSync(join(root, 'scripts'));
  copyFileSync(join(import.meta.dirname, 'pinned-node.mjs'), join(root, 'scripts', 'pinned-node.mjs'));
  mkdirSync(join(root, 'node_modules', package_, 'bin'), { recursive: true });
  writeFileSync(join(root, 'node_modules', package_, 'bin', 'node'), '');
});
afterEach(() => rmSync(root, { recursive: true }));

it('links the pinned Node.js where npm has not, or has left a link to nowhere', () => {
  expect(run().status).toBe(0);
  expect(readlinkSync(link())).toBe(`../${package_}/bin/node`);
  rmSync(link());
  symlinkSync('../node-elsewhere/bin/node', link());
  expect(run().status).toBe(0);
  expect(readlinkSync(link())).toBe(`../${package_}/bin/node`);
});

it('leaves a link alone that leads to a program', () => {
  mkdirSync(join(root, 'node_modules', '.bin'));
  symlinkSync(process.execPath, link());
  expect(run().status).toBe(0);
  expect(readlinkSync(link())).toBe(process.execPath);
});

it('says what to do where the pinned Node.js is missing', () => {
  rmSync(join(root, 'node_modules'), { recursive: true });
  expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('Run npm ci without --omit=optional') });
});
