import { createClient } from '#client';
import { setClockOffset } from '../ui/clock.ts';

/** The typed client on this origin; the session cookie speaks. Each answer also sets our clock by the server's. */
export const api = createClient({
  baseUrl: '',
  async fetch(input, init) {
    const response = await fetch(input, init);
    const date = response.headers.get('date');
    if (date !== null) setClockOffset(new Date(date));
    return response;
  },
});
