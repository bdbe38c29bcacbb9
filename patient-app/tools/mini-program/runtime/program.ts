/** The packed program, and what tests look at. */

export type Json = Record<string, any>
type ModuleFunction = (...parameters: unknown[]) => void

interface Program {
  json: Record<string, Json>
  css: Record<string, string>
  templates: Record<string, unknown>
  builtIn: { prefix: string; names: string[]; filledIn: string[] }
  modules: Record<string, ModuleFunction>
}

declare global {
  interface Window {
    __mpProgram: Program
    /** Calls and components that WeChat knows and this runtime does not: must be empty after a journey. */
    __mpUnsupported: Set<string>
    /** Errors that nobody caught: must be empty after a journey. */
    __mpErrors: string[]
    /** Every call of `wx.*` with its outcome, oldest first. */
    __mpCalls: string[]
    /** The routes of the open pages, the visible one last. */
    __mpRoutes: () => string[]
    /** The open pages themselves, the application, and `wx`, which the program's own code gets as arguments. */
    __mpPages: () => Json[]
    __mpApp: Json
    __mpWx: Json
    __mpReady: boolean
  }
}

export const program = window.__mpProgram
export const app = program.json.app
export const unsupported = (window.__mpUnsupported = new Set<string>())
export const errors = (window.__mpErrors = [] as string[])
export const calls = (window.__mpCalls = [] as string[])

/** What the address of the runtime's page says: `page`, `sandbox`, `appid`, `user` (of WeChat), `language`. */
export const options = new URLSearchParams(location.search)

/** Keep an error for the tests, and show it in the console. */
export function reportError(where: string, error: unknown): void {
  errors.push(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  console.error(where, error)
}

/** A path of the package, seen from one of its files: `../a` and `a` are relative, `/a` is not. */
export function resolvePath(from: string, to: string): string {
  if (to.startsWith('/')) return to.slice(1)
  const parts = from.split('/').slice(0, -1)
  for (const part of to.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}
