// `npm run style`: writes the generated parts of the style sheet.
import { writeFileSync } from 'node:fs'

import { TARGETS } from './style-sources.mjs'

for (const [file, render] of Object.entries(TARGETS)) writeFileSync(file, render())
