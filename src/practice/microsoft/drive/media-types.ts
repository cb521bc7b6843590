const office = 'application/vnd.openxmlformats-officedocument.'

export const types = {
  docx: `${office}wordprocessingml.document`,
  xlsx: `${office}spreadsheetml.sheet`,
  pptx: `${office}presentationml.presentation`,
} as const
