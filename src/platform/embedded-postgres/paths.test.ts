import { expect, it } from 'vitest';
import { clusterPaths, fitsSocketPath, socketFile } from './paths.ts';

it('names the cluster after its data directory, differently for each', () => {
  const here = clusterPaths('/srv/allclear/data');
  expect(here.name).toMatch(/^allclear-[0-9a-f]{12}$/);
  expect(clusterPaths('/srv/allclear/data').name).toBe(here.name);
  expect(clusterPaths('/srv/allclear/data2').name).not.toBe(here.name);
});

it('keeps the socket short however deep the data directory lies', () => {
  const deep = clusterPaths(`/${'deep/'.repeat(60)}data`);
  expect(fitsSocketPath(deep.dataDir)).toBe(false);
  expect(fitsSocketPath(`/tmp/${deep.name}`)).toBe(true);
  expect(socketFile('/tmp/x')).toBe('/tmp/x/.s.PGSQL.5432');
});
