import { execFileSync, spawnSync } from 'node:child_process'
import { test } from 'vitest'

/** Parsers that we did not write: Debian's python3-vobject and python3-icalendar (and zoneinfo, dateutil). A Python elsewhere may lack them. */
const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import vobject, icalendar, dateutil, zoneinfo']).status === 0,
)

/** Runs `work` where the parsers are there; says so where not; fails where everything must be there. */
export function withParsers(title: string, work: () => void | Promise<void>): void {
  if (python !== undefined) test(title, work)
  else if (process.env.CI === 'true')
    test(title, () => Promise.reject(new Error('python3-vobject and python3-icalendar are missing')))
  else test.skip(`${title} [SKIPPED: apt install python3-vobject python3-icalendar]`, work)
}

/** What a Python script prints as JSON, given `input`. */
export function ask(script: string, input: string): unknown {
  return JSON.parse(execFileSync(python!, ['-c', script], { input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }))
}

export interface ReadComponent {
  readonly name: string
  /** Values as the parser understands them, written out again. */
  readonly properties: Readonly<
    Record<string, readonly { readonly value: string; readonly parameters: Readonly<Record<string, string>> }[]>
  >
  readonly components: readonly ReadComponent[]
  readonly errors: readonly string[]
}

/** A calendar by python3-icalendar, which keeps what it could not read as errors. */
export const readCalendar = (text: string) => ask(icalendar, text) as ReadComponent

const icalendar = `
import sys, json, icalendar
def dump(c):
    properties = {}
    for key, values in c.items():
        for v in values if isinstance(values, list) else [values]:
            value = v.to_ical() if hasattr(v, 'to_ical') else str(v)
            if isinstance(v, icalendar.vText): value = str(v)
            value = value.decode() if isinstance(value, bytes) else value
            properties.setdefault(key, []).append({'value': value, 'parameters': {k: ','.join(p) if isinstance(p, list) else str(p) for k, p in getattr(v, 'params', {}).items()}})
    return {'name': c.name, 'properties': properties, 'components': [dump(s) for s in c.subcomponents], 'errors': [str(e) for e in c.errors]}
print(json.dumps(dump(icalendar.Calendar.from_ical(sys.stdin.buffer.read()))))
`

/** Starts of the first occurrences of each series, in UTC, by python3-vobject, with the time zones that stand in the file. */
export const occurrences = (text: string, most: number) => ask(expand(most), text) as Readonly<Record<string, readonly string[]>>

const expand = (most: number) => `
import sys, json, itertools, datetime, vobject
result = {}
for calendar in vobject.readComponents(sys.stdin.buffer.read().decode()):
    for event in calendar.contents.get('vevent', []):
        rules = event.getrruleset(addRDate=True)
        starts = [event.dtstart.value] if rules is None else list(itertools.islice(rules, ${most}))
        result.setdefault(event.uid.value, []).extend(
            s.astimezone(datetime.timezone.utc).strftime('%Y%m%dT%H%M%SZ') if isinstance(s, datetime.datetime) and s.tzinfo else s.strftime('%Y%m%dT%H%M%S') for s in starts)
print(json.dumps(result))
`

export interface ReadCard {
  readonly properties: readonly {
    readonly name: string
    readonly group: string | null
    readonly value: unknown
    readonly parameters: Readonly<Record<string, readonly string[]>>
  }[]
}

/** Cards by python3-vobject. */
export const readCards = (text: string) => ask(vcards, text) as readonly ReadCard[]

const vcards = `
import sys, json, vobject
def value(v):
    if isinstance(v, (vobject.vcard.Name, vobject.vcard.Address)): return dict(v.__dict__)
    return v if isinstance(v, (str, list)) else str(v)
print(json.dumps([{'properties': [{'name': c.name, 'group': c.group, 'value': value(c.value), 'parameters': c.params} for c in card.getChildren()]}
  for card in vobject.readComponents(sys.stdin.buffer.read().decode())]))
`

/** Pictures by the names of their contacts, out of the lines as python3-vobject takes them apart; bytes in base64. */
export const readPhotos = (text: string) =>
  ask(photos, text) as Readonly<Record<string, { readonly type: string; readonly bytes: string }>>

const photos = `
import sys, json, re, base64, io, vobject.base
found, name = {}, None
for line, _ in vobject.base.getLogicalLines(io.StringIO(sys.stdin.buffer.read().decode(), newline='')):
    key, parameters, value, group = vobject.base.parseLine(line)
    if key.upper() == 'FN': name = value
    if key.upper() != 'PHOTO': continue
    assert name not in found and parameters == [], (name, parameters)
    kind, data = re.fullmatch('data:([a-z/]+);base64,(.*)', value, re.S).groups()
    found[name] = {'type': kind, 'bytes': base64.b64encode(base64.b64decode(data, validate=True)).decode()}
print(json.dumps(found))
`

/** Instants (seconds since 1970) of which a VTIMEZONE, read by dateutil, says another offset than the machine's time zone data does. */
export const wrongOffsets = (vtimezone: string, zone: string, instants: readonly number[]) =>
  ask(compare, JSON.stringify({ vtimezone, zone, instants })) as readonly (readonly [number, number, number])[]

const compare = `
import sys, json, io, datetime, zoneinfo, dateutil.tz
given = json.load(sys.stdin)
ours = dateutil.tz.tzical(io.StringIO('BEGIN:VCALENDAR\\r\\n' + given['vtimezone'] + 'END:VCALENDAR\\r\\n')).get()
theirs = zoneinfo.ZoneInfo(given['zone'])
wrong = []
for instant in given['instants']:
    real = datetime.datetime.fromtimestamp(instant, theirs)
    said = ours.utcoffset(real.replace(tzinfo=None, fold=real.fold)).total_seconds()
    if said != real.utcoffset().total_seconds(): wrong.append([instant, said, real.utcoffset().total_seconds()])
print(json.dumps(wrong))
`

/** What RFC 5545 3.1 and RFC 6350 3.2 say of lines; returns the lines that break it. */
export function badLines(bytes: Uint8Array): string[] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  if (!text.endsWith('\r\n')) return ['the last line does not end']
  return text
    .slice(0, -2)
    .split('\r\n')
    .filter((line) => Buffer.byteLength(line) > 75 || /[\r\n\u0000-\u0008\u000b-\u001f\u007f]/.test(line) || line === '')
}
