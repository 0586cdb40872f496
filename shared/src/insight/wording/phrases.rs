//! What people say when they propose, and what looks like it but is not. How a phrase is written:
//! see `rest_after`.

/// Words that may stand anywhere and change nothing; they are left out first.
pub(super) const FILLERS: &[&str] = &[
    "jo", "også", "heller", "bare", "berre", "da", "kanskje", "egentlig", "eigentleg", "rett",
    "slett", "altså", "og", "men", "så", "synes", "mener", "meiner", "tror", "trur", "just",
    "also", "maybe", "perhaps", "really", "simply", "please", "and", "but", "so", "definitely",
    "probably", "think", "heile", "helst", "virkelig", "nok", "vel",
];

/// A sentence with one of these tells what somebody else said or what somebody feels.
pub(super) const REPORTS: &[&str] = &[
    "sa", "sier", "sagt", "seier", "sagde", "beskjed", "fortalte", "fortalt", "spurte", "mente",
    "svarte", "heter", "høre", "hørte", "føler", "følte", "skrev", "mase", "maser", "said",
    "says", "told", "tells", "asked", "replied", "heard", "feel", "felt", "thought",
];

/// «Vi må ordne alt selv» tells how it is.
pub(super) const BY_OURSELVES: &[&str] = &[
    "selv", "sjøl", "sjølv", "sjølve", "alene", "åleine", "aleine", "ourselves", "myself",
    "alone", "yourself", "igjen", "again",
];

/// Before «vi burde»: it is a question, not a proposal.
pub(super) const DOUBTS: &[&str] = &[
    "hva", "hvem", "hvordan", "hvorfor", "hvor", "når", "om", "hvilke", "hvilken", "kva", "kven",
    "korleis", "kvifor", "kor", "what", "who", "how", "why", "where", "when", "whether", "if",
    "which", "det", "som", "ting", "things",
];

/// After «hva om vi», «kan vi ikke»: a worry or a complaint.
pub(super) const WORRIES: &[&str] = &[
    "ikke", "ikkje", "blir", "vert", "mister", "må", "dør", "trenger", "glemmer", "gløymer",
    "faller", "dont", "cant", "never", "get", "lose", "fail", "fall", "stole", "lite", "trust",
    "vite", "sove", "sleep", "leve",
];

/// No, not.
pub(super) const NEGATIONS: &[&str] = &[
    "ikke", "ikkje", "aldri", "ingen", "slippe", "not", "never", "no", "nobody",
];

/// To stop is a habit's matter; «de burde vite det» is a reproach.
pub(super) const STOPPING: &[&str] = &[
    "slutte", "stoppe", "stanse", "stop", "quit", "avoid", "vite", "forstå", "skjønne", "skjøne", "bry",
    "skamme", "know", "understand", "care",
];

/// Who could do what they ought to. Not I, he, she or a named one: then it tells of somebody.
pub(super) const OUGHT_SUBJECTS: &[&str] = &[
    "vi", "me", "man", "dere", "de", "dei", "alle", "noen", "nokon", "det", "kommunen", "staten",
    "sykehuset", "sjukehuset", "skolen", "skulen", "skolene", "nav", "politikerne", "ledelsen",
    "helsevesenet", "bydelen", "fylket", "ansatte", "legene", "foreldre", "frivillige", "we",
    "they", "everyone", "everybody", "someone", "somebody", "there", "council", "municipality",
    "hospital", "hospitals", "school", "schools", "doctors", "government",
];

/// What may stand before a thing that does not exist yet.
pub(super) const DETERMINERS: &[&str] = &[
    "en", "ei", "et", "ein", "eit", "ett", "flere", "fleire", "fast", "faste", "felles", "egen",
    "eget", "egne", "eigen", "gratis", "alle", "hver", "hvert", "kvar", "kvart", "bedre", "betre",
    "mer", "meir", "mindre", "færre", "ny", "nye", "nytt", "noen", "nokon", "tid", "folk",
    "ungdom", "ungdommen", "ungdommene", "unge", "barn", "barna", "elevene", "pasienten",
    "pasientene", "pasienter", "pårørende", "brukerne", "innbyggerne", "frivillige", "volunteers", "ansatte", "a", "an",
    "more", "all", "each", "one", "free", "better", "some", "shared", "people", "patients",
    "families", "everyone", "fewer", "less", "another", "young",
];

