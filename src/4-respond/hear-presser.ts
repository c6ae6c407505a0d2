import { presserSought } from '#delivery';
import { on } from '#platform/events.ts';
import { findMethods } from './contact-method/store.ts';

/** Whoever has proved that an address in a chat is theirs is known by it; one that two people have proved is nobody's. */
export const hearPressers = on(presserSought, async (ctx, { kind, addresses, know }) => {
  const wanted = new Set(addresses.map((address) => address.toLowerCase()));
  const found = (await findMethods(ctx)).filter(
    (method) => method.kind === kind && method.verifiedAt !== null && wanted.has(method.address.toLowerCase()),
  );
  const [userId, ...others] = new Set(found.map((method) => method.userId));
  if (userId !== undefined && others.length === 0) know(userId);
});
