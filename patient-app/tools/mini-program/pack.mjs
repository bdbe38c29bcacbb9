/**
 * Packs a built mini program and the runtime into one static page that plain Chromium opens.
 *
 *     node pack.mjs SOURCE TARGET
 */

import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import esbuild from 'esbuild'
import { prefixTags, BUILT_IN, FILLED_IN, PREFIX } from './wxml.mjs'
import { scopeToPage, toCss } from './wxss.mjs'

const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler')
const HERE = path.dirname(fileURLToPath(import.meta.url))
const MEDIA = /\.(png|jpe?g|gif|svg|webp|ttf|woff2?)$/
// What WeChat hands to each module; the last five hide the browser, which a mini program does not have.
const MODULE_PARAMETERS =
  'require,module,exports,wx,App,Page,Component,Behavior,getApp,getCurrentPages,global,window,document,location,self,localStorage'

/** Every file below a folder, as paths with forward slashes. */
export function listFiles(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort()
}

/** The routes of all pages, those of subpackages with their root. */
export function listPages(app) {
  const packages = app.subPackages ?? app.subpackages ?? []
  const inPackages = packages.flatMap((each) => each.pages.map((page) => path.posix.join(each.root, page)))
  return [...app.pages, ...inPackages]
}

/** Writes the page; returns what is wrong with the templates. */
export function pack(source, target) {
  const files = listFiles(source)
  const read = (file) => fs.readFileSync(path.join(source, file), 'utf8')
  const withEnding = (ending) => files.filter((file) => file.endsWith(ending))
  const json = Object.fromEntries(withEnding('.json').map((file) => [stem(file), JSON.parse(read(file))]))
  const { code, faults } = compileTemplates(withEnding, read)
  fs.rmSync(target, { recursive: true, force: true })
  fs.mkdirSync(target, { recursive: true })
  const program = [
    `json:${JSON.stringify(json)}`,
    `css:${JSON.stringify(convertSheets(withEnding('.wxss'), read, listPages(json.app)))}`,
    `templates:${code}`,
    `builtIn:${JSON.stringify({ prefix: PREFIX, names: BUILT_IN, filledIn: FILLED_IN })}`,
    `modules:{${withEnding('.js').map((file) => asModule(file, read(file))).join(',\n')}}`,
  ]
  fs.writeFileSync(path.join(target, 'program.js'), `window.__mpProgram={${program.join(',\n')}};`)
  for (const file of files.filter((each) => MEDIA.test(each))) copy(source, target, file)
  bundleRuntime(target)
  fs.copyFileSync(path.join(HERE, 'runtime', 'index.html'), path.join(target, 'index.html'))
  return faults
}

function stem(file) {
  return file.slice(0, file.lastIndexOf('.'))
}

function compileTemplates(withEnding, read) {
  const group = new TmplGroup()
  const faults = []
  for (const file of withEnding('.wxs')) group.addScript(stem(file), read(file))
  for (const file of withEnding('.wxml')) {
    const warnings = group.addTmpl(stem(file), prefixTags(read(file))) ?? []
    faults.push(...warnings.map((each) => `${file}:${each.startLine} ${each.message}`))
  }
  return { code: group.getTmplGenObjectGroups(), faults }
}

function convertSheets(files, read, pages) {
  return Object.fromEntries(
    files.map((file) => {
      const css = toCss(file, read)
      return [stem(file), pages.includes(stem(file)) ? scopeToPage(css, stem(file)) : css]
    }),
  )
}

function asModule(file, code) {
  return `${JSON.stringify(file)}:function(${MODULE_PARAMETERS}){${code}\n}`
}

function copy(source, target, file) {
  fs.mkdirSync(path.join(target, path.dirname(file)), { recursive: true })
  fs.copyFileSync(path.join(source, file), path.join(target, file))
}

function bundleRuntime(target) {
  esbuild.buildSync({
    entryPoints: [path.join(HERE, 'runtime', 'main.ts')],
    bundle: true,
    format: 'iife',
    target: 'chrome120',
    charset: 'utf8',
    outfile: path.join(target, 'runtime.js'),
    loader: { '.css': 'text' },
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error',
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = pack(path.resolve(process.argv[2]), path.resolve(process.argv[3]))
  for (const fault of faults) console.error(fault)
  process.exitCode = faults.length ? 1 : 0
}
