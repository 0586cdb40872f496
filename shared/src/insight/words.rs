//! The words of a short note in bokmål, nynorsk or English: told apart, without those that say
//! nothing alone, and without their endings.
//!
//! The stemming is light: it takes one ending off, whichever language the word is of, because a note
//! does not say which that is and workshops mix them. It follows the first step of Snowball's
//! Norwegian stemmer, with nynorsk's endings, a few that make nouns (`-ing`, `-else`, `-het`) and the
//! common English ones. It need not give real words, only the same for words that belong together;
//! what it takes off too much or too little, the letters in threes ([`super::Corpus`]) make good.

/// The words of a text in lower case, in order. A word is letters and figures; accents that a writer
/// may as well leave out are left out.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric() && !APOSTROPHES.contains(&letter))
        .map(plain)
        .filter(|word| !word.is_empty())
}

/// As they are typed by hand and by phones.
const APOSTROPHES: [char; 2] = ['\'', '\u{2019}'];

/// Lower case, without accents and apostrophes: `Idé` is `ide`, `let's` is `lets`.
fn plain(word: &str) -> String {
    word.chars()
        .filter(|letter| !APOSTROPHES.contains(letter))
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'ó' | 'ò' | 'ô' => 'o',
            'à' | 'á' => 'a',
            'ü' => 'y',
            'ä' => 'æ',
            'ö' => 'ø',
            _ => letter,
        })
        .collect()
}

/// The stem of a word, or nothing when the word says nothing alone.
pub(super) fn stem(word: &str) -> Option<String> {
    if STOP_WORDS.binary_search(&word).is_ok() {
        return None;
    }
    let mut stem = word.to_owned();
    for (nynorsk, bokmål) in NYNORSK {
        if stem.contains(nynorsk) {
            stem = stem.replace(nynorsk, bokmål);
        }
    }
    if let Some(ending) = ENDINGS.iter().find(|ending| comes_off(&stem, ending)) {
        stem.truncate(stem.len() - ending.len());
    }
    // `hjemm(e)` and `hjem`, `stopp(ed)` and `stop`; but `buss` and `vann` stay as they are.
    let mut last = stem.chars().rev();
    if let (Some(one), Some(two)) = (last.next(), last.next())
        && one == two
        && one.is_alphabetic()
        && letters(&stem) > 4
    {
        stem.truncate(stem.len() - one.len_utf8());
    }
    (letters(&stem) > 1 || stem.parse::<u8>().is_ok()).then_some(stem)
}

/// Whether this is an ending here. An `s` after a vowel belongs to the word: `sykehus`, `virus`.
fn comes_off(stem: &str, ending: &str) -> bool {
    let Some(before) = stem.strip_suffix(ending) else {
        return false;
    };
    letters(before) >= rest(ending) && !(ending == "s" && before.ends_with(VOWELS))
}

const VOWELS: [char; 10] = ['a', 'e', 'i', 'o', 'u', 'y', 'æ', 'ø', 'å', 's'];

fn letters(word: &str) -> usize {
    word.chars().count()
}

/// How many letters must be left, so that short words keep theirs: `lege` may become `leg`, but
/// `best` is not the past of `be`.
fn rest(ending: &str) -> usize {
    match ending {
        "te" | "s" | "a" | "y" | "ly" => 4,
        _ => 3,
    }
}

/// Spellings of nynorsk that stand inside common words of such workshops, and bokmål's.
const NYNORSK: [(&str, &str); 11] = [
    ("sjuk", "syk"),
    ("heim", "hjem"),
    ("skul", "skol"),
    ("einsemd", "ensomhet"),
    ("einsem", "ensom"),
    ("einsam", "ensom"),
    ("aleine", "alene"),
    ("kjensle", "følelse"),
    ("vaksn", "voksn"),
    ("tenest", "tjenest"),
    ("veke", "uke"),
];

/// Endings, the longest first: the first that fits is taken off.
const ENDINGS: [&str; 66] = [
    "heitene", "hetene", "elsene", "ingene", "ingane", "erende", "heten", "heita", "heter",
    "elsen", "elser", "inger", "ingar", "ingen", "ernes", "endes", "ments", "arane", "inga",
    "else", "heit", "erne", "arne", "ande", "ende", "edes", "enes", "anes", "ness", "ment", "ings",
    "eren", "aren", "arar", "erer", "erte", "het", "ing", "ene", "ane", "ere", "are", "ast", "est",
    "ens", "ers", "ets", "ede", "ert", "ete", "ies", "ied", "emd", "te", "en", "er", "ar", "et",
    "es", "as", "ed", "ly", "a", "e", "y", "s",
];

