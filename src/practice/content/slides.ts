import type { OfficePart } from './office.ts'
import { xmlText } from './xml-text.ts'

const namespaces =
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
const type = (kind: string) => `application/vnd.openxmlformats-officedocument.presentationml.${kind}+xml`
const emptyGroup =
  '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
const inherit = '<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>'

/** The parts of a presentation: a master, a layout and a theme are required (ECMA-376 part 1, 13.3), then a part a slide. */
export function slideParts(slides: readonly string[]): OfficePart[] {
  const ids = slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index + 2}"/>`).join('')
  return [
    {
      name: 'ppt/presentation.xml',
      type: type('presentation.main'),
      xml: `<p:presentation ${namespaces}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:sldIdLst>${ids}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>`,
      links: [
        ['slideMaster', 'slideMasters/slideMaster1.xml'],
        ...slides.map((_, index): [string, string] => ['slide', `slides/slide${index + 1}.xml`]),
        ['theme', 'theme/theme1.xml'],
      ],
    },
    {
      name: 'ppt/slideMasters/slideMaster1.xml',
      type: type('slideMaster'),
      xml: `<p:sldMaster ${namespaces}><p:cSld><p:spTree>${emptyGroup}</p:spTree></p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>`,
      links: [
        ['slideLayout', '../slideLayouts/slideLayout1.xml'],
        ['theme', '../theme/theme1.xml'],
      ],
    },
    {
      name: 'ppt/slideLayouts/slideLayout1.xml',
      type: type('slideLayout'),
      xml: `<p:sldLayout ${namespaces} type="blank"><p:cSld name="Blank"><p:spTree>${emptyGroup}</p:spTree></p:cSld>${inherit}</p:sldLayout>`,
      links: [['slideMaster', '../slideMasters/slideMaster1.xml']],
    },
    { name: 'ppt/theme/theme1.xml', type: 'application/vnd.openxmlformats-officedocument.theme+xml', xml: theme() },
    ...slides.map(
      (text, index): OfficePart => ({
        name: `ppt/slides/slide${index + 1}.xml`,
        type: type('slide'),
        xml: `<p:sld ${namespaces}><p:cSld><p:spTree>${emptyGroup}${textBox(text)}</p:spTree></p:cSld>${inherit}</p:sld>`,
        links: [['slideLayout', '../slideLayouts/slideLayout1.xml']],
      }),
    ),
  ]
}

function textBox(text: string): string {
  return `<p:sp><p:nvSpPr><p:cNvPr id="2" name="Text"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="685800" y="685800"/><a:ext cx="7772400" cy="1470025"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="en-US"/><a:t>${xmlText(text)}</a:t></a:r></a:p></p:txBody></p:sp>`
}

function theme(): string {
  const colour = (name: string, value: string) => `<a:${name}><a:srgbClr val="${value}"/></a:${name}>`
  const colours = [
    ['dk1', '000000'],
    ['lt1', 'FFFFFF'],
    ['dk2', '1F497D'],
    ['lt2', 'EEECE1'],
    ...['4F81BD', 'C0504D', '9BBB59', '8064A2', '4BACC6', 'F79646'].map((value, index) => [`accent${index + 1}`, value]),
    ['hlink', '0000FF'],
    ['folHlink', '800080'],
  ].map(([name = '', value = '']) => colour(name, value))
  const font = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
  const fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
  const line = `<a:ln w="9525">${fill}</a:ln>`
  const effect = '<a:effectStyle><a:effectLst/></a:effectStyle>'
  return `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Practice"><a:themeElements><a:clrScheme name="Practice">${colours.join('')}</a:clrScheme><a:fontScheme name="Practice"><a:majorFont>${font}</a:majorFont><a:minorFont>${font}</a:minorFont></a:fontScheme><a:fmtScheme name="Practice"><a:fillStyleLst>${fill.repeat(3)}</a:fillStyleLst><a:lnStyleLst>${line.repeat(3)}</a:lnStyleLst><a:effectStyleLst>${effect.repeat(3)}</a:effectStyleLst><a:bgFillStyleLst>${fill.repeat(3)}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`
}
