import { defineConfig } from 'rolldown';

// One bundle with lazily loaded chunks: importing the packages from node_modules more than
// doubles the start-up time, and most commands need neither zod, fast-glob nor tables.
export default defineConfig({
  input: { cli: 'src/cli.ts' },
  platform: 'node',
  logLevel: 'warn',
  output: {
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    minify: { compress: true, mangle: false, codegen: false },
    sourcemap: false,
  },
});
