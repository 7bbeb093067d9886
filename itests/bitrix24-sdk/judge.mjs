// What the vendor's own SDK makes of a portal: `node judge.mjs DEED`, the portal in $PORTAL as its `_install` answered.
// Prints one JSON object. JavaScriptSdkIT runs it; it knows nothing of the simulator.
import { B24OAuth } from '@bitrix24/b24jssdk'

const portal = JSON.parse(process.env.PORTAL)
const renewed = []

/** As a server-side application makes it of what an installation brought. */
function connect({ expired = false, patient = false } = {}) {
  const now = Math.floor(Date.now() / 1000)
  const b24 = new B24OAuth(
    {
      applicationToken: portal.auth.applicationToken,
      userId: 1,
      memberId: portal.auth.memberId,
      accessToken: portal.auth.accessToken,
      refreshToken: portal.auth.refreshToken,
      expires: expired ? now - 60 : now + 3600,
      expiresIn: 3600,
      scope: 'crm,telephony,user',
      domain: new URL(portal.address).host,
      clientEndpoint: `${portal.address}/rest/`,
      serverEndpoint: `${portal.address}/rest/`,
      status: 'L'
    },
    { clientId: portal.auth.clientId, clientSecret: portal.auth.clientSecret },
    // Its own brake off, so that it meets the portal's.
    patient ? { restrictionParams: { rateLimit: { burstLimit: 1000, drainRate: 1000, adaptiveEnabled: false }, maxRetries: 10 } } : {}
  )
  b24.setCallbackRefreshAuth(async ({ b24OAuthParams }) => {
    renewed.push({ accessToken: b24OAuthParams.accessToken, refreshToken: b24OAuthParams.refreshToken })
  })
  return b24
}

/** The result of one method. */
async function result(b24, method, params = {}) {
  const answer = await b24.actions.v2.call.make({ method, params })
  if (!answer.isSuccess) {
    throw new Error(answer.getErrorMessages().join('; '))
  }
  return answer.getData().result
}

const contacts = count => Array.from({ length: count }, (_, i) => ['crm.contact.add', { fields: { NAME: `Client ${i}` } }])

