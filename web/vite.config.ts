import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The server that the development build talks to. */
const server = process.env['ALLCLEAR_DEV_SERVER'] ?? 'http://127.0.0.1:4242';

/** The dashboard: `web/` in, `web/dist/` out, hashed assets. In development everything that is ours goes to a running server. */
export default defineConfig({
  root: import.meta.dirname,
  // The dashboard never validates; see data/schema-free.ts.
  resolve: { alias: [{ find: /^zod$/, replacement: `${import.meta.dirname}/data/schema-free.ts` }] },
  plugins: [react(), tailwindcss()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome123', 'safari17.5', 'firefox128'],
    cssTarget: ['chrome123', 'safari17.5', 'firefox128'],
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '^/(api|s|p|c|intake|beat|hooks)/': server, '^/healthz$': server },
  },
});
