import { z } from 'zod'
import { flag, listOf, text } from '../records/lenient.ts'

/** https://developers.google.com/workspace/tasks/reference/rest/v1/tasklists */
export const listedTaskList = z.looseObject({
  id: z.string().min(1),
  etag: z.string().optional(),
  title: z.string().optional(),
  updated: z.string().optional(),
})
export type ListedTaskList = z.infer<typeof listedTaskList>
export const taskListList = z.object({ items: z.array(listedTaskList).default([]), nextPageToken: z.string().optional() })

/** As listings answer; everything else is kept as it comes. https://developers.google.com/workspace/tasks/reference/rest/v1/tasks */
export const listedTask = z.looseObject({
  id: z.string().min(1),
  etag: z.string().optional(),
  title: z.string().optional(),
  updated: z.string().optional(),
})
export type ListedTask = z.infer<typeof listedTask>
export const taskList = z.object({ items: z.array(listedTask).default([]), nextPageToken: z.string().optional() })

/** A task as its VTODO is made of it. */
export const task = z.object({
  id: z.string().catch(''),
  title: text,
  notes: text,
  status: text,
  updated: text,
  due: text,
  completed: text,
  deleted: flag,
  hidden: flag,
  parent: text,
  position: text,
  webViewLink: text,
  links: listOf(z.object({ type: text, description: text, link: text })),
  assignmentInfo: z
    .object({
      surfaceType: text,
      linkToTask: text,
      driveResourceInfo: z.object({ driveFileId: text }).optional().catch(undefined),
      spaceInfo: z.object({ space: text }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
})
export type Task = z.infer<typeof task>
