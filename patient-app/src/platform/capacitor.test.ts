import { beforeEach, describe, expect, it, vi } from 'vitest'

import { capacitor, followLinks, isInShell } from './capacitor'

const plugins = vi.hoisted(() => ({
  listeners: {} as Record<string, (event: never) => void>,
  opened: [] as string[],
  written: [] as { path: string; data: string; encoding?: string }[],
  shared: [] as unknown[],
  permission: 'granted',
}))

const addListener = (name: string, heard: (event: never) => void) => {
  plugins.listeners[name] = heard
  return Promise.resolve()
}
vi.mock('@capacitor/app', () => ({ App: { addListener } }))
vi.mock('@capacitor/browser', () => ({
  Browser: { open: ({ url }: { url: string }) => plugins.opened.push(url), close: () => Promise.resolve() },
}))
vi.mock('@capacitor/share', () => ({ Share: { share: (what: unknown) => Promise.resolve(plugins.shared.push(what)) } }))
vi.mock('@capacitor/filesystem', () => ({
  Directory: { Cache: 'CACHE' },
  Encoding: { UTF8: 'utf8' },
  Filesystem: {
    writeFile: (file: { path: string; data: string }) => {
      plugins.written.push(file)
      return Promise.resolve({ uri: `file:///cache/${file.path}` })
    },
  },
}))
vi.mock('@capacitor/push-notifications', () => ({
  PushNotifications: {
    addListener,
    requestPermissions: () => Promise.resolve({ receive: plugins.permission }),
    register: () => Promise.resolve(),
  },
}))

beforeEach(() => {
  Object.assign(plugins, { listeners: {}, opened: [], written: [], shared: [], permission: 'granted' })
  vi.stubGlobal('Capacitor', { isNativePlatform: () => true, getPlatform: () => 'ios' })
  window.location.hash = ''
})

describe('the shell', () => {
  it('is known by its own global object', () => {
    expect(isInShell()).toBe(true)
    expect(capacitor.name).toBe('ios')
    vi.stubGlobal('Capacitor', undefined)
    expect(isInShell()).toBe(false)
  })

  it('goes to the page of a link that opened it, and to no other place', async () => {
    await followLinks()
    plugins.listeners['appUrlOpen']?.({ url: 'https://imc.example/#/bills/result?payment=7' } as never)
    expect(window.location.hash).toBe('#/bills/result?payment=7')
    plugins.listeners['appUrlOpen']?.({ url: 'yuelanimc://open/#/inbox/message?id=1' } as never)
    expect(window.location.hash).toBe('#/inbox/message?id=1')
    plugins.listeners['appUrlOpen']?.({ url: 'yuelanimc://open/#javascript:alert(1)' } as never)
    expect(window.location.hash).toBe('#/inbox/message?id=1')
  })

  it('opens the acquirer outside of the app', async () => {
    await capacitor.leaveFor('https://bank.example/pay')
    expect(plugins.opened).toEqual(['https://bank.example/pay'])
  })

  it('hands documents and texts over as files', async () => {
    await capacitor.saveText('data.json', '{"name":"Zoë"}', 'application/json')
    expect(plugins.written).toEqual([{ path: 'data.json', data: '{"name":"Zoë"}', directory: 'CACHE', encoding: 'utf8' }])
    expect(plugins.shared).toEqual([{ title: 'data.json', files: ['file:///cache/data.json'] }])
  })
})

describe('push messages', () => {
  it('give the token of the system after the reader agreed', async () => {
    const asked = capacitor.pushToken()
    await vi.waitFor(() => expect(plugins.listeners['registration']).toBeDefined())
    plugins.listeners['registration']?.({ value: 'token' } as never)
    expect(await asked).toBe('token')
  })

  it('give none when the reader said no or the system has no service', async () => {
    plugins.permission = 'denied'
    expect(await capacitor.pushToken()).toBeNull()
    plugins.permission = 'granted'
    const asked = capacitor.pushToken()
    await vi.waitFor(() => expect(plugins.listeners['registrationError']).toBeDefined())
    plugins.listeners['registrationError']?.({} as never)
    expect(await asked).toBeNull()
  })
})
