import { expect, it } from 'vitest';
import { addMissingBindings } from './platform-bindings.ts';

const lockOf = (
  optionalDependencies: Record<string, string>,
  more: Record<string, { version: string; resolved?: string }> = {},
) => ({
  packages: { '': {}, 'node_modules/tool': { version: '1.0.0', dev: true, optionalDependencies }, ...more },
});

it('adds the bindings that the lock file lacks, for the machine that their name says', () => {
  const { lock, added } = addMissingBindings(
    lockOf({ '@tool/binding-linux-arm64-musl': '1.0.0', 'tool-win32-x64-msvc': '1.0.0', 'tool-wasm32-wasi': '1.0.0' }),
  );
  expect(added).toHaveLength(3);
  expect(lock.packages).toMatchObject({
    'node_modules/@tool/binding-linux-arm64-musl': {
      version: '1.0.0',
      os: ['linux'],
      cpu: ['arm64'],
      libc: ['musl'],
      optional: true,
      dev: true,
    },
    'node_modules/tool-win32-x64-msvc': { os: ['win32'], cpu: ['x64'] },
    'node_modules/tool-wasm32-wasi': { cpu: ['wasm32'] },
  });
});

it('leaves alone what is there, also below the package itself, and finds nothing to do the second time', () => {
  const first = addMissingBindings(
    lockOf(
      { 'tool-linux-x64': '1.0.0', 'tool-darwin-x64': '1.0.0' },
      {
        'node_modules/tool-linux-x64': { version: '1.0.0' },
        'node_modules/tool/node_modules/tool-darwin-x64': { version: '1.0.0' },
      },
    ),
  );
  expect(first.added).toEqual([]);
  expect(addMissingBindings(first.lock)).toEqual(first);
});

it('drops the addresses of registries', () => {
  const { lock } = addMissingBindings(
    lockOf({}, { 'node_modules/x': { version: '1.0.0', resolved: 'https://registry.example/x.tgz' } }),
  );
  expect(JSON.stringify(lock)).not.toContain('registry.example');
});

it('refuses a name that says no machine', () => {
  expect(() => addMissingBindings(lockOf({ 'tool-extras': '1.0.0' }))).toThrow(
    'tool-extras is missing from the lock file',
  );
});