/// What it is too late for, where the ending does not show it.
pub(super) const PARTICIPLES: &[&str] = &[
    "fått", "gått", "sett", "vært", "hatt", "tatt", "stått", "been", "gone", "done", "known",
    "come", "got", "given", "taken", "made", "seen", "said", "told", "had", "heard", "met",
    "kept", "sent", "left", "thought", "paid", "gotten", "spoken", "written", "komme", "vore",
];

/// Things that somebody would make or hire.
pub(super) const THINGS: &[&str] = &[
    "app", "appen", "nettside", "nettsida", "nettsiden", "portal", "plattform", "system",
    "chatbot", "robot", "koordinator", "koordinatorer", "kontaktperson", "kontaktpersoner",
    "møteplass", "møteplasser", "møtested", "møtesteder", "kurs", "opplæring", "rutine",
    "rutiner", "sjekkliste", "sjekklister", "kampanje", "ansatte", "sykepleiere", "leger",
    "fastleger", "lærere", "bemanning", "vaktordning", "ordning", "ordningar", "brosjyre",
    "folder", "kalender", "ambulanse", "busser", "website", "platform", "coordinator",
    "coordinators", "checklist", "training", "staff", "nurses", "doctors", "teachers", "course",
    "hub", "campaign", "calendar", "hotline", "buses", "leaflet",
];

/// What there could be more of.
pub(super) const RESOURCES: &[&str] = &[
    "ansatte", "folk", "hender", "penger", "pengar", "tid", "ressurser", "ressursar",
    "informasjon", "opplæring", "plasser", "plassar", "senger", "sykepleiere", "sjukepleiarar",
    "leger", "legar", "lærere", "lærarar", "busser", "bussar", "støtte", "møteplasser",
    "samarbeid", "kommunikasjon", "rutiner", "oppfølging", "staff", "money", "time", "resources",
    "training", "information", "support", "beds", "nurses", "doctors", "teachers", "buses",
    "funding", "communication",
];

/// What one does to something that does not exist yet.
pub(super) const MAKING: &[&str] = &[
    "innføre", "ansette", "tilsette", "opprette", "etablere", "utvikle", "bygge", "digitalisere",
    "introduce", "hire", "establish", "develop", "build", "create", "launch", "organise",
    "organize",
];

/// Proposals wherever they stand in a sentence.
pub(super) const ANYWHERE: &[&str] = &[
    // Somebody could make something
    "vi|me|man|kommunen|skolen|we|they kan|kunne|må|skal|can|could|must @make",
    "we|they need|have|ought to @make",
    "vi|me|man kan|kunne laga|lage|starte|prøve|teste|arrangere|invitere|tilby|få|ha|hatt|bruke|gi @a",
    "vi|me|man|kommunen|skolen må|bør lage|laga|starte|gi @a",
    "we|they can|could|must make|start|try|offer|give|have|use|get|open @a",
    "vi|me|man kan|kunne sette opp|inn",
    "we|they can|could|must|should set|put up|together",
    "vi|me|man må sørge|syte for at",
    // Something is missing that would be made
    "det trengs|trengst|behøves en|ei|et|ein|eit|flere|fleire|bedre|betre|mer|meir|egen|eget",
    "det må|bør lages|lagast|innføres|innførast|opprettes|etableres|finnes|finnast en|ei|et|ein|eit|flere|fleire|egen|eget|faste",
    "det burde|bør finnes|finnast|være|vere|vært|vore|komme en|ei|et|ein|eit|flere|fleire|mulig|mogleg|lettere|lettare|lett|gratis",
    "det hadde vært|vore fint|bra|lurt|nyttig|best|greit|kult|supert|flott|godt om|med|hvis|viss",
    "det ville vært|være|vore|vere fint|bra|lurt|nyttig|best|greit|kult|supert|flott|godt om|med|hvis|viss",
    "skulle ønske|ønskje det|vi|me fantes|fanst|hadde|fikk en|ei|et|ein|eit",
    "skulle ønske at det|vi|me fantes|fanst|hadde|fikk en|ei|et|ein|eit",
    "there should be",
    "there ought|needs|has to be",
    "it would be good|great|better|nice|best|useful|helpful if",
    "wish there was|were a|an|some",
    "wish we had a|an|some",
    "det hadde|ville vært|vore|være|vere fint|bra|lurt|nyttig|best|greit|kult|supert|flott|godt å ha|få|kunne|lage|laga|møtes|møtast|prøve",
    "vi|me|man kunne dele|delt|spørre|spurt|bytte|byttet|rullere|rullert|invitere|invitert",
    "we|they could share|ask|invite|swap|rotate|visit",
    // It is called so
    "jeg|eg|vi|me foreslår",
    "jeg|eg|vi|me vil|ville foreslå",
    "mitt|vårt forslag er",
    "min|mi ide er|var",
    "løsningen|løsninga|løysinga er|må|kan å|at|være|vere|en|et|ei|ein|eit|flere",
    "i|we suggest|propose|recommend",
    "my|our idea|suggestion|proposal is|would",
    "the solution is|would|could",
    "one solution",
];

