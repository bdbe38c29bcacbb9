// One request over the network. Knows nothing of sessions.
import { LANG_TAGS, language, t } from '@/locale'

import { Refusal, type Problem } from './refusal'

export interface Request {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  body?: unknown
  headers?: Record<string, string>
  seconds?: number
}

interface Reply {
  status: number
  body: unknown
}

const SECONDS = 20

/** The server that the app belongs to: in H5 the one that served it, elsewhere the one it was built for. */
let origin = ''

export function setOrigin(address: string): void {
  origin = address.replace(/\/$/, '')
}

export function addressOf(path: string): string {
  return origin + path
}

/** The headers of every call: the reader's language, who asks, and from which program where that is not the app. */
export function headersFor(token: string): Record<string, string> {
  const tag = LANG_TAGS[language.value]
  const headers: Record<string, string> = { 'Accept-Language': tag.startsWith('zh') ? `${tag},zh-Hans;q=0.9` : tag }
  if (token) headers['Authorization'] = `Bearer ${token}`
  // #ifdef MP-WEIXIN
  headers['X-Channel'] = 'mini'
  // #endif
  return headers
}

/** Sends; resolves with the body of a success, else rejects with a `Refusal`. */
export async function send(request: Request): Promise<unknown> {
  const reply = await exchange(request)
  if (reply.status >= 200 && reply.status < 300) return reply.body
  throw refusalOf(reply)
}

export function refusalOf(reply: Reply): Refusal {
  const problem = problemOf(reply)
  if (reply.status === 401) return new Refusal('signed-out', problem)
  return new Refusal(reply.status >= 500 ? 'server' : 'refused', problem)
}

function problemOf(reply: Reply): Problem {
  const body = typeof reply.body === 'string' ? parse(reply.body) : reply.body
  if (typeof body === 'object' && body !== null && 'code' in body && 'detail' in body) {
    return { ...(body as Problem), status: reply.status }
  }
  return { status: reply.status, code: 'unexpected', detail: t('problem.server') }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function exchange(request: Request): Promise<Reply> {
  return new Promise((resolve, reject) => {
    uni.request({
      url: addressOf(request.url),
      // @ts-expect-error the types of uni-app leave PATCH out, which every target sends
      method: request.method,
      data: request.body as AnyObject | undefined,
      header: { ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }), ...request.headers },
      timeout: (request.seconds ?? SECONDS) * 1000,
      success: (reply) => resolve({ status: reply.statusCode, body: reply.data }),
      fail: (failure) => reject(unreached(String(failure.errMsg ?? ''))),
    })
  })
}

/** Nothing came back: the network is gone, or the answer took too long. */
export function unreached(message: string): Refusal {
  const isTimeout = /timeout|timed out/i.test(message)
  return isTimeout
    ? new Refusal('timeout', { status: 0, code: 'timeout', detail: t('problem.timeout') })
    : new Refusal('offline', { status: 0, code: 'offline', detail: t('problem.offline') })
}
