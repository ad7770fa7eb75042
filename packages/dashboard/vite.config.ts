import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: new URL('./src/web', import.meta.url).pathname,
  // Assets are found from wherever the pages are mounted: the server completes the paths in the HTML.
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    assetsDir: '_app',
    // A small asset as data: URL would need an exception in the content security policy.
    assetsInlineLimit: 0,
    manifest: true,
    target: 'es2023',
    // All of them know light-dark(), so that it is left as it is.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
