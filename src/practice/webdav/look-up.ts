import type { WebdavFolder, WebdavModel, WebdavNode } from './model.ts'
import type { WebdavQuirks } from './quirks.ts'

/** The node at a decoded path, also by way of the folder that contains itself. */
export function lookUp(model: WebdavModel, segments: readonly string[], quirks: WebdavQuirks): WebdavNode | undefined {
  const loop = loopOf(model, quirks)
  let at: WebdavNode | undefined = model.root
  for (const name of segments) {
    if (at?.kind !== 'folder') return undefined
    at = at.children.get(name) ?? (loop && at === loop.folder && name === loop.name ? at : undefined)
  }
  return at
}

/** The children of a folder as listed, with their names there. */
export function childrenOf(model: WebdavModel, folder: WebdavFolder, quirks: WebdavQuirks): [name: string, node: WebdavNode][] {
  const loop = loopOf(model, quirks)
  const children = [...folder.children]
  return loop && loop.folder === folder ? [...children, [loop.name, folder]] : children
}

function loopOf(model: WebdavModel, { symlinkLoop }: WebdavQuirks): { folder: WebdavNode; name: string } | undefined {
  const folder = symlinkLoop && model.find(symlinkLoop.folder)
  return folder && symlinkLoop ? { folder, name: symlinkLoop.name } : undefined
}
