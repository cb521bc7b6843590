import type { Format } from '../../../core/item.ts'
import type { ExportChoice } from './settings.ts'

/** A form in which Drive hands out an editor's document. */
export interface Target {
  /** The part's key. */
  readonly key: string
  readonly extension: string
  readonly mimeType: string
  readonly format: Format
  /** Only the long-running `files.download` gives it, not `files.export`. */
  readonly onlyByDownload?: true
}

const office = 'application/vnd.openxmlformats-officedocument'
const odf = 'application/vnd.oasis.opendocument'
const target = (key: string, mimeType: string, format: Format, extension = key): Target => ({ key, extension, mimeType, format })
const pdf = target('pdf', 'application/pdf', 'pdf')
const html = target('html', 'application/zip', 'zip', 'html.zip')
const txt = target('txt', 'text/plain', 'text')
const svg = target('svg', 'image/svg+xml', 'svg')
const png = target('png', 'image/png', 'png')

/** Of each kind of document its forms by choice. Source: https://developers.google.com/workspace/drive/api/guides/ref-export-formats */
const table: Readonly<Record<string, { readonly [C in ExportChoice]?: readonly Target[] }>> = {
  document: {
    office: [target('docx', `${office}.wordprocessingml.document`, 'zip')],
    pdf: [pdf],
    odf: [target('odt', `${odf}.text`, 'zip')],
    text: [txt],
    markdown: [target('md', 'text/markdown', 'text')],
    html: [html],
    epub: [target('epub', 'application/epub+zip', 'zip')],
  },
  // No text: a csv holds the first sheet only.
  spreadsheet: {
    office: [target('xlsx', `${office}.spreadsheetml.sheet`, 'zip')],
    pdf: [pdf],
    odf: [target('ods', `${odf}.spreadsheet`, 'zip')],
    html: [html],
  },
  presentation: {
    office: [target('pptx', `${office}.presentationml.presentation`, 'zip')],
    pdf: [pdf],
    odf: [target('odp', `${odf}.presentation`, 'zip')],
    text: [txt],
  },
  // The svg keeps the lines, the png the fonts.
  drawing: { office: [svg, png], pdf: [pdf] },
  script: { office: [target('json', 'application/vnd.google-apps.script+json', 'json')] },
  vid: { office: [{ ...target('mp4', 'video/mp4', 'mp4'), onlyByDownload: true }] },
}

export const editorPrefix = 'application/vnd.google-apps.'

function formsOf(mimeType: string) {
  const kind = mimeType.startsWith(editorPrefix) ? mimeType.slice(editorPrefix.length) : ''
  return Object.hasOwn(table, kind) ? table[kind] : undefined
}

/** The forms of a document of this type under these choices, at least one; undefined: Google exports no such thing. */
export function exportTargets(mimeType: string, choices: readonly ExportChoice[]): readonly Target[] | undefined {
  const forms = formsOf(mimeType)
  if (forms === undefined) return undefined
  const chosen = choices.flatMap((choice) => forms[choice] ?? [])
  return chosen.length === 0 ? forms.office : [...new Map(chosen.map((form) => [form.key, form])).values()]
}

/** The form that a part stands for. */
export function exportTarget(mimeType: string, key: string): Target | undefined {
  const forms = formsOf(mimeType)
  return forms === undefined
    ? undefined
    : Object.values(forms)
        .flat()
        .find((form) => form.key === key)
}

/** Documents have no extension of their own; one that is there by chance is not doubled. */
export function exportName(name: string, { extension }: Target): string {
  return name.toLowerCase().endsWith(`.${extension}`) ? name : `${name}.${extension}`
}
