/**
 * Serves a packed mini program and carries its requests, as WeChat does outside the browser's rules.
 *
 *     node serve.mjs FOLDER PORT ORIGIN=SERVER…
 *
 * WeChat asks only the hosts that the operator has registered: a request to any other origin is refused here and
 * fails in the program with "url not in domain list". What goes to a registered origin is answered by its server, so
 * that a program built for the hospital's address can be tried with a server on this machine.
 */

import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const RELAY = '/__relay'
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}
const OF_THE_BROWSER = new Set([
  ...['host', 'connection', 'origin', 'referer', 'cookie', 'accept-encoding', 'content-length', 'x-relay-url'],
  ...['accept-language', 'transfer-encoding'],
])
const OF_THE_TRANSPORT = new Set(['connection', 'content-encoding', 'content-length', 'transfer-encoding', 'set-cookie'])

/** A server for the folder whose relay reaches only the origins that are keys of `allowed`, each at its server. */
export function makeServer(folder, allowed) {
  return http.createServer((request, response) => {
    const answer = request.url.startsWith(RELAY) ? relay(request, response, allowed) : sendFile(request, response, folder)
    answer.catch((error) => {
      response.writeHead(200, { 'x-relay-fault': 'unreachable' })
      response.end(String(error.cause ?? error))
    })
  })
}

async function relay(request, response, allowed) {
  const asked = new URL(request.url, 'http://localhost').searchParams.get('url') // by a picture
  const url = String(request.headers['x-relay-url'] ?? asked ?? '')
  const origin = URL.canParse(url) ? new URL(url).origin : ''
  if (!allowed.has(origin)) {
    response.writeHead(asked ? 403 : 200, { 'x-relay-fault': 'not-registered' })
    response.end()
    return
  }
  const body = await collect(request)
  const answer = await fetch(allowed.get(origin) + url.slice(origin.length), {
    method: request.method,
    headers: kept(Object.entries(request.headers), OF_THE_BROWSER, 'x-mp-'),
    body: body.length ? body : undefined,
    redirect: 'follow',
  })
  // A page notes every refusal in the browser's console, which WeChat does not: the status travels as a header.
  const status = asked ? answer.status : 200
  response.writeHead(status, { ...kept([...answer.headers], OF_THE_TRANSPORT), 'x-relay-status': answer.status })
  response.end(Buffer.from(await answer.arrayBuffer()))
}

/** The headers to pass on. A page may not set some headers itself: it sends them behind `prefix`. */
function kept(headers, dropped, prefix = '') {
  const found = {}
  for (const [name, value] of headers) {
    if (prefix && name.startsWith(prefix)) found[name.slice(prefix.length)] = value
    else if (!dropped.has(name) && !name.startsWith('sec-')) found[name] ??= value
  }
  return found
}

async function collect(request) {
  const parts = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts)
}

async function sendFile(request, response, folder) {
  const { pathname } = new URL(request.url, 'http://localhost')
  const file = path.join(folder, path.normalize(decodeURIComponent(pathname === '/' ? '/index.html' : pathname)))
  if (!file.startsWith(folder + path.sep) || !fs.existsSync(file)) {
    response.writeHead(404)
    response.end()
    return
  }
  response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' })
  response.end(await fs.promises.readFile(file))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, port, ...registered] = process.argv.slice(2)
  const allowed = new Map(registered.map((each) => each.split('=')))
  makeServer(path.resolve(folder), allowed).listen(Number(port), '127.0.0.1')
}
