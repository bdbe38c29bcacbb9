// Stands in for the global `uni`: storage in memory, requests answered by the test through `answers`.
import { afterEach, beforeEach, vi } from 'vitest'

import { forgetLife } from './uni-app'

export interface Call {
  url: string
  method: string
  data?: unknown
  header: Record<string, string>
  /** Answers the request. */
  answer(status: number, data?: unknown): void
  /** Lets the network fail. */
  fail(message?: string): void
}

interface RequestOptions {
  url: string
  method: string
  data?: unknown
  header: Record<string, string>
  success(reply: { statusCode: number; data: unknown }): void
  fail(failure: { errMsg: string }): void
}

const storage = new Map<string, unknown>()
/** Every request since the test began, oldest first. */
export const calls: Call[] = []
let reply: ((call: Call) => void) | null = null

/** Answers each request as it comes; without it the test answers `calls` by hand. */
export function answers(handler: (call: Call) => void): void {
  reply = handler
}

export const uniMock = {
  getStorageSync: (key: string) => storage.get(key) ?? '',
  setStorageSync: (key: string, value: unknown) => storage.set(key, value),
  removeStorageSync: (key: string) => storage.delete(key),
  request: (options: RequestOptions) => {
    const call: Call = {
      url: options.url,
      method: options.method,
      data: options.data,
      header: options.header,
      answer: (status, data) => options.success({ statusCode: status, data }),
      fail: (message = 'request:fail') => options.fail({ errMsg: message }),
    }
    calls.push(call)
    reply?.(call)
  },
  navigateTo: vi.fn(),
  redirectTo: vi.fn(),
  reLaunch: vi.fn(),
  navigateBack: vi.fn(),
  showToast: vi.fn(),
  setClipboardData: vi.fn(),
  setNavigationBarTitle: vi.fn(),
}

vi.stubGlobal('uni', uniMock)
vi.stubGlobal('getCurrentPages', () => [{ route: 'pages/home', options: {} }])

beforeEach(() => {
  storage.clear()
  calls.length = 0
  reply = null
})
afterEach(forgetLife)
