import { expect, it } from 'vitest';
import { parseHosts } from './hosts-file.ts';

it('reads names, aliases and comments', () => {
  const hosts = parseHosts(
    '127.0.0.1\tlocalhost Loop # self\n::1 localhost\n# 10.0.0.1 old\n10.0.0.7 db.internal db\nnot-an-address x\n\n',
  );
  expect(Object.fromEntries(hosts)).toEqual({
    localhost: ['127.0.0.1', '::1'],
    loop: ['127.0.0.1'],
    'db.internal': ['10.0.0.7'],
    db: ['10.0.0.7'],
  });
});
