import type { Budget } from '../core/provider.ts'

/** The budgets of a member who shares their quotas with others: `units` a second at most, by budget id. What is not named stays. */
export function shareOfQuotas(
  budgets: readonly Budget[],
  units: Readonly<Record<string, number | undefined>> = {},
): readonly Budget[] {
  return budgets.map((budget) => {
    const most = units[budget.id]
    if (most === undefined || most >= (budget.most ?? budget.unitsPerSecond)) return budget
    const unitsPerSecond = Math.min(budget.unitsPerSecond, most)
    return { ...budget, unitsPerSecond, most, burst: budget.burst * (unitsPerSecond / budget.unitsPerSecond) }
  })
}
