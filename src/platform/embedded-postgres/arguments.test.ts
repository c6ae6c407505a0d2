import { expect, it } from 'vitest';
import { initdbArguments, postgresArguments, recordedOptions } from './arguments.ts';
import { clusterPaths } from './paths.ts';

const paths = clusterPaths('/srv/data');

it('listens on nothing but the socket and leaves durability alone', () => {
  const args = postgresArguments(paths, '/tmp/s');
  expect(args).toContain('listen_addresses=');
  expect(args.slice(0, 6)).toEqual(['-D', '/srv/data/postgres', '-p', '5432', '-k', '/tmp/s']);
  expect(args.join(' ')).not.toMatch(/fsync|synchronous_commit|full_page_writes|autovacuum/);
});

it('names the cluster in its arguments, so that its processes can be told from others', () => {
  expect(postgresArguments(paths, '/tmp/s')).toContain(`cluster_name=${paths.name}`);
});

it('takes the locale from PostgreSQL, not from the machine', () => {
  const args = initdbArguments('/srv/data/postgres');
  expect(args).toEqual(
    expect.arrayContaining(['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']),
  );
});

it('writes options as PostgreSQL records them', () => {
  expect(recordedOptions('/bin/postgres', ['-D', '/a b'])).toBe('/bin/postgres "-D" "/a b"\n');
});
