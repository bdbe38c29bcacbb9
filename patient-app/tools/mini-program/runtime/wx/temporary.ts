/** Files that the program has: chosen, downloaded or written by it; they last as long as the page. */

import type { Json } from '../program'
import { Failure } from './answers'

export const USER_DATA_PATH = 'wxfile://usr'
const files = new Map<string, { blob: Blob; url: string }>()
let count = 0

/** Keeps a file; its path. */
export function keepFile(blob: Blob, path = `wxfile://tmp_${(count += 1)}${endingOf(blob)}`): string {
  files.set(path, { blob, url: URL.createObjectURL(blob) })
  return path
}

function endingOf(blob: Blob): string {
  if (blob instanceof File && blob.name.includes('.')) return blob.name.slice(blob.name.lastIndexOf('.'))
  return { 'application/pdf': '.pdf', 'image/png': '.png', 'image/jpeg': '.jpg', 'text/calendar': '.ics' }[blob.type] ?? ''
}

/** The file of a path. */
export function findFile(path: string): Blob {
  const found = files.get(path)
  if (!found) throw new Failure(`no such file or directory, open "${path}"`)
  return found.blob
}

/** Forgets a file. */
export function removeFile(path: string): void {
  findFile(path)
  files.delete(path)
}

export function hasFile(path: string): boolean {
  return files.has(path)
}

/** What an image element loads for a `src` of the program. */
export function sourceOf(src: unknown): string {
  const path = String(src ?? '')
  if (/^https?:/.test(path)) return `/__relay?url=${encodeURIComponent(path)}`
  return files.get(path)?.url ?? path.replace(/^\/(?!\/)/, '')
}

/** The size of a picture. */
export async function measurePicture(path: string): Promise<Json> {
  const image = new Image()
  image.src = sourceOf(path)
  await image.decode().catch(() => {
    throw new Failure('image not found')
  })
  return { width: image.naturalWidth, height: image.naturalHeight }
}
