import type { Language } from '../core/language.ts'

/** What the person sees in the browser after the redirect; no script, nothing loaded from elsewhere. */
export const loopbackPage = (title: string, text: string, language: Language): string => `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Holdall: ${escaped(title)}</title>
<style>body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto 0; padding: 0 1rem }</style>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>
</html>
`

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
