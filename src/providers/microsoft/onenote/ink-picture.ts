import { SaxesParser, type SaxesTagPlain } from 'saxes'

/** Pixels of a browser (96 an inch) in a unit of InkML's traces. OneNote writes himetric, hundredths of a millimetre. */
const pixels: Readonly<Record<string, number>> = {
  himetric: 96 / 2540,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
  pt: 96 / 72,
  dev: 1,
}

interface Brush {
  color: string
  /** In the traces' unit. */
  width: number
  opacity: number
}

type Point = readonly [number, number]

/**
 * What was drawn by hand as an SVG picture, cut to its size. Undefined for InkML beyond what OneNote is known to write
 * (https://www.w3.org/TR/InkML/#trace: differences between points, other forms of channels): a wrong picture would be worse than none, and the
 * InkML is saved all the same.
 */
export function inkPicture(ink: string): string | undefined {
  const brushes = new Map<string, Brush>()
  const lines: { readonly brush: string; readonly points: readonly Point[] }[] = []
  let channels: string[] = []
  let unit = 'himetric'
  let brush: Brush | undefined
  let trace: { readonly brush: string; text: string } | undefined
  let understood = true

  const open = (tag: SaxesTagPlain) => {
    const given = (name: string) => tag.attributes[name] ?? ''
    switch (localName(tag.name)) {
      case 'traceFormat':
        channels = []
        break
      case 'channel':
        channels.push(given('name').toUpperCase())
        unit = given('units') === '' ? unit : given('units')
        break
      case 'brush':
        brush = { color: '#000000', width: 70, opacity: 1 }
        brushes.set(given('xml:id'), brush)
        break
      case 'brushProperty': {
        if (brush === undefined) break
        const value = given('value')
        if (given('name') === 'color' && /^#[0-9a-f]{6}$/i.test(value)) brush.color = value
        else if (given('name') === 'width' && Number(value) > 0) brush.width = Number(value)
        else if (given('name') === 'transparency' && Number(value) >= 0 && Number(value) < 255)
          brush.opacity = 1 - Number(value) / 255
        break
      }
      case 'trace':
        trace = { brush: given('brushRef').replace(/^#/, ''), text: '' }
        break
    }
  }
  const close = (name: string) => {
    if (localName(name) === 'brush') brush = undefined
    if (localName(name) !== 'trace' || trace === undefined) return
    const points = pointsOf(trace.text, channels)
    if (points === undefined) understood = false
    else lines.push({ brush: trace.brush, points })
    trace = undefined
  }

  const parser = new SaxesParser()
  parser.on('opentag', open)
  parser.on('closetag', (tag) => close(tag.name))
  parser.on('text', (text) => {
    if (trace !== undefined) trace.text += text
  })
  parser.on('error', () => {
    understood = false
  })
  parser.write(ink).close()
  const scale = pixels[unit]
  return understood && lines.length > 0 && scale !== undefined ? drawn(lines, brushes, scale) : undefined
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

/** `1000 3000, 1500 2500`: a value for each channel, X and Y among them. */
function pointsOf(text: string, channels: readonly string[]): Point[] | undefined {
  const names = channels.length === 0 ? ['X', 'Y'] : channels
  const [x, y] = [names.indexOf('X'), names.indexOf('Y')]
  const points: Point[] = []
  for (const part of text.split(',')) {
    if (part.trim() === '') continue
    const values = part.trim().split(/\s+/)
    if (values.length !== names.length || !values.every((value) => /^-?\d+(?:\.\d+)?$/.test(value))) return undefined
    points.push([Number(values[x]), Number(values[y])])
  }
  return x < 0 || y < 0 || points.length === 0 ? undefined : points
}

function drawn(
  lines: readonly { readonly brush: string; readonly points: readonly Point[] }[],
  brushes: ReadonlyMap<string, Brush>,
  scale: number,
): string {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  const paths: string[] = []
  for (const { brush, points } of lines) {
    const { color, width, opacity } = brushes.get(brush) ?? { color: '#000000', width: 70, opacity: 1 }
    for (const [x, y] of points) {
      left = Math.min(left, x - width)
      right = Math.max(right, x + width)
      top = Math.min(top, y - width)
      bottom = Math.max(bottom, y + width)
    }
    // A dot is a line of no length, which round ends make visible.
    const [first, ...rest] = points.map((point) => point.join(' '))
    paths.push(
      `<path d="M${first}L${rest.length === 0 ? first : rest.join('L')}" stroke="${color}" stroke-width="${width}"${opacity === 1 ? '' : ` stroke-opacity="${opacity.toFixed(2)}"`}/>`,
    )
  }
  const [width, height] = [right - left, bottom - top]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width * scale)}" height="${Math.ceil(height * scale)}" viewBox="${left} ${top} ${width} ${height}" fill="none" stroke-linecap="round" stroke-linejoin="round">${paths.join('')}</svg>\n`
}
