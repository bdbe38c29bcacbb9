import uniPlugin from '@dcloudio/vite-plugin-uni'
import { defineConfig, type Plugin } from 'vite'

// The plugin is a CommonJS module: what `import` gives depends on who loads this file.
const uni = ((uniPlugin as unknown as { default?: typeof uniPlugin }).default ?? uniPlugin) as (options: object) => Plugin[]

// uni-app's own style sheet asks a foreign host for a shadow that no page of ours shows.
const stayAtHome: Plugin = {
  name: 'stay-at-home',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'asset' && file.fileName.endsWith('.css')) {
        file.source = String(file.source).replace(/url\(["']?https?:\/\/[^)]*\)/g, 'none')
      }
    }
  },
}

export default defineConfig({
  base: './',
  plugins: [uni({ vueOptions: { script: { propsDestructure: true } } }), stayAtHome],
  define: { __PSEUDO__: JSON.stringify(process.env.IMC_PSEUDO === '1') },
  build: { chunkSizeWarningLimit: 900 },
  css: { preprocessorOptions: { scss: { quietDeps: true } } },
})
