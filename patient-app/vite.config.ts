import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

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

// The web server hands out what is compressed here once, instead of compressing for each reader.
const compress: Plugin = {
  name: 'compress',
  enforce: 'post',
  writeBundle({ dir }) {
    if (!dir || process.env.UNI_PLATFORM !== 'h5') return
    const folder = join(dir, 'assets')
    for (const name of readdirSync(folder).filter((each) => /\.(js|css|svg)$/.test(each))) {
      const content = readFileSync(join(folder, name))
      if (content.length < 800) continue
      writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }))
      writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
    }
  },
}

// What nearly every page is made of travels as one file beside the entry: as twenty small ones, a page would wait for
// three rounds of them on a slow line. Most visits begin at home: its page is asked for together with the entry.
const SHARED = /\/src\/(components|locale|http|navigation|features\/foundation|features\/visit\/use-live|platform\/(?!plugins))/
const FIRST_PAGE = /assets\/pages-home\.[\w-]+\.js$/
const together: Plugin = {
  name: 'together',
  config: () =>
    process.env.UNI_PLATFORM === 'h5'
      ? { build: { rollupOptions: { output: { manualChunks: (id) => (SHARED.test(id) ? 'shared' : undefined) } } } }
      : {},
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle }) =>
      Object.keys(bundle ?? {})
        .filter((name) => FIRST_PAGE.test(name))
        .map((name) => ({ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: `./${name}` }, injectTo: 'head' as const })),
  },
}

export default defineConfig({
  base: './',
  plugins: [uni({ vueOptions: { script: { propsDestructure: true } } }), stayAtHome, together, compress],
  define: { __PSEUDO__: JSON.stringify(process.env.IMC_PSEUDO === '1') },
  build: { chunkSizeWarningLimit: 900 },
  css: { preprocessorOptions: { scss: { quietDeps: true } } },
})
