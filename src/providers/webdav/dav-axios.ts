import axios, { AxiosHeaders, type AxiosInstance } from 'axios'
import type { HttpResponse, Transport } from '../../core/transport.ts'

/** An axios whose every request goes through `transport`; `data` of an answer is the HttpResponse. Failures are thrown as they are. */
export function davAxios(transport: Transport): AxiosInstance {
  return axios.create({
    responseType: 'stream',
    // The transport has already decided what is a success.
    validateStatus: null,
    adapter: async (config) => {
      const data: HttpResponse = await transport.send({
        method: (config.method ?? 'get').toUpperCase(),
        url: axios.getUri(config),
        headers: plainHeaders(config.headers),
        ...(typeof config.data === 'string' ? { body: config.data } : {}),
        budget: 'listings',
        expects: 'stream',
        ...(config.signal instanceof AbortSignal ? { signal: config.signal } : {}),
      })
      return { data, status: data.status, statusText: '', headers: new AxiosHeaders({ ...data.headers }), config }
    },
  })
}

function plainHeaders(headers: AxiosHeaders): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers.toJSON(true))) {
    if (value !== null && value !== undefined) plain[name.toLowerCase()] = String(value)
  }
  return plain
}
