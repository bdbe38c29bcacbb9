// `npm run api`: writes src/http/schema.ts, the types of every address in openapi.json.
import { readFileSync, writeFileSync } from 'node:fs'

import openapiTS, { astToString } from 'openapi-typescript'

export async function renderSchema() {
  const types = astToString(await openapiTS(JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'))))
  return `// Written by \`npm run api\` from openapi.json.\n${types}`
}

if (process.argv[1]?.endsWith('write-api.mjs')) {
  writeFileSync(new URL('../src/http/schema.ts', import.meta.url), await renderSchema())
}
