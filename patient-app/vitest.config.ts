import { fileURLToPath } from 'node:url'

import { defineConfig } from 'vitest/config'

// The stand-in for uni-app's API is in tests/uni.ts; composables are tested without the uni plug-in.
export default defineConfig({
  resolve: {
    alias: {
      '@dcloudio/uni-app': fileURLToPath(new URL('./tests/uni-app.ts', import.meta.url)),
      '@': fileURLToPath(new URL('./src', import.meta.url)),
    },
  },
  define: { __PSEUDO__: 'true' },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    setupFiles: ['./tests/uni.ts'],
    restoreMocks: true,
  },
})
