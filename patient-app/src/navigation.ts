// Ways between pages. Addresses are those of pages.json with a leading slash: `go('/booking/doctors', { specialty })`.
import { platform } from '@/platform'

export type Query = Record<string, string | number | undefined>
export type Tab = 'home' | 'visit' | 'reports' | 'inbox' | 'me'

export const TAB_PAGES: Record<Tab, string> = {
  home: '/pages/home',
  visit: '/pages/visit',
  reports: '/pages/reports',
  inbox: '/pages/inbox',
  me: '/pages/me',
}
const DEEPEST = 9 // the mini program takes ten pages

export function addressWith(page: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${encodeURIComponent(String(value))}`],
  )
  return pairs.length ? `${page}?${pairs.join('&')}` : page
}

/** Opens a page above this one; a tab page takes the place of everything. */
export function go(page: string, query: Query = {}): void {
  const url = addressWith(page, query)
  if (Object.values(TAB_PAGES).includes(page.split('?')[0] ?? '')) uni.reLaunch({ url })
  else if (getCurrentPages().length >= DEEPEST) uni.redirectTo({ url })
  else uni.navigateTo({ url })
}

/** Opens a page in place of this one: after a step that nobody should come back to. */
export function replaceWith(page: string, query: Query = {}): void {
  uni.redirectTo({ url: addressWith(page, query) })
}

/** Leaves everything behind, as after signing out. */
export function startAt(page: string, query: Query = {}): void {
  uni.reLaunch({ url: addressWith(page, query) })
}

/** Back to where the reader came from; to `fallback` when the page was opened by its address. */
export function goBack(fallback = TAB_PAGES.home): void {
  if (getCurrentPages().length > 1) uni.navigateBack({ delta: 1 })
  else startAt(fallback)
}

/** To sign in, and afterwards to where the reader is now. */
export function goToSignIn(): void {
  go('/account/sign-in', { next: currentAddress() })
}

/** The present page with its query, as `go` takes it. */
export function currentAddress(): string {
  const page = getCurrentPages().at(-1) as { route?: string; options?: Query; $page?: { fullPath?: string } } | undefined
  return page?.$page?.fullPath ?? addressWith(`/${page?.route ?? 'pages/home'}`, page?.options)
}

/** What a plain link shows as its address in the browser. */
export function hrefOf(page: string): string {
  return platform.name === 'weixin' ? page : `#${page}`
}
