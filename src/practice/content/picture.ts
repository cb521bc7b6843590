import { crc32, deflateSync } from 'node:zlib'
import { jpegMosaic } from './jpeg.ts'
import { xmlText } from './xml-text.ts'

/** `stamp` becomes a comment in the file: two files with different stamps show the same picture and differ in bytes. */
export type PictureOptions = { readonly stamp?: string }

/** A PNG (https://www.w3.org/TR/png-3/) of `width` × `height` pixels, a colour pattern chosen by `seed`. */
export function png(width: number, height: number, seed: number, options: PictureOptions = {}): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0, at = 0; y < height; y++) {
    at++
    for (let x = 0; x < width; x++) {
      rows[at++] = x * 3 + seed * 41
      rows[at++] = y * 3 + seed * 97
      rows[at++] = (x ^ y) + seed * 13
    }
  }
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(options.stamp === undefined ? [] : [chunk('tEXt', Buffer.from(`Comment\0${options.stamp}`, 'latin1'))]),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Uint8Array): Buffer {
  const whole = Buffer.alloc(data.length + 12)
  whole.writeUInt32BE(data.length, 0)
  whole.write(type, 4, 'latin1')
  whole.set(data, 8)
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length)
  return whole
}

/** An SVG that shows one line of text. */
export function svg(text: string, options: PictureOptions = {}): Uint8Array {
  const comment = options.stamp === undefined ? '' : `<desc>${xmlText(options.stamp)}</desc>`
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="480" height="80" viewBox="0 0 480 80">${comment}<rect width="480" height="80" fill="#eef"/><text x="16" y="50" font-size="24">${xmlText(text)}</text></svg>\n`,
  )
}

/** A grey baseline JPEG of `width` × `height` pixels: a mosaic of 8 × 8 squares chosen by `seed`. */
export function jpeg(width: number, height: number, seed: number, options: PictureOptions = {}): Uint8Array {
  return jpegMosaic(width, height, seed, options.stamp)
}