/// Proposals at the beginning of a sentence or after a comma, when no worry follows.
pub(super) const AT_A_CLAUSE: &[&str] = &[
    "hva|kva om|hvis|viss vi|man|me|kommunen",
    "hva|kva om|hvis|viss alle|noen|nokon|skolen|hver|kvar fikk|hadde|kunne|møtte|ringte|skrev",
    "hva|kva om|hvis|viss ungdommene|ungdommane|elevene|elevane|pasientene|pasientane|pårørende|pårørande|brukerne|brukarane|frivillige|sykepleierne|legene|lærerne fikk|fekk|hadde|kunne|slapp|bestemte|møtte|ringte",
    "hva|kva med å",
    "hva|kva om det fantes|fanst",
    "hvorfor|kvifor ikke|ikkje",
    "kan|kunne|skal|burde|bør vi|man|me|kommunen|skolen|noen ikke|ikkje",
    "kan|kunne|skal|burde|bør ikke|ikkje vi|man|me|kommunen|skolen|noen|nokon",
    "kan|kunne|skal vi|man|me innføre|ansette|lage|laga|starte|prøve|bygge|opprette|få|hatt|ha",
    "la|lat oss",
    "lets",
    "let us",
    "what if we",
    "what if patients|nurses|doctors|teachers|families|parents|volunteers|kids had|could|got|decided|met",
    "what if everyone|they|there|somebody had|could|got|was|were|called",
    "how about a|an|having|making|using|giving|asking|letting|more",
    "why dont we|they",
    "why not",
    "cant|couldnt|shouldnt we|they|someone|somebody",
    "could|can we make|build|create|start|try|set|introduce|hire|offer|have",
];

/// Deeds at the beginning of a sentence, bidden or named.
pub(super) const AT_A_SENTENCE: &[&str] = &[
    "innfør|innføre|tilset|tilsett|tilsette|opprett|opprette|etabler|etablere|utvikl|utvikle",
    "ansett|ansette flere|fleire|en|ei|et|ein|eit|egne|nye|noen|folk|ungdom|unge|fast|faste|leger|sykepleiere",
    "foreslår at|å",
    "have a|an|one|more|some",
    "digitaliser|digitalisere|forenkl|inviter|involver|sørg|syt|sats|bemann|styrk",
    "introduce|hire|launch|simplify|digitise|digitize",
    "lag|laga|lage|start|starte|ha|få|bygg|bygge|sett|kjøp|kjøpe|bruk|send|ring|spør|prøv|test|tilby|flytt|bytt|åpne|opne|samle|samla|gi|la|lat|hold|øk|ta @a",
    "lag|laga|lage|bygg|bygge|kjøp|bruk|make|build|create|design|use @thing",
    "lag|laga|lage @a",
    "sett|sette|set opp|inn|av|up|aside",
    "få|få på|inn|bort|plass plass|flere|fleire|en|et",
    "make|build|create|start|open|offer|provide|give|send|ask|design|develop|add|train|use|get|put|set|let|try|invite @a",
    "gjør|gjer det lettere|lettare|enklere|enklare|mulig|mogleg|billigere|gratis|tryggere",
    "make it easier|possible|free|simple|simpler|cheaper|safer",
    "en|ei|et|ein|eit|a|an @thing for|til",
    "en|ei|et|ein|eit|a|an @thing som|der|that|where|which kan|gir|hjelper|samler|viser|sier|minner|lar|varsler|følger|alle|passer|can|shows|helps|gives|lets|reminds|tells|everyone|people",
    "gratis @thing|buss|mat|frokost|skolemat|trening|kollektivtransport|lunsj til|for|i|på",
    "gratis buss|mat|frokost|skolemat|trening|kollektivtransport|lunsj til|for|i|på",
    "free buses|bus|food|breakfast|lunch|transport|travel for|to|at|in",
];
