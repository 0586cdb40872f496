//! Sentences as people write them on notes.

use super::*;

const SOLUTIONS: &[&str] = &[
    // Bokmål
    "Vi burde hatt en felles kalender",
    "Vi burde lage en app for pårørende",
    "Vi bør ringe alle dagen etter hjemreise",
    "Kommunen burde ansette flere",
    "Skolen bør ha en fast voksen i gangen",
    "Kan vi ikke bare ha åpent på søndager?",
    "Kan ikke kommunen kjøre folk hjem?",
    "Hva om vi pakker en pose før hjemreise?",
    "Det er langt hjem, hva om vi samkjører?",
    "Hva med å spørre ungdommene først",
    "Hvorfor ikke møtes på biblioteket?",
    "Lag en app",
    "Lag en sjekkliste for hjemreise.",
    "Innføre fast kontaktperson",
    "Innfør gratis buss",
    "Ansett flere sykepleiere",
    "Ansett ungdom i klubben",
    "Det trengs en koordinator",
    "Det trengs flere møteplasser for unge",
    "La oss prøve en uke uten møter",
    "Vi trenger en koordinator som følger hele veien",
    "Vi trenger flere sykepleiere på kveld",
    "Løsningen er en felles journal",
    "Forslag: åpen klubb i sommerferien",
    "Min idé: bytte ut skjemaet",
    "Jeg foreslår at vi møtes hver uke",
    "Jeg synes vi burde ha en egen telefon for pårørende",
    "Det burde være en person som kjenner hele historien",
    "Det burde vært flere busser om kvelden",
    "Det hadde vært fint med en fast lege",
    "Sett opp en ekstra buss",
    "Gi alle et telefonnummer til en de kjenner",
    "Send en melding dagen før",
    "Sørg for at apoteket vet det",
    "Gjør det lettere å få time",
    "Opprett et ungdomsråd",
    "Vi må innføre en fast dag",
    "Vi kan lage en felles mappe",
    "Flere ansatte",
    "Bedre informasjon til pårørende",
    "Gratis buss til alle under 20",
    "En app som viser hvem som har vakt",
    "Etablere en møteplass på biblioteket",
    "Skulle ønske det fantes en telefon vi kunne ringe",
    "Bruk frivillige til å følge folk hjem",
    "Hva om ungdommene fikk bestemme selv?",
    "Foreslår at vi rullerer",
    "Det hadde vært lurt å ha en sjekkliste",
    "Kan vi ikke møte dem på stasjonen?",
    "La ungdommene lage planen",
    // Nynorsk
    "Kva om vi møtest på biblioteket?",
    "Vi bør tilsetje ein koordinator",
    "Det trengst ein fast lege",
    "Lag ein app for dei pårørande",
    "Kan vi ikkje ha ope på sundagar?",
    // English
    "We should have a shared calendar",
    "We should call everyone the day after",
    "Let's build an app",
    "Let’s try a week without meetings",
    "What if we packed the bag before they leave?",
    "Introduce a single point of contact",
    "Build an app for families",
    "Hire more nurses",
    "Why don't we ask the young people?",
    "There should be one number to call",
    "We need a coordinator",
    "We could set up a drop-in",
    "Create a checklist",
    "How about a free bus on Fridays?",
    "Make it easier to book",
    "More staff in the evenings",
    "I suggest weekly meetings",
    "Maybe we could share a car",
    "What if nurses had time to sit down?",
    "Have a coffee morning on Thursdays",
    "It would be great if somebody called",
];

