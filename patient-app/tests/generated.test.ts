import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import openapiTS, { astToString } from 'openapi-typescript'
import { expect, it } from 'vitest'

import { TARGETS } from '../tools/style-sources.mjs'

const APP = join(__dirname, '..')

it('has the client types that openapi.json describes', async () => {
  const description = JSON.parse(readFileSync(join(APP, 'openapi.json'), 'utf8'))
  const wanted = astToString(await openapiTS(description))
  const present = readFileSync(join(APP, 'src/http/schema.ts'), 'utf8')
  expect(present.endsWith(wanted), 'stale: npm run api writes src/http/schema.ts').toBe(true)
})

it.each(Object.entries(TARGETS))('has %s as its sources say', (file, render) => {
  expect(readFileSync(join(APP, file), 'utf8'), 'stale: npm run style').toBe(render())
})
