import { expect, test } from 'vitest'
import { googleDiagnoses } from '../../src/providers/google/sign-in-diagnoses.ts'
import { entraDiagnoses } from '../../src/providers/microsoft/sign-in-errors.ts'
import { zoomDiagnoses } from '../../src/providers/zoom/sign-in-diagnoses.ts'
import { findDiagnosis } from '../../src/signin/find-diagnosis.ts'

const entra = entraDiagnoses({ authority: 'https://login.example/', tenant: 'common', clientId: 'c' })

test.each([
  [googleDiagnoses, 'Error 400: admin_policy_enforced', 'admin_policy_enforced'],
  [googleDiagnoses, 'ORG_INTERNAL', 'org_internal'],
  [googleDiagnoses, '403 access_denied', 'access_denied'],
  [
    googleDiagnoses,
    'Access blocked: X has not completed\nthe Google verification process. Error 403: access_denied',
    'access_blocked',
  ],
  [googleDiagnoses, 'not_access_denied_at_all', undefined],
  [entra, 'AADSTS65001: The user or administrator has not consented', 'AADSTS65001'],
  [entra, '65001', 'AADSTS65001'],
  [entra, 'aadsts700082', 'AADSTS700082'],
  [entra, '70008', 'AADSTS700082'],
  [entra, '1650017', undefined],
  [entra, 'Need admin approval', 'AADSTS90094'],
  [entra, '管理者の承認が必要', 'AADSTS90094'],
  [zoomDiagnoses, 'Invalid client. (4,702)', '4702'],
  [zoomDiagnoses, 'error 4711', '4711'],
  [zoomDiagnoses, '14711', undefined],
  [zoomDiagnoses, '', undefined],
] as const)('%# %s is %s', (diagnoses, text, id) => {
  expect(findDiagnosis(diagnoses, text)?.id).toBe(id)
})