/// Words that tell nothing about what a note is about, in both written Norwegians and in English.
/// Sorted by bytes.
#[rustfmt::skip]
const STOP_WORDS: &[&str] = &[
    "a", "about", "after", "again", "aldri", "all", "alle", "alltid", "also", "alt", "am", "an",
    "and", "andre", "annen", "annet", "any", "are", "as", "at", "av", "bare", "be", "because",
    "been", "before", "being", "ble", "bli", "blir", "blitt", "but", "by", "både", "can",
    "cannot", "cant", "could", "da", "de", "deg", "dei", "deim", "deira", "dem", "den", "denne",
    "der", "dere", "deres", "derfor", "dermed", "dersom", "det", "dette", "di", "did", "din",
    "dine", "disse", "dit", "ditt", "do", "does", "doesnt", "doing", "done", "dont", "down", "du",
    "då", "e", "each", "eg", "ei", "ein", "eit", "eitt", "eller", "elles", "en", "enda", "ennå",
    "er", "et", "ett", "etter", "even", "ever", "every", "everyone", "few", "fikk", "for",
    "fordi", "fra", "from", "frå", "få", "får", "fått", "før", "get", "gets", "getting", "gikk",
    "gjennom", "gjorde", "gjør", "gjøre", "go", "goes", "got", "gå", "går", "ha", "had", "hadde",
    "han", "hans", "har", "has", "hatt", "have", "having", "he", "hennar", "henne", "hennes",
    "her", "here", "hers", "him", "his", "hjå", "ho", "hos", "how", "hun", "hva", "hvem", "hver",
    "hverandre", "hvert", "hvilke", "hvilken", "hvilket", "hvis", "hvor", "hvordan", "hvorfor",
    "i", "if", "igjen", "ikke", "ikkje", "in", "ingen", "ingenting", "inkje", "inn", "innom",
    "into", "is", "isnt", "it", "its", "ja", "jeg", "jo", "just", "kan", "kanskje", "kom",
    "kommer", "kor", "korfor", "korleis", "kun", "kunne", "kva", "kvar", "kvarandre", "kven",
    "kvifor", "let", "ligger", "litt", "lot", "man", "mange", "many", "me", "med", "medan", "meg",
    "meir", "mellom", "men", "mens", "mer", "mi", "min", "mine", "mitt", "more", "most", "mot",
    "much", "must", "my", "mye", "mykje", "må", "måtte", "ned", "nei", "no", "nobody", "noe",
    "noen", "noko", "nokon", "nokre", "none", "not", "nothing", "now", "nå", "når", "of", "off",
    "og", "også", "om", "on", "once", "one", "only", "opp", "or", "oss", "other", "our", "ours",
    "out", "over", "own", "på", "sa", "same", "seg", "sei", "she", "should", "si", "sia", "sidan",
    "siden", "sier", "sin", "sine", "sitt", "skal", "skulde", "skulle", "slik", "slike", "so",
    "som", "some", "someone", "something", "still", "står", "such", "så", "sånn", "ta", "tar",
    "than", "that", "the", "their", "theirs", "them", "then", "there", "these", "they", "this",
    "those", "though", "through", "til", "to", "tok", "too", "under", "until", "up", "us", "ut",
    "utan", "uten", "var", "vart", "varte", "ve", "ved", "veldig", "verdt", "vere", "vert",
    "very", "vi", "vil", "ville", "vore", "vors", "vort", "vår", "våre", "vårt", "være", "vært",
    "was", "wasnt", "we", "were", "what", "when", "where", "which", "while", "who", "whom",
    "whose", "why", "will", "with", "without", "would", "yet", "you", "your", "yours", "å", "åt",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        words(text).filter_map(|word| stem(&word)).collect()
    }

    #[track_caller]
    fn one_stem(forms: &str) {
        let stems = stems(forms);
        assert!(!stems.is_empty());
        assert!(stems.iter().all(|stem| *stem == stems[0]), "{stems:?}");
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        one_stem("sykehus sykehuset sykehusene sjukehus sjukehuset sjukehusa");
        one_stem("pårørende pårørendes pårørande");
        one_stem("vente venter ventet venting ventinga");
        one_stem("ungdom ungdommen ungdommene ungdommer");
        one_stem("ensom ensomme ensomhet ensomheten einsemd");
        one_stem("hjem hjemme heim heime");
        one_stem("lege legen leger legene");
        one_stem("sykepleier sykepleiere sykepleieren sykepleierne");
        one_stem("medisin medisiner medisinen medisinene");
        one_stem("skole skolen skoler skolene skule skulen");
        one_stem("informere informerer informerte");
        one_stem("wait waits waited waiting");
        one_stem("nurse nurses");
    }

    #[test]
    fn words_that_say_nothing_alone_are_left_out() {
        assert_eq!(stems("Det er ikke noen som har tid til oss"), ["tid"]);
        assert_eq!(
            stems("Eg veit ikkje kven eg skal ringje"),
            ["veit", "ringj"]
        );
        assert_eq!(stems("There is nobody to call at night"), ["call", "night"]);
        assert_eq!(stems("  …  "), [""; 0]);
    }

    #[test]
    fn stop_words_are_sorted_so_that_they_can_be_found() {
        assert!(STOP_WORDS.is_sorted());
    }

    #[test]
    fn apostrophes_and_accents_do_not_matter() {
        assert_eq!(
            words("Let’s, let's! ÉN idé").collect::<Vec<_>>(),
            ["lets", "lets", "en", "ide"]
        );
    }
}
