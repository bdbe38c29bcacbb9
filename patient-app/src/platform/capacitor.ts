// The Android and iOS apps: the browser's ways, and the plug-ins of the shell where it has them.
import { h5 } from './h5'
import type { Platform, PlatformName } from './types'

interface Shell {
  getPlatform(): string
  isNativePlatform(): boolean
}

function shell(): Shell | undefined {
  return (globalThis as { Capacitor?: Shell }).Capacitor
}

export function isInShell(): boolean {
  return shell()?.isNativePlatform() ?? false
}

export const capacitor: Platform = {
  ...h5,
  get name(): PlatformName {
    return shell()?.getPlatform() === 'ios' ? 'ios' : 'android'
  },
}
