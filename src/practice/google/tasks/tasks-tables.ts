// Derived from the types of googleapis (Google's discovery document) by test/practice/google/derive-tables.ts; a test compares.

/** Query and path parameters of each method. */
export const methodParameters: Readonly<Record<string, readonly string[]>> = {
  'tasklists.list': ['maxResults', 'pageToken'],
  'tasks.list': [
    'completedMax',
    'completedMin',
    'dueMax',
    'dueMin',
    'maxResults',
    'pageToken',
    'showAssigned',
    'showCompleted',
    'showDeleted',
    'showHidden',
    'tasklist',
    'updatedMin',
  ],
  'tasks.get': ['task', 'tasklist'],
}

/** Fields of each resource: '' holds no fields of its own, '*' is a map with any keys, else the name of the schema of its value. */
export const schemas: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  TaskLists: { etag: '', items: 'TaskList', kind: '', nextPageToken: '' },
  TaskList: { etag: '', id: '', kind: '', selfLink: '', title: '', updated: '' },
  Tasks: { etag: '', items: 'Task', kind: '', nextPageToken: '' },
  Task: {
    assignmentInfo: 'AssignmentInfo',
    completed: '',
    deleted: '',
    due: '',
    etag: '',
    hidden: '',
    id: '',
    kind: '',
    links: 'Task.links',
    notes: '',
    parent: '',
    position: '',
    selfLink: '',
    status: '',
    title: '',
    updated: '',
    webViewLink: '',
  },
  AssignmentInfo: { driveResourceInfo: 'DriveResourceInfo', linkToTask: '', spaceInfo: 'SpaceInfo', surfaceType: '' },
  DriveResourceInfo: { driveFileId: '', resourceKey: '' },
  SpaceInfo: { space: '' },
  'Task.links': { description: '', link: '', type: '' },
}
