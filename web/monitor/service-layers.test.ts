import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layServices } from './service-layers.ts';

const service = (id: string, ...dependsOn: string[]) => ({ id, dependsOn });
const placesOf = (services: Parameters<typeof layServices>[0]) =>
  layServices(services).map(({ service: { id }, layer, row }) => `${id} ${layer}/${row}`);

it('puts what is needed right of everything that needs it, beside it, and leaves out what stands alone', () => {
  expect(
    placesOf([
      service('alone'),
      service('shop', 'cart', 'login'),
      service('cart', 'database'),
      service('admin', 'login', 'database'),
      service('login'),
      service('database', 'gone'),
    ]),
  ).toEqual(['shop 0/0', 'admin 0/1', 'cart 1/0', 'login 1/1', 'database 2/0']);
});

it('ends with a ring, and with one that needs itself', () => {
  expect(layServices([service('a', 'b'), service('b', 'a'), service('c', 'c')]).length).toBe(2);
});

it('never draws a line to the left, and never two in one place', () => {
  const some = fc.array(fc.array(fc.nat(19), { maxLength: 4 }), { maxLength: 20 });
  fc.assert(
    fc.property(some, (needs) => {
      // Only what comes later is needed, so there is no ring.
      const services = needs.map((ids, index) =>
        service(String(index), ...ids.filter((id) => id > index && id < needs.length).map(String)),
      );
      const places = layServices(services);
      const layerOf = new Map(places.map(({ service: { id }, layer }) => [id, layer]));
      for (const { service: one, layer } of places)
        for (const needed of one.dependsOn) expect(layerOf.get(needed)).toBeGreaterThan(layer);
      expect(new Set(places.map(({ layer, row }) => `${layer}/${row}`)).size).toBe(places.length);
    }),
  );
});
