// Makes honest_yjs.jsonl: what standard Yjs clients send to a room, in the order in which the room gets it.
// Run it with `yjs` 13.6 installed: node honest_yjs.mjs > honest_yjs.jsonl
import * as Y from 'yjs'

const ROOTS = ['notes', 'clusters', 'links', 'ink', 'frames', 'images', 'meta']
const hex = bytes => Buffer.from(bytes).toString('hex')

/** A room that hands updates on, and people who come and go. */
class Story {
  constructor (name, seed) {
    this.name = name
    this.random = randomOf(seed)
    this.server = new Y.Doc({ gc: true })
    this.server.clientID = 1
    this.updates = []
    this.people = []
  }

  take (update, from) {
    this.updates.push(hex(update))
    Y.applyUpdate(this.server, update)
    for (const person of this.people) {
      if (person !== from && person.isHere) Y.applyUpdate(person.doc, update, 'remote')
    }
  }

  join (clientID, gc = true) {
    const doc = new Y.Doc({ gc })
    doc.clientID = clientID
    const person = new Person(this, doc)
    this.people.push(person)
    person.returns()
    return person
  }

  end () {
    const json = {}
    for (const root of ROOTS) json[root] = this.server.getMap(root).toJSON()
    const clocks = Object.fromEntries(Y.decodeStateVector(Y.encodeStateVector(this.server)))
    const plain = (_, value) => typeof value === 'bigint' ? String(value) : value
    console.log(JSON.stringify({ name: this.name, updates: this.updates, clocks, json }, plain))
  }
}

class Person {
  constructor (story, doc) {
    this.story = story
    this.doc = doc
    this.isHere = false
    this.notes = doc.getMap('notes')
    this.clusters = doc.getMap('clusters')
    this.meta = doc.getMap('meta')
    doc.on('update', (update, origin) => {
      if (origin !== 'remote' && this.isHere) story.take(update, this)
    })
    this.undo = new Y.UndoManager([this.notes, this.clusters], { captureTimeout: 0 })
  }

  leaves () { this.isHere = false }

  /** Sync step 1 and 2, both ways. */
  returns () {
    const mine = Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(this.story.server))
    const theirs = Y.encodeStateAsUpdate(this.story.server, Y.encodeStateVector(this.doc))
    Y.applyUpdate(this.doc, theirs, 'remote')
    this.story.take(mine, this)
    this.isHere = true
  }

  writes (id, text, fieldsFirst = false) {
    const note = new Y.Map()
    if (fieldsFirst) {
      note.set('kind', 'idea')
      note.set('pos', [1.5, -20])
      note.set('text', new Y.Text(text))
      this.notes.set(id, note)
    } else {
      this.doc.transact(() => {
        this.notes.set(id, note)
        note.set('kind', 'problem')
        note.set('pos', [0, 1e6])
        note.set('at', 1700000000000)
        note.set('cluster', null)
        note.set('text', new Y.Text())
        note.get('text').insert(0, text)
      })
    }
  }

  text (id) { return this.notes.get(id).get('text') }
}

function randomOf (seed) {
  let state = seed
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor(state / 4294967296 * below)
  }
}

const tell = (name, story) => {
  const it = new Story(name, 1)
  story(it)
  it.end()
}

tell('fields are set, overwritten and deleted', story => {
  const kari = story.join(11)
  kari.writes('a', 'hello', true)
  kari.writes('b', 'world')
  const a = kari.notes.get('a')
  for (let i = 0; i < 20; i++) a.set('pos', [i, i])
  a.set('voice', 'youth')
  a.delete('voice')
  a.set('voice', undefined)
  a.set('later', { deep: [1, 2n, new Uint8Array([1]), { x: null }], float: 1.5 })
  a.set('blob', new Uint8Array([1, 2, 3]))
  a.set('list', Y.Array.from([1, 'two', new Y.Map()]))
  a.get('list').delete(1, 1)
  kari.meta.set('template', 'blank')
  kari.meta.set('title', new Y.Text('Board'))
  kari.notes.delete('b')
  kari.notes.set('b', new Y.Map())
  const cluster = new Y.Map()
  kari.clusters.set('c', cluster)
  cluster.set('title', new Y.Text('Together'))
  cluster.set('collapsed', true)
  cluster.set('order', 'a0')
  const link = new Y.Map([['from', 'a'], ['to', 'b'], ['kind', 'answers']])
  kari.doc.getMap('links').set('l', link)
})

tell('two write in the middle of one text', story => {
  const [kari, ola] = [story.join(12), story.join(3)]
  kari.writes('a', 'hello 🌍 world')
  for (let i = 0; i < 15; i++) {
    kari.text('a').insert(5, 'k' + i)
    ola.text('a').insert(3, 'ø' + i)
    ola.text('a').delete(2, 2)
    if (i === 7) { kari.leaves(); ola.leaves() }
  }
  kari.returns()
  ola.returns()
})

