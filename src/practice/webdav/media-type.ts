import type { WebdavFile } from './model.ts'

const types: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  md: 'text/markdown',
  html: 'text/html',
  csv: 'text/csv',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  svg: 'image/svg+xml',
  zip: 'application/zip',
  mp4: 'video/mp4',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
}

/** By the ending of the name, as servers find it. */
export function mediaType(file: WebdavFile): string {
  const dot = file.name.lastIndexOf('.')
  return file.details.type ?? types[dot < 0 ? '' : file.name.slice(dot + 1).toLowerCase()] ?? 'application/octet-stream'
}
