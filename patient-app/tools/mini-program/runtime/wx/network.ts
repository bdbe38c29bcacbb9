/** Requests, up- and downloads. They go through the server of this page, which knows the registered hosts only. */

import type { Json } from '../program'
import { answered, answeredAll, Failure, type Call } from './answers'
import { emit, listenable } from './listeners'
import { findFile, keepFile } from './temporary'

const RELAY = '/__relay'
const DEFAULT_TIMEOUT = 60_000

interface Sent {
  url: string
  method: string
  headers: Headers
  body?: BodyInit
  timeout?: number
  signal: AbortSignal
}

async function send({ url, method, headers, body, timeout, signal }: Sent): Promise<Response> {
  const late = AbortSignal.timeout(Number(timeout) || DEFAULT_TIMEOUT)
  const either = new AbortController()
  for (const each of [late, signal]) each.addEventListener('abort', () => either.abort())
  const sent = new Headers({ 'x-relay-url': url })
  for (const [name, value] of headers) sent.set(name === 'accept-language' ? 'x-mp-accept-language' : name, value)
  let answer: Response
  try {
    answer = await fetch(RELAY, { method, headers: sent, body, signal: either.signal, cache: 'no-store' })
  } catch {
    if (signal.aborted) throw new Failure('abort')
    throw new Failure(late.aborted ? 'timeout' : navigator.onLine ? 'connection refused' : 'network is disconnected', {
      errno: late.aborted ? 5 : 600_001,
    })
  }
  const fault = answer.headers.get('x-relay-fault')
  if (fault === 'not-registered') throw new Failure('url not in domain list', { errno: 600_002 })
  if (fault) throw new Failure('connection refused', { errno: 600_001 })
  return answer
}

function headersOf(parameters: Json): Headers {
  const given = Object.entries<string>(parameters.header ?? {}).filter(([, value]) => value != null)
  return new Headers(given.map(([name, value]): [string, string] => [name, String(value)]))
}

function asTask(name: string, act: (parameters: Json, signal: AbortSignal) => Promise<Json>): Call {
  return (parameters = {}) => {
    const control = new AbortController()
    const promise = answered(name, () => act(parameters, control.signal))(parameters) as Promise<Json> | undefined
    const task = {
      abort: () => control.abort(),
      onHeadersReceived() {},
      offHeadersReceived() {},
      onProgressUpdate() {},
      offProgressUpdate() {},
      onChunkReceived() {},
      offChunkReceived() {},
    }
    return promise ? Object.assign(promise, task) : task
  }
}

/** Data of a request as WeChat sends it: in the address for GET, else as JSON or a form. */
function encode(parameters: Json, method: string, headers: Headers): { url: string; body?: BodyInit } {
  const { url, data } = parameters
  if (method === 'GET') {
    const search = data && typeof data === 'object' ? new URLSearchParams(data).toString() : ''
    return { url: search ? `${url}${url.includes('?') ? '&' : '?'}${search}` : url }
  }
  if (!headers.has('content-type')) headers.set('content-type', 'application/json')
  if (data == null) return { url }
  if (typeof data === 'string' || data instanceof ArrayBuffer) return { url, body: data }
  const isForm = headers.get('content-type')!.startsWith('application/x-www-form-urlencoded')
  return { url, body: isForm ? new URLSearchParams(data).toString() : JSON.stringify(data) }
}

async function read(answer: Response, parameters: Json): Promise<unknown> {
  if (parameters.responseType === 'arraybuffer') return answer.arrayBuffer()
  const text = await answer.text()
  if ((parameters.dataType ?? 'json') !== 'json') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function describeAnswer(answer: Response): Json {
  return { statusCode: Number(answer.headers.get('x-relay-status')), header: Object.fromEntries(answer.headers), cookies: [] }
}

const request = asTask('request', async (parameters, signal) => {
  const method = String(parameters.method ?? 'GET').toUpperCase()
  const headers = headersOf(parameters)
  const { url, body } = encode(parameters, method, headers)
  const answer = await send({ url, method, headers, body, timeout: parameters.timeout, signal })
  return { data: await read(answer, parameters), ...describeAnswer(answer) }
})

const uploadFile = asTask('uploadFile', async (parameters, signal) => {
  const body = new FormData()
  for (const [name, value] of Object.entries(parameters.formData ?? {})) body.set(name, String(value))
  const file = findFile(parameters.filePath)
  body.set(parameters.name, file, parameters.fileName ?? String(parameters.filePath).split('/').at(-1))
  const headers = headersOf(parameters)
  headers.delete('content-type')
  const answer = await send({ url: parameters.url, method: 'POST', headers, body, timeout: parameters.timeout, signal })
  return { data: await answer.text(), ...describeAnswer(answer) }
})

const downloadFile = asTask('downloadFile', async (parameters, signal) => {
  const headers = headersOf(parameters)
  const answer = await send({ url: parameters.url, method: 'GET', headers, timeout: parameters.timeout, signal })
  const path = keepFile(await answer.blob(), parameters.filePath)
  const where = parameters.filePath ? { filePath: path } : { tempFilePath: path }
  return { ...where, ...describeAnswer(answer), dataLength: findFile(path).size }
})

const networkState = () => ({ isConnected: navigator.onLine, networkType: navigator.onLine ? 'wifi' : 'none' })
for (const type of ['online', 'offline']) {
  window.addEventListener(type, () => emit('NetworkStatusChange', networkState()))
}

export const network = {
  request,
  uploadFile,
  downloadFile,
  ...answeredAll({ getNetworkType: networkState }),
  ...listenable('NetworkStatusChange'),
}
