import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // Two cores, and many tests spawn processes of their own.
    maxWorkers: 2,
  },
});
