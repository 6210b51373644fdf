import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The page. `--mode scenes` builds the named states of it that the tests open instead (testing/scenes.html), into the
 * cache: they are no part of what is delivered.
 */
export default defineConfig(({ mode }) => {
  const isScenes = mode === 'scenes';
  return {
    root: here('.'),
    base: './',
    plugins: [react()],
    build: {
      outDir: here(isScenes ? '../node_modules/.cache/endymail/scenes' : '../app/dist/renderer'),
      emptyOutDir: true,
      target: 'chrome140',
      // The page's policy lets it fetch nothing, and a small file inside a style sheet needs no exception.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: { input: here(isScenes ? 'testing/scenes.html' : 'index.html') },
    },
  };
});
