import { xmlText } from '../../content/xml-text.ts'
import type { NotesModel, Resource } from './notes-model.ts'

export interface PictureOptions {
  readonly alt?: string
  readonly width?: number
  readonly height?: number
  /** An optimised form under an id of its own, as the service makes it of large pictures; absent: both addresses name one resource. */
  readonly optimised?: Uint8Array
  readonly host?: Resource['host']
}

/** https://learn.microsoft.com/graph/onenote-input-output-html#img-elements */
export function picture(model: NotesModel, bytes: Uint8Array, type: string, options: PictureOptions = {}): string {
  const { alt = '', width = 240, height = 160, optimised, host = 'graph' } = options
  const full = model.addResource(bytes, type, host)
  const shown = optimised === undefined ? full : model.addResource(optimised, 'image/jpeg', host)
  const shownType = optimised === undefined ? type : 'image/jpeg'
  return `<img alt="${xmlText(alt)}" width="${width}" height="${height}" src="res:${shown}" data-src-type="${shownType}" data-fullres-src="res:${full}" data-fullres-src-type="${type}" />`
}

/** https://learn.microsoft.com/graph/onenote-input-output-html#object-elements */
export function attachment(
  model: NotesModel,
  name: string,
  bytes: Uint8Array,
  type: string,
  host: Resource['host'] = 'graph',
): string {
  return `<object data="res:${model.addResource(bytes, type, host)}" data-attachment="${xmlText(name)}" type="${type}" />`
}

/** https://learn.microsoft.com/graph/onenote-input-output-html#iframe-elements */
export const video = (page: string, embedded: string): string =>
  `<iframe width="340" height="280" data-original-src="${xmlText(page)}" src="${xmlText(embedded)}" />`

/** InkML of a stroke or more, each a list of points: https://www.w3.org/TR/InkML/ */
export function inkOf(strokes: readonly (readonly (readonly [number, number])[])[]): string {
  const traces = strokes
    .map(
      (points, index) =>
        `<inkml:trace xml:id="st${index}" contextRef="#ctx0" brushRef="#br0">${points.map((point) => point.join(' ')).join(', ')}</inkml:trace>`,
    )
    .join('')
  return `<?xml version="1.0" encoding="utf-8"?>
<inkml:ink xmlns:inkml="http://www.w3.org/2003/InkML"><inkml:definitions><inkml:context xml:id="ctx0"><inkml:inkSource xml:id="inkSrc0"><inkml:traceFormat><inkml:channel name="X" type="integer" max="32767" units="himetric"/><inkml:channel name="Y" type="integer" max="32767" units="himetric"/></inkml:traceFormat></inkml:inkSource></inkml:context><inkml:brush xml:id="br0"><inkml:brushProperty name="width" value="100" units="himetric"/><inkml:brushProperty name="height" value="100" units="himetric"/><inkml:brushProperty name="color" value="#1F4E9E"/></inkml:brush></inkml:definitions><inkml:traceGroup>${traces}</inkml:traceGroup></inkml:ink>
`
}
