import uniPlugin from '@dcloudio/vite-plugin-uni'
import { defineConfig, type Plugin } from 'vite'

// The plugin is a CommonJS module: what `import` gives depends on who loads this file.
const uni = ((uniPlugin as unknown as { default?: typeof uniPlugin }).default ?? uniPlugin) as () => Plugin[]

export default defineConfig({
  base: './',
  plugins: [uni()],
  define: { __PSEUDO__: JSON.stringify(process.env.IMC_PSEUDO === '1') },
  build: { chunkSizeWarningLimit: 900 },
  css: { preprocessorOptions: { scss: { quietDeps: true } } },
})
