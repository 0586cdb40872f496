//! The words of join codes: short ones from Norwegian nature, without æ, ø and å, so that they can be
//! read out loud, typed on any keyboard and heard right. Sorted; each once (tests hold that).

/// At least 200, for the sum of codes in `codes.rs`.
#[rustfmt::skip]
pub(super) const WORDS: &[&str] = &[
    "ALGE", "ALM", "ASK", "ASP", "AURE", "BARK", "BEKK", "BERG", "BEVER", "BIE", "BILLE", "BJERK", "BLAD",
    "BLEST", "BREGNE", "BRINK", "BRIS", "BRISLING", "BROSME", "BUE", "BUKT", "BUSK", "DAL", "DAM", "DIS",
    "DOMPAP", "DUGG", "DUN", "EIK", "EINER", "EKORN", "ELG", "ELV", "ENG", "ERLE", "ERTE", "FALK", "FASAN",
    "FIOL", "FISK", "FJELL", "FJORD", "FLINT", "FLO", "FLOM", "FOSS", "FROSK", "FROST", "FUGL", "FURE",
    "FURU", "GAUK", "GAUPE", "GJEDDE", "GLO", "GRAN", "GRAS", "GREIN", "GRESS", "GREVLING", "GRUS", "GULL",
    "GULLRIS", "HAGE", "HAGL", "HALM", "HARE", "HASL", "HASSEL", "HAV", "HAVN", "HEGG", "HEGRE", "HEI",
    "HERMELIN", "HEST", "HJORT", "HOLME", "HUBRO", "HUMLE", "HVAL", "HVETE", "HVITTING", "HVITVEIS", "HYLL",
    "HYSE", "IRIS", "ISBRE", "JERV", "JORD", "JUV", "KANTARELL", "KARPE", "KATT", "KILDE", "KLIPPE", "KOBBE",
    "KONGLE", "KORN", "KRABBE", "KRATT", "KREPS", "KRILL", "KROKUS", "KVARTS", "KVELD", "KVERN", "KVIST",
    "KYST", "LAGUNE", "LAKRIS", "LAKS", "LAM", "LAV", "LEMEN", "LERKE", "LILJE", "LIND", "LOM", "LOMVI",
    "LOTUS", "LUND", "LUPIN", "LYNG", "LYS", "MAKRELL", "MANDEL", "MARG", "MARK", "MAUR", "MINK",
    "MOLD", "MORELL", "MORGEN", "MOSE", "MULTE", "MUS", "MYGG", "MYNTE", "MYR", "NATT", "NEBB", "NELLIK",
    "NEPE", "NES", "NISE", "NORD", "NYPE", "ODDE", "ORRE", "OSP", "OTER", "PADDE", "PERLE", "PIL", "PINJE",
    "PLANTE", "PLOG", "PLOMME", "RAPS", "RAVN", "REGN", "REIN", "REIR", "REKE", "REV", "RIPS", "ROGN",
    "ROKKE", "ROSE", "ROT", "RUG", "RUSE", "RYGG", "RYPE", "SALAT", "SALVIE", "SAND", "SANDLO", "SEI", "SEIL",
    "SEL", "SELJE", "SILD", "SISIK", "SITRON", "SIV", "SKARV", "SKATE", "SKJELL", "SKOG", "SKREI", "SKRENT",
    "SKY", "SKYGGE", "SLETTE", "SNEGL", "SNIPE", "SOL", "SOLEIE", "SOLSIKKE", "SOMMER", "SOPP", "SPETT",
    "SPIRE", "SPURV", "STAMME", "STARE", "STEIN", "STEINBIT", "STI", "STIM", "STJERNE", "STOKK", "STORK",
    "STORM", "STRAND", "STUBBE", "SUMP", "SUND", "SVALE", "SVANE", "SYRIN", "TANG", "TARE", "TIMIAN", "TIND",
    "TINN", "TIUR", "TJERN", "TORSK", "TORV", "TRANE", "TRE", "TUE", "TULIPAN", "UGLE", "ULV", "URT", "VANN",
    "VARDE", "VATN", "VEI", "VIDDE", "VIER", "VIK", "VIND", "VINTER", "VIOL", "VIPE", "VOLL",
];
