// The only way to the server. A call whose session has run out waits for one refresh and is then sent once more;
// the server refused it before it did anything. A call that begins while a refresh runs waits and goes out once.
import { t } from '@/locale'

import { Refusal } from './refusal'
import { refreshUnderWay, renewSession } from './refresh'
import { getSession, type Session } from './session'
import { headersFor, send, type Request } from './transport'
import type { Answer, Call, Method, PathOf } from './types'

interface AnyCall {
  path?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  idempotencyKey?: string
  seconds?: number
}

const VERBS = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const
const READ_TRIES = 2
const PAUSE = 800

type Arguments<P extends PathOf<M>, M extends Method> =
  Record<never, never> extends Call<P, M> ? [call?: Call<P, M>] : [call: Call<P, M>]

/** `api.get('/api/people/{person_id}', { path: { person_id } })`: typed by patient-app/openapi.json. */
export const api = {
  get: <P extends PathOf<'get'>>(address: P, ...[call]: Arguments<P, 'get'>) => read(address, call ?? {}) as Promise<Answer<P, 'get'>>,
  post: <P extends PathOf<'post'>>(address: P, ...[call]: Arguments<P, 'post'>) => write('post', address, call ?? {}) as Promise<Answer<P, 'post'>>,
  put: <P extends PathOf<'put'>>(address: P, ...[call]: Arguments<P, 'put'>) => write('put', address, call ?? {}) as Promise<Answer<P, 'put'>>,
  patch: <P extends PathOf<'patch'>>(address: P, ...[call]: Arguments<P, 'patch'>) => write('patch', address, call ?? {}) as Promise<Answer<P, 'patch'>>,
  delete: <P extends PathOf<'delete'>>(address: P, ...[call]: Arguments<P, 'delete'>) => write('delete', address, call ?? {}) as Promise<Answer<P, 'delete'>>,
}

/** A read is safe to repeat: a short gap of the network is bridged. */
async function read(address: string, call: AnyCall): Promise<unknown> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await withSession(requestOf('get', address, call))
    } catch (error) {
      const isGap = error instanceof Refusal && (error.kind === 'offline' || error.status === 502 || error.status === 503)
      if (!isGap || tries >= READ_TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
    }
  }
}

/** A write is sent once: only the reader decides to try again. */
function write(method: Method, address: string, call: AnyCall): Promise<unknown> {
  return withSession(requestOf(method, address, call))
}

/** Sends with the session's token, renewing it first or after a refusal. For callers that build their own request. */
export async function withSession(request: Request, sender: (request: Request) => Promise<unknown> = send): Promise<unknown> {
  const session = (await waitForRefresh()) ?? getSession()
  try {
    return await sender(authorized(request, session))
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'signed-out' || session === null) throw error
    const renewed = await afterRefusal(session)
    return sender(authorized(request, renewed))
  }
}

async function waitForRefresh(): Promise<Session | null> {
  const running = refreshUnderWay()
  return running === null ? null : running.catch(() => null)
}

async function afterRefusal(session: Session): Promise<Session> {
  try {
    return await renewSession(session)
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'signed-out') {
      throw new Refusal('signed-out', { status: 401, code: error.code, detail: t('state.signed-out.text') })
    }
    throw error
  }
}

function authorized(request: Request, session: Session | null): Request {
  return { ...request, headers: { ...headersFor(session?.token ?? ''), ...request.headers } }
}

function requestOf(method: Method, address: string, call: AnyCall): Request {
  const headers: Record<string, string> = call.idempotencyKey ? { 'Idempotency-Key': call.idempotencyKey } : {}
  return { method: VERBS[method], url: urlOf(address, call), body: call.body, headers, seconds: call.seconds }
}

/** The address with its values; an empty list or undefined leaves a parameter out. */
export function urlOf(address: string, call: Pick<AnyCall, 'path' | 'query'>): string {
  const filled = address.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(call.path?.[name])))
  const pairs = Object.entries(call.query ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((each) => each !== undefined && each !== null && each !== '')
      .map((each) => `${encodeURIComponent(name)}=${encodeURIComponent(String(each))}`),
  )
  return pairs.length ? `${filled}?${pairs.join('&')}` : filled
}
