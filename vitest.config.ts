import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real processes start cold on a busy two-core machine; nothing here asserts on time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
