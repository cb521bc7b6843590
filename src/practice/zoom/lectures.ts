import type { Participant, RecordingsModel } from './model.ts'
import { plant, plantOrdinary } from './plant.ts'

const week = 7 * 86_400_000
const courses = [
  { topic: '線形代数 II', month: 3, day: 8, hour: 1, weeks: 4, number: 81_234_567_890 },
  { topic: 'Seminar: Groups and Symmetry', month: 9, day: 5, hour: 4, weeks: 3, number: 93_456_789_012 },
]

/** A course in spring and one in autumn, each a series with one number, from 2020 until now. */
export function addLectures(model: RecordingsModel, now: number): string[] {
  const uuids: string[] = []
  for (let year = 2020; year <= new Date(now).getUTCFullYear(); year += 1) {
    for (const { topic, month, day, hour, weeks, number } of courses) {
      for (let lecture = 0; lecture < weeks; lecture += 1) {
        const start = Date.UTC(year, month, day, hour, 30, 5 + lecture) + lecture * week
        if (start > now - week) continue
        const meeting = model.addMeeting(topic, {
          number,
          type: 8,
          start,
          duration: 105,
          agenda: `Lecture ${lecture + 1}`,
          participants: students(12),
        })
        plantOrdinary(model, meeting)
        if (lecture === 1) plant(model, meeting, 'gallery')
        if (year >= 2024) for (const kind of ['summary', 'next-steps'] as const) plant(model, meeting, kind)
        uuids.push(meeting.uuid)
      }
    }
  }
  return uuids
}

export function students(count: number): Participant[] {
  return Array.from({ length: count }, (_, index) => ({
    name: index % 3 === 0 ? `学生 ${index + 1}` : `Student ${index + 1}`,
    ...(index % 2 === 0 ? { email: `student${index + 1}@practice.example` } : {}),
    joined: index * 1500,
    left: 90 * 60_000 - index * 700,
  }))
}
