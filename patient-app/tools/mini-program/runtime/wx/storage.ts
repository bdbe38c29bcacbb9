/** Storage, apart from what else this browser keeps. */

import type { Json } from '../program'
import { answeredAll, Failure } from './answers'

const PREFIX = 'mp:'

function read(key: string): unknown {
  const text = localStorage.getItem(PREFIX + key)
  return text === null ? '' : JSON.parse(text)
}

function write(key: string, data: unknown): void {
  localStorage.setItem(PREFIX + key, JSON.stringify(data ?? null))
}

function listKeys(): string[] {
  return Object.keys(localStorage).flatMap((name) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []))
}

function remove(key: string): void {
  localStorage.removeItem(PREFIX + key)
}

const clear = () => listKeys().forEach(remove)
const info = (): Json => ({ keys: listKeys(), currentSize: 1, limitSize: 10_240 })

export const storage = {
  getStorageSync: read,
  setStorageSync: write,
  removeStorageSync: remove,
  clearStorageSync: clear,
  getStorageInfoSync: info,
  ...answeredAll({
    getStorage({ key }) {
      if (localStorage.getItem(PREFIX + key) === null) throw new Failure('data not found')
      return { data: read(key) }
    },
    setStorage: ({ key, data }) => write(key, data),
    removeStorage: ({ key }) => remove(key),
    clearStorage: clear,
    getStorageInfo: info,
  }),
}