const deeds = {
  async call() {
    const b24 = connect()
    await b24.initIsAdmin()
    const registered = await result(b24, 'telephony.externalCall.register', {
      USER_ID: 7, PHONE_NUMBER: '+79161234567', TYPE: 2, SHOW: 0, CALL_START_DATE: '2026-11-22T10:00:00+03:00'
    })
    const finished = await result(b24, 'telephony.externalCall.finish', {
      CALL_ID: registered.CALL_ID, USER_ID: 7, DURATION: 12, STATUS_CODE: '200'
    })
    return { admin: b24.auth.isAdmin, user: (await result(b24, 'user.current')).ID, registered: registered.CALL_ID, finished: finished.CALL_ID }
  },

  async batch() {
    const b24 = connect()
    const named = await b24.actions.v2.batch.make({
      calls: {
        made: { method: 'crm.contact.add', params: { fields: { NAME: 'Иван & Co', PHONE: [{ VALUE: '+79161112233', VALUE_TYPE: 'WORK' }] } } },
        read: { method: 'crm.contact.get', params: { id: '$result[made]' } }
      }
    })
    const listed = await b24.actions.v2.batch.make({ calls: [['user.current', {}], ['server.time', {}]] })
    const chunks = await b24.actions.v2.batchByChunk.make({ calls: contacts(120) })
    return {
      errors: [...named.getErrorMessages(), ...listed.getErrorMessages(), ...chunks.getErrorMessages()],
      name: named.getData().read.NAME,
      phone: named.getData().read.PHONE[0].VALUE,
      user: listed.getData()[0].ID,
      chunks: chunks.getData().length
    }
  },

  async batchWithAnError() {
    const b24 = connect()
    const calls = {
      first: { method: 'user.current', params: {} },
      wrong: { method: 'crm.no.such.method', params: {} },
      last: { method: 'server.time', params: {} }
    }
    const halted = await b24.actions.v2.batch.make({ calls, options: { isHaltOnError: true, returnAjaxResult: true } })
    const whole = await b24.actions.v2.batch.make({ calls, options: { isHaltOnError: false, returnAjaxResult: true } })
    const seen = answer => Object.fromEntries(
      Object.entries(answer.getData() ?? {}).map(([key, one]) => [key, one.isSuccess])
    )
    return { halted: seen(halted), haltedErrors: halted.getErrorMessages(), whole: seen(whole), wholeErrors: whole.getErrorMessages() }
  },

  async page() {
    const b24 = connect()
    await b24.actions.v2.batchByChunk.make({ calls: contacts(120) })
    const classic = await b24.actions.v2.callList.make({ method: 'crm.contact.list', params: { select: ['ID', 'NAME'] } })
    const items = await b24.actions.v2.callList.make({
      method: 'crm.item.list', params: { entityTypeId: 3, select: ['id', 'name'] }, idKey: 'id', customKeyForResult: 'items'
    })
    const fetched = []
    for await (const chunk of b24.actions.v2.fetchList.make({
      method: 'crm.item.list', params: { entityTypeId: 3 }, idKey: 'id', customKeyForResult: 'items'
    })) {
      fetched.push(chunk.length)
    }
    let page = await b24.actions.v2.call.make({ method: 'crm.contact.list', params: { select: ['ID'], start: 0 } })
    const total = page.getTotal()
    const offsets = [page.getData().result.length]
    while (page.isMore()) {
      page = await page.fetchNext(b24.getHttpClient('v2'))
      offsets.push(page.getData().result.length)
    }
    const ids = list => new Set(list.getData().map(one => String(one.ID ?? one.id))).size
    return { classic: ids(classic), items: ids(items), fetched, total, offsets }
  },

  // The test opens the scopes and puts a client with a chat there before.
  async chatAndDisk() {
    const b24 = connect()
    const client = { CRM_ENTITY_TYPE: 'contact', CRM_ENTITY: 5 }
    const chat = await result(b24, 'imopenlines.crm.chat.getLastId', client)
    const message = await result(b24, 'imopenlines.crm.message.add', { ...client, CHAT_ID: chat, USER_ID: 7, MESSAGE: 'A missed call' })
    const storages = await b24.actions.v2.callList.make({
      method: 'disk.storage.getlist', params: { filter: { ENTITY_TYPE: 'common' } }
    })
    const { field, uploadUrl } = await result(b24, 'disk.folder.uploadFile', { id: storages.getData()[0].ROOT_OBJECT_ID })
    const form = new FormData()
    form.append(field, new Blob(['RIFF']), 'call.wav')
    const uploaded = await (await fetch(uploadUrl, { method: 'POST', body: form })).json()
    const file = await result(b24, 'disk.file.get', { id: uploaded.result.ID })
    return { chat, message, name: file.NAME, content: await (await fetch(file.DOWNLOAD_URL)).text() }
  },

  // The test lets the tokens expire before.
  async expired() {
    const b24 = connect()
    const first = await result(b24, 'user.current')
    const users = await Promise.all(Array.from({ length: 5 }, () => result(b24, 'user.current')))
    return { users: [first, ...users].map(user => user.ID), renewed }
  },

  async expiredByTheClock() {
    const b24 = connect({ expired: true })
    return { user: (await result(b24, 'user.current')).ID, renewed }
  },

  async refusedRenewal() {
    try {
      await result(connect({ expired: true }), 'user.current')
      return { refused: '' }
    } catch (error) {
      return { refused: error.originalError?.code, status: error.originalError?.status }
    }
  },

  async limit() {
    const b24 = connect({ patient: true })
    const answers = await Promise.all(Array.from({ length: 55 }, () => result(b24, 'user.current')))
    return { answered: answers.length, retries: b24.getHttpClient('v2').getStats().retries }
  },

  async noSuchMethod() {
    try {
      await result(connect(), 'crm.no.such.method')
      return { refused: '' }
    } catch (error) {
      return { refused: error.code, status: error.status }
    }
  }
}

console.log(JSON.stringify(await deeds[process.argv[2]]()))
