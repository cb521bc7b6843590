import type { NotTaken } from '../../core/provider.ts'

/** What a Microsoft account may hold besides OneDrive and OneNote. */
export const notTaken: readonly NotTaken[] = [
  {
    what: 'Outlook: mail, calendar, contacts',
    howByHand: 'In classic Outlook for Windows: File, Open & Export, Import/Export, Export to a file (.pst).',
    page: 'https://support.microsoft.com/office/14252b52-3075-4e9b-be4e-ff9ef1068f91',
  },
  {
    what: 'Teams: chats, channel messages, meetings',
    howByHand:
      'A work or school account offers no export: copy what matters, or ask your IT department. Files sent in chats lie in OneDrive and are taken from there.',
    page: 'https://support.microsoft.com/teams',
  },
  {
    what: 'Files of teams and SharePoint sites',
    howByHand: 'Open the site, choose the documents, and download them; those of a team usually stay with the team.',
    page: 'https://support.microsoft.com/sharepoint',
  },
  {
    what: 'Microsoft Forms and their answers',
    howByHand: 'Open each form, then Responses, then Open in Excel, and save the workbook.',
    page: 'https://support.microsoft.com/forms',
  },
  {
    what: 'Planner and To Do',
    howByHand:
      'In Planner open a plan, then its menu, then Export plan to Excel; of To Do, print the lists. A whole export is for administrators.',
    page: 'https://learn.microsoft.com/planner/export-user-data',
  },
]
