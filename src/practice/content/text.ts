/** Short texts of our own, by language or script; each ends with a line break, and none has a byte order mark. */
export const texts = {
  english: `The lamp in the reading room\n\nWhoever came last in the evening put out the lamp, and whoever came first in the morning\nlit it again. Nobody had ever written that down; it was simply done, for forty years.\n`,
  japanese: `読書室のあかり\n\n夜、最後に出る人があかりを消し、朝、最初に来る人がまた灯す。\nだれも書き留めたことはないが、四十年のあいだ、そうしてきた。「が」と「か\u3099」は同じに見える。\n`,
  arabic: `مصباح غرفة القراءة\n\nآخر من يخرج مساءً يطفئ المصباح، وأول من يأتي صباحًا يشعله من جديد.\nلم يكتب أحد ذلك قط، ومع هذا دام الأمر ٤٠ سنة (40).\n`,
  greek: `Η λάμπα του αναγνωστηρίου\n\nΌποιος έφευγε τελευταίος το βράδυ έσβηνε τη λάμπα, κι όποιος ερχόταν πρώτος το πρωί\nτην άναβε πάλι. Κανείς δεν το είχε γράψει ποτέ.\n`,
  hindi: `वाचनालय का दीपक\n\nशाम को जो सबसे अंत में जाता, वह दीपक बुझा देता, और सुबह जो सबसे पहले आता, वह उसे फिर जलाता।\nकिसी ने यह कभी लिखा नहीं; चालीस वर्षों तक बस ऐसा ही होता रहा।\n`,
  emoji: `💡 The lamp 👩🏽‍💻📚 — family 👨‍👩‍👧‍👦, flag 🇯🇵, keycap 1️⃣, heart ❤️, beyond the basic plane 𠮷 𝔘\n`,
} as const

export type TextName = keyof typeof texts

/** A text as UTF-8 bytes; `stamp` is added as a last line. */
export function text(name: TextName, options: { readonly stamp?: string } = {}): Uint8Array {
  return Buffer.from(texts[name] + (options.stamp === undefined ? '' : `${options.stamp}\n`))
}

/** `paragraphs` paragraphs of English for documents that should have some length; always the same for the same number. */
export function prose(paragraphs: number): string[] {
  const people = ['The librarian', 'A student', 'The caretaker', 'A visitor from the harbour', 'The night porter']
  const deeds = ['found', 'copied out', 'put back', 'asked for', 'carried home']
  const things = ['the blue ledger', 'a map without names', 'two letters', 'the list of lamps', 'an unfinished chapter']
  const pick = (list: readonly string[], number: number) => list[number % list.length] ?? ''
  return Array.from({ length: paragraphs }, (_, index) =>
    [0, 1, 2]
      .map((k) => `${pick(people, index + k)} ${pick(deeds, index * 3 + k)} ${pick(things, index * 7 + k * 2)}.`)
      .join(' '),
  )
}
