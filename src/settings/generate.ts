import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { providers } from '../providers/index.ts'
import { reportSchemaText } from '../report/report-schema.ts'
import { exampleText, profileSchemaText, schemaText } from './generated-files.ts'

// `npm run generate`: writes the files that are made from the definition. A test fails while they differ from it.
const config = (name: string) => fileURLToPath(new URL(`../../config/${name}`, import.meta.url))
await writeFile(config('holdall.schema.json'), schemaText(providers))
await writeFile(config('holdall.example.yaml'), exampleText(providers))
await writeFile(config('profile.schema.json'), profileSchemaText(providers))
await writeFile(config('report.schema.json'), reportSchemaText())
