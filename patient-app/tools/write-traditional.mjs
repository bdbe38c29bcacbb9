// `npm run locale`: writes src/locale/*.zh-Hant.json from the Simplified files.
import { writeFileSync } from 'node:fs'

import { renderTraditional } from './traditional.mjs'

for (const [file, content] of Object.entries(renderTraditional())) writeFileSync(file, content)