tell('one undoes and does again', story => {
  const [kari, ola] = [story.join(21), story.join(22, false)]
  for (const person of [kari, ola]) {
    person.writes('n' + person.doc.clientID, 'text')
    const id = 'n' + person.doc.clientID
    person.text(id).insert(2, 'more')
    person.undo.undo()
    person.undo.redo()
    person.notes.get(id).set('pos', [5, 5])
    person.notes.get(id).set('pos', [6, 6])
    person.undo.undo()
    person.undo.undo()
    person.undo.redo()
    person.text(id).delete(0, 3)
    person.undo.undo()
    person.notes.delete(id)
    person.undo.undo()
    person.text(id).insert(0, 'again ')
    person.notes.get(id).set('pos', [7, 7])
    person.undo.stopCapturing()
    person.doc.transact(() => {
      person.notes.get(id).set('pos', [8, 8])
      person.notes.delete(id)
    }, undefined)
    person.undo.undo()
    person.undo.redo()
    person.undo.undo()
    person.text(id).insert(1, '!')
  }
  ola.leaves()
  ola.notes.delete('n21')
  kari.text('n21').insert(0, 'kept?')
  ola.undo.undo()
  ola.returns()
})

tell('all of a document with garbage comes from a client that was away', story => {
  const [kari, ola] = [story.join(31), story.join(32)]
  kari.leaves()
  ola.leaves()
  for (let i = 0; i < 10; i++) {
    kari.writes('k' + i, 'some text ' + i)
    ola.writes('o' + i, 'other')
    if (i % 3 === 0) kari.notes.delete('k' + i)
    else kari.text('k' + i).delete(1, 3)
  }
  kari.returns()
  ola.returns()
  kari.notes.delete('o1')
  ola.text('o2').insert(2, 'xyz')
})

tell('one goes on writing in a note that another deletes', story => {
  const [kari, ola, per] = [story.join(41), story.join(42), story.join(43, false)]
  kari.writes('a', 'begin')
  ola.leaves()
  per.leaves()
  ola.text('a').insert(3, 'ola')
  per.text('a').insert(3, 'per')
  per.notes.get('a').set('pos', [3, 3])
  ola.notes.get('a').set('extra', new Y.Map([['deep', new Y.Text('t')]]))
  kari.text('a').delete(0, 2)
  kari.notes.delete('a')
  ola.returns()
  per.returns()
  ola.writes('a', 'new')
  per.notes.delete('a')
})

tell('updates are merged, sent twice, and cut to what is missing', story => {
  const kari = story.join(51)
  const ola = story.join(52)
  kari.leaves()
  const pieces = []
  kari.doc.on('update', update => pieces.push(update))
  kari.writes('a', 'hello')
  kari.text('a').insert(5, ' there')
  kari.notes.get('a').set('pos', [1, 1])
  kari.text('a').delete(0, 1)
  story.take(Y.mergeUpdates(pieces), kari)
  story.take(Y.mergeUpdates(pieces.slice(1)), kari)
  for (const piece of pieces) story.take(piece, kari)
  const whole = Y.encodeStateAsUpdate(kari.doc)
  story.take(Y.diffUpdate(whole, Y.encodeStateVector(story.server)), kari)
  story.take(whole, kari)
  kari.returns()
  ola.text('a').insert(4, 'middle')
  kari.text('a').insert(3, 'end of it')
  // An older state vector: the beginning of a struct is known already.
  kari.text('a').insert(0, 'abc')
  kari.leaves()
  kari.text('a').insert(3, 'def')
  const before = new Map([[51, Y.decodeStateVector(Y.encodeStateVector(kari.doc)).get(51) - 5], [52, 100]])
  story.take(Y.encodeStateAsUpdate(kari.doc, Y.encodeStateVector(before)), kari)
})

for (let seed = 1; seed <= 24; seed++) {
  const story = new Story('random ' + seed, seed * 7919)
  const random = story.random
  for (let i = 0; i < 4; i++) story.join(10000 * seed + 1000 * i + random(900), random(3) > 0)
  let made = 0
  for (let step = 0; step < 120; step++) {
    const person = story.people[random(4)]
    const ids = [...person.notes.keys()]
    const id = ids[random(ids.length)]
    const text = id && person.notes.get(id).get('text')
    switch (random(14)) {
      case 0: case 1: person.writes(`n${made++}`, 'text '.repeat(random(4)) || 'x', random(2) === 0); break
      case 2: if (random(3) === 0 && id) person.notes.delete(id); break
      case 3: case 4: case 5: if (text) text.insert(random(text.length + 1), 'æøå🌍abc'.slice(random(4))); break
      case 6: if (text?.length > 2) text.delete(random(text.length - 2), 1 + random(2)); break
      case 7: case 8: if (id) person.notes.get(id).set('pos', [random(1000), random(1000) / 8]); break
      case 9: if (id) person.notes.get(id).set('cluster', random(2) ? null : 'c' + random(3)); break
      case 10: random(2) ? person.undo.undo() : person.undo.redo(); break
      case 11: person.isHere ? person.leaves() : person.returns(); break
      case 12: if (id) person.notes.get(id).delete('cluster'); break
      case 13: if (random(4) === 0) person.meta.set('title', new Y.Text('t' + step)); break
    }
  }
  for (const person of story.people) { person.leaves(); person.returns() }
  story.end()
}
