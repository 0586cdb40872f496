// A board as it looks in the middle of a workshop: "Trygg hjem fra sykehuset".

const CLUSTERS = [
  {
    title: "Ingen vet hvem som kommer",
    at: [0, 0],
    notes: [
      ["problem", "Mor ble sendt hjem fredag kveld. Hjemmesykepleien visste ikke om det før mandag."],
      ["problem", "Jeg måtte fortelle hele historien på nytt til fem forskjellige på tre dager."],
      ["habit", "Vi sender epikrisen når vi får tid, ikke når pasienten reiser."],
      ["idea", "Én person følger deg hjem og inn døra."],
    ],
  },
  {
    title: "Medisinene",
    at: [520, 0],
    notes: [
      ["problem", "To lister med medisiner, og ingen som vet hvilken som gjelder."],
      ["habit", "Vi stoler på at pårørende henter på apoteket."],
      ["idea", "Medisinene ligger i posen når du går."],
      ["plan", "Kari og apoteket prøver poser på én avdeling fra mandag."],
    ],
  },
  {
    title: "Å være alene",
    at: [1040, 0],
    notes: [
      ["problem", "Det verste var natta. Jeg turte ikke å gå på do."],
      ["problem", "Pappa sier at alt går bra. Det gjør det ikke."],
    ],
  },
];

const FREE = [
  ["problem", "Ingen spurte meg.", [0, 640]],
  ["idea", "En ungdom fra ungdomsrådet ringer dagen etter.", [230, 660]],
  ["plan", "Ali spør ungdomsrådet på torsdag.", [470, 640]],
  ["habit", "Møter der de det gjelder, ikke er med.", [720, 655]],
];

// Puts it on a document (of document.mjs); gives what it put there.
export function workshop(document) {
  const notes = [];
  document.doc.transact(() => {
    document.doc.getMap("meta").set("title", document.newText("Trygg hjem fra sykehuset"));
    for (const { title, at, notes: inside } of CLUSTERS) {
      const placed = inside.map(([kind, words], index) => ({
        kind,
        words,
        at: [at[0] + 20 + (index % 2) * 200, at[1] + 60 + Math.floor(index / 2) * 190],
      }));
      document.addCluster(title, document.addNotes(placed), { at });
      notes.push(...placed);
    }
    const free = FREE.map(([kind, words, at]) => ({ kind, words, at }));
    document.addNotes(free);
    notes.push(...free);
  });
  return { notes, titles: CLUSTERS.map((cluster) => cluster.title) };
}
