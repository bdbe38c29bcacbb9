/** The program's modules, components and style sheets, loaded when they are first needed. */

import { codeSpace, type Instance } from './framework'
import { app, program, resolvePath, type Json } from './program'

interface Surroundings {
  wx: unknown
  App: (options: Json) => void
  getApp: () => unknown
  getCurrentPages: () => Instance[]
}

const modules = new Map<string, { exports: unknown }>()
const registered = new Set<string>()
let surroundings: Surroundings
let registering = '' // WeChat registers a component under the file that is being loaded, whichever module calls

/** What the modules see of WeChat; the browser itself is hidden from them. */
export function setSurroundings(given: Surroundings): void {
  surroundings = given
}

const globalObject = { Promise, setTimeout, clearTimeout, setInterval, clearInterval, console }
const Page = (definition: Json) => codeSpace.component(registering).pageDefinition(definition as any).register()
const Component = (definition: Json) => codeSpace.component(registering).definition(definition as any).register()
const Behavior = (definition: Json) => codeSpace.behavior().definition(definition as any).register()

/** Runs a module once; what it exports. */
export function requireModule(path: string): unknown {
  const file = path.endsWith('.js') ? path : `${path}.js`
  const known = modules.get(file)
  if (known) return known.exports
  const run = program.modules[file]
  if (!run) throw new Error(`module '${file}' is not defined`)
  const module = { exports: {} as unknown }
  modules.set(file, module)
  const { wx, App, getApp, getCurrentPages } = surroundings
  const require = (to: string) => requireModule(resolvePath(file, to))
  run.call(
    undefined,
    ...[require, module, module.exports, wx, App, Page, Component, Behavior, getApp, getCurrentPages, globalObject],
  )
  return module.exports
}

/** Registers all templates with the framework. */
export function offerTemplates(): void {
  for (const [path, content] of Object.entries(program.templates)) {
    codeSpace.addCompiledTemplate(path, { groupList: program.templates as any, content: content as any })
  }
}

/** Registers a component or page with everything it uses, then runs its module. */
export function registerComponent(path: string): void {
  if (registered.has(path)) return
  registered.add(path)
  const own = program.json[path] ?? {}
  const used = Object.entries<string>({ ...app.usingComponents, ...own.usingComponents })
  const usingComponents = Object.fromEntries(used.map(([name, to]) => [name, `/${resolvePath(path, to)}`]))
  for (const each of Object.values(usingComponents)) registerComponent(each.slice(1))
  codeSpace.addComponentStaticConfig(path, {
    component: true,
    ...own,
    usingComponents,
    styleIsolation: 'shared' as any,
  })
  addStyleSheet(path)
  const before = registering
  registering = path
  try {
    requireModule(path)
  } finally {
    registering = before
  }
}

/** Puts a file's style sheet behind those that are there. */
export function addStyleSheet(path: string): void {
  const css = program.css[path]
  if (!css) return
  const sheet = document.createElement('style')
  sheet.dataset.of = path
  sheet.textContent = css
  document.head.append(sheet)
}
