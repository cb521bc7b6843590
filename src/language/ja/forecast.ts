import type { forecast as english } from '../en/forecast.ts'
import { formats } from '../formats.ts'

const { number: n, size, duration, time } = formats.ja

const items = (count: number) => `${n(count)} 件`
const rate = (bytesPerSecond: number) => `毎秒 ${size(bytesPerSecond)}`

const mbit = (bytesPerSecond: number) => `${n(Math.max(1, Math.ceil((bytesPerSecond * 8) / 1e6)))} Mbit/s`

export const forecast: typeof english = {
  earliest: (end, ms) => `最も早い終了予定: ${time(end)}（休まず続けて ${duration(ms)}）。これは予測であり、約束ではありません。`,
  byLine: (soon, soonMs, quick, late, lateMs, slow) =>
    `最も早い終了予定: ${time(soon)}（${mbit(quick)} の回線で ${duration(soonMs)}）から ${time(late)}（${mbit(slow)} の回線で ${duration(lateMs)}）までの間。お使いの回線の速さはまだ測定されていません。これは予測であり、約束ではありません。`,
  count: (ms) => `最後の照合（すべてをもう一度一覧にします）: 一覧にかかった時間と同じ ${duration(ms)}`,
  nothingLeft: 'これから取得するものはありません。',
  unknown: '所要時間はわかりません。サービスの制限に関する情報がないためです。',
  because: '予測の根拠（時間のかかる順）:',
  quota: (account, budget, units, perSecond, ms) =>
    `${account} の割り当て「${budget}」: ${n(Math.ceil(units))} 単位を毎秒 ${n(Math.round(perSecond * 10) / 10)} 単位ずつ: ${duration(ms)}`,
  daily: (account, budget, units, perDay, ms) =>
    `${account} の 1 日の上限「${budget}」: ${n(Math.ceil(units))} 単位を 1 日 ${n(perDay)} 単位ずつ: ${duration(ms)}`,
  bytes: (bytes, perSecond, ms) =>
    `通信回線: ${size(bytes)} を${rate(perSecond)}で（以前の測定値または設定した上限）: ${duration(ms)}`,
  pace: (source, count, ms) => `${source}: ${items(count)}を以前の実行と同じ速さで: ${duration(ms)}`,
  unmeasured: (bytes) =>
    `含まれていない時間: ${size(bytes)} の転送にかかる時間。通信回線の速さはまだ測定されていません。最初の holdall backup で測定します`,
  fits: (until) => `間に合う見込みです。${time(until)} までに十分な時間があります。`,
  tight: (until) => `ぎりぎりです。${time(until)} までの時間は、必要な時間とほとんど変わりません。`,
  impossible: (until) => `${time(until)} までには終わりません。`,
  fitsFrom: (until, bytesPerSecond) =>
    `${time(until)} までに間に合うかどうかは、まだ測定されていない通信回線の速さによります。昼夜を通して、平均で${rate(bytesPerSecond)}（${mbit(bytesPerSecond)}）以上の速さがあれば間に合います。`,
  neededRate: (bytesPerSecond) => `昼夜を通して、平均で${rate(bytesPerSecond)}の通信速度が必要です。`,
  first: 'まず行っていただきたいこと:',
  start: (command) =>
    `今すぐ始めて、動かし続けてください。${command} は、先に失われるものや取り戻しにくいもの（まもなく削除される録画、ほかの人のファイルよりご自分のファイル、古いメールより最近のメールと送信済みメール）から取得します`,
  shares: 'それまでに終わる割合の見込み（それぞれ単独の場合）:',
  share: (source, share) => `${source}: ${share >= 1 ? 'すべて' : `約 ${n(Math.floor(share * 100))} %`}`,
  byHand: (sources) =>
    `${sources} については、サービス自身に全体の書き出し機能があれば、それも申し込んでください。この割り当ては消費しません`,
  turned: (verdict, end, until) =>
    `${verdict === 'fits' ? '間に合う見込みです' : verdict === 'tight' ? 'ぎりぎりになる見込みです' : '間に合わない見込みです'}: 現在の速さでは ${time(end)} ごろに終わります。期限は ${time(until)} です`,
  turnedBetween: (verdict, earliest, latest, until) =>
    `${verdict === 'fits' ? '間に合う見込みです' : verdict === 'tight' ? '間に合うかどうかは、まだわかりません' : '間に合わない見込みです'}: 現在の速さでは ${time(earliest)} から ${time(latest)} までの間に終わります。期限は ${time(until)} です`,
  passed: (until) => `期限の ${time(until)} を過ぎました。サービスが許すかぎり、実行を続けます`,
  nothingRemains: (until) => `${time(until)} より前に終わりました。残っているものはありません。`,
  remainder: (until) => `まだ取得していないもの（期限は ${time(until)}）:`,
  remains: (source, count, bytes, unsized) =>
    `${source}: ${items(count)}、${size(bytes)}${unsized > 0 ? `、ほかにサイズのわからないファイルが ${n(unsized)} 個` : ''}`,
  remainderNext: (command) =>
    `${command} をもう一度実行すると、続きから再開します。期限までに届かないおそれのあるものは、レポートを見て手作業で取得してください。`,
}
