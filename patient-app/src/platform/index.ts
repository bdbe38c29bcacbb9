// The one place that knows where the app runs. Conditional compilation stays in this folder and in the components.
import type { Platform } from './types'
// #ifdef H5
import { capacitor, followLinks, isInShell } from './capacitor'
import { h5 } from './h5'
// #endif
// #ifdef MP-WEIXIN
import { weixin } from './weixin'
// #endif

export type * from './types'

let chosen!: Platform
// #ifdef H5
chosen = isInShell() ? capacitor : h5
if (isInShell()) void followLinks()
// #endif
// #ifdef MP-WEIXIN
chosen = weixin
// #endif

export const platform = chosen