const PROBLEMS: &[&str] = &[
    // Bokmål: what happened
    "Legen burde ha ringt",
    "Legen burde ringt før helga",
    "Vi burde ha ringt før",
    "Vi burde visst at apoteket var stengt",
    "De burde fått beskjed",
    "Jeg burde ha sagt fra",
    "Jeg føler at jeg burde klare mer",
    "Vi føler at vi burde klare dette",
    "Mamma burde ikke bo alene",
    "Pasienter bør ikke ligge på gangen",
    // what others say
    "De sa at vi burde vente",
    "Legen sa: du bør ta det med ro",
    "«Ring fastlegen», sa de",
    "Vi fikk beskjed om at vi burde flytte",
    // doubts and worries
    "Ingen vet hva vi bør gjøre",
    "Hva bør vi gjøre når det skjer?",
    "Hvem skal vi ringe om natta?",
    "Hva om vi ikke får plass?",
    "Hva om mamma faller om natta?",
    "Vi lurer på om vi burde flytte",
    "Kan vi stole på dem?",
    // how it is
    "Vi må vente i tre uker",
    "Vi må ringe fem steder",
    "Vi må lage mat selv hver dag",
    "Vi må starte på nytt hver gang",
    "Vi trenger hjelp om natta",
    "Vi kan ikke sove",
    "Nå kan vi ikke reise lenger",
    "Mamma ble sendt hjem fredag kl. 16. Apoteket var stengt.",
    "Appen virker ikke",
    "En app som ingen forstår",
    "Sendt hjem uten medisiner",
    "Start på skolen er vanskelig",
    "Bruk av tvang",
    "Bygg uten heis",
    "Ansett som vanskelig pasient",
    "Få vet om tilbudet",
    "La meg vente i to timer",
    "Laget er oppløst",
    "Lage middag alene hver dag",
    "Flere pasienter ble sendt hjem for tidlig",
    "Flere leger slutter",
    "Mer ensomhet i jula",
    "Det er ingen som spør ungdommene",
    "Ingen ringte tilbake",
    "Det trengs ikke mer enn en dårlig dag",
    "Løsningen de valgte virket ikke",
    "Gi opp, det er det man tenker",
    "Gratis parkering for ansatte, men ikke for oss",
    "Ring, vent, ring igjen",
    "Vi skulle til legen, men bussen kom ikke",
    "Sett på som en byrde",
    "Redd",
    "Ring til legevakta tok 40 minutter",
    "Vi har prøvd å lage en gruppe, men ingen kom",
    "Å være pårørende er som å ha en jobb til",
    "Gi og ta er vanskelig når du er syk",
    "Hadde jeg visst det, hadde jeg ringt før",
    "Det burde ikke være sånn",
    "Min idé ble aldri hørt",
    "Vi foreslo dette i fjor",
    "Hva om det er kreft?",
    "Hva om alle ser på meg?",
    "Vi kan ikke få en time før jul",
    "De lager en plan uten oss",
    "Kommunen innførte en app som ingen bruker",
    "",
    // habits: what we must stop
    "Slutte å skrive ut på fredager",
    "Vi må slutte å snakke over hodet på folk",
    "Vi bør slutte å sende brev",
    // Nynorsk
    "Eg er pårørande og veit ikkje kva rettar eg har",
    "Legen burde ha ringt før helga, seier dei",
    "Ho vart send heim utan medisinar",
    "Vi må vente i tre veker",
    // English
    "The doctor should have called",
    "We should have been told",
    "They said we should wait",
    "Nobody knows what we should do",
    "What if we get sick at night?",
    "What about the children?",
    "We need help at night",
    "We could not sleep",
    "I feel I should manage more",
    "Start times are too early",
    "Use of force",
    "The app does not work",
    "She was sent home without medicine",
    "We have to explain everything again",
    "Nobody asked us",
    "The school should know, but they don't",
    "My idea was ignored",
    "There must be something wrong",
    "What if they say no?",
    "They introduced an app that nobody uses",
    "More and more people are lonely",
];

#[test]
fn what_is_worded_as_a_solution_is_found() {
    let missed: Vec<&&str> = (SOLUTIONS.iter())
        .filter(|text| !is_worded_as_solution(text))
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_tells_of_a_problem_is_left_alone() {
    let disturbed: Vec<&&str> = (PROBLEMS.iter())
        .filter(|text| is_worded_as_solution(text))
        .collect();
    assert!(disturbed.is_empty(), "{disturbed:#?}");
}

#[test]
fn there_are_enough_examples_of_both() {
    assert!(SOLUTIONS.len() >= 40 && PROBLEMS.len() >= 40);
}

#[test]
fn one_sentence_of_several_is_enough() {
    assert!(is_worded_as_solution(
        "Apoteket var stengt. Hva om vi pakker posen dagen før?"
    ));
    assert!(is_worded_as_solution("BUSSEN GÅR ALDRI\n- LAG EN APP"));
}
