import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:4000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // One origin for page and API: the gateway then needs no CORS.
  server: { host: '127.0.0.1', proxy: { '/graphql': { target: gateway, ws: true } } },
  build: { outDir: 'dist', emptyOutDir: true },
});
