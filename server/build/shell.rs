//! The pages that load the client, and what is there before it: the box to write in, the service worker, the
//! manifest. See `assets/shell`.

use super::{
    client::SCREENS,
    critical,
    site::{SCRIPT, Site, beside, hash_in, hash_of, integrity_of, sorted_names},
};
use serde_json::{Map, Value, json};
use std::{error::Error, fs, path::Path};

/// The hashed names of what the pages load.
pub(crate) struct Files {
    pub(crate) styles: String,
    /// What is in that file.
    pub(crate) all_styles: String,
    /// The one that the first page has.
    pub(crate) font: String,
    pub(crate) fonts: Vec<String>,
    /// Script and WASM, in the order of [`SCREENS`].
    pub(crate) bundles: Vec<[String; 2]>,
}

/// Where a screen is small, in CSS: the client's own `SMALL_SCREEN`, and what is not.
const SMALL: &str = "(max-width: 719px), (max-height: 479px)";
const LARGE: &str = "(min-width: 719.02px) and (min-height: 479.02px)";

pub(crate) fn add(site: &mut Site<'_>, assets: &Path, files: &Files) -> Result<(), Box<dyn Error>> {
    let folder = assets.join("shell");
    let read = |name: &str| fs::read_to_string(folder.join(name));
    let bundles = |shown: fn(&str) -> &str| -> String {
        let pairs = SCREENS.iter().zip(&files.bundles).map(|(screen, names)| {
            let names = names.iter().map(|name| shown(name).into()).collect();
            ((*screen).to_owned(), Value::Array(names))
        });
        Value::Object(pairs.collect()).to_string()
    };

    let fonts: Vec<&str> = files.fonts.iter().map(|font| beside(font)).collect();
    let start = read("start.js")?
        .replace("{{bundles}}", &bundles(beside))
        .replace("{{styles}}", beside(&files.styles))
        .replace("{{styles_integrity}}", &integrity_of(&files.all_styles))
        .replace("{{fonts}}", &json!(fonts).to_string());
    let start = site.add_hashed("start.js", SCRIPT, start.as_bytes())?;
    let [page, compose] = [read("page.html")?, read("compose.html")?];
    let [able, script] = [read("able.js")?, read("shell.js")?];
    let first = first_styles(&files.all_styles, [&page, &compose, &able, &script]);
    let able = able.replace("{{own}}", &own_texts(&folder, &assets.join("locales"))?);
    let script = script.replace("{{texts}}", &texts(&assets.join("locales"))?);
    site.allow_script(&able);
    site.allow_script(&script);
    let page = page
        .replace("{{font}}", &files.font)
        .replace("{{start}}", &start)
        .replace("{{able}}", &able)
        .replace("{{script}}", &script);
    let [desk, phone, wall] = &*files.bundles else {
        return Err("a bundle for each screen".into());
    };
    let by_size = [preload(phone, Some(SMALL)), preload(desk, Some(LARGE))].concat();
    // Nobody need know under which path of a host the site lies: all is found from where the page is.
    let mut pages = Map::new();
    for (name, base, preloads, shell) in [
        ("index.html", "./", &by_size, ""),
        ("below.html", "../", &by_size, &*compose),
        ("wall.html", "../", &preload(wall, None), ""),
    ] {
        let first = first.replace("{{base}}", base);
        site.allow_styles(&first);
        let page = page
            .replace("{{first}}", &first)
            .replace("{{preloads}}", preloads.trim_end())
            .replace("{{shell}}", shell)
            .replace("{{base}}", base);
        pages.insert(name.to_owned(), hash_of(page.as_bytes()).into());
        site.add(
            name,
            "text/html; charset=utf-8",
            page.as_bytes(),
            "Cache::Never",
        )?;
    }

    let manifest = read("manifest.webmanifest")?;
    site.add(
        "manifest.webmanifest",
        "application/manifest+json",
        manifest.as_bytes(),
        "Cache::Short",
    )?;

    // What each page needs, under the hash of what is in it: the name of some holds it, that of others does not.
    let mut kept = Map::new();
    for name in [&files.styles, &files.font, &start] {
        kept.insert(name.clone(), hash_in(name)?.into());
    }
    let icon = fs::read(assets.join("icons").join("samtavle.svg"))?;
    kept.insert("icons/samtavle.svg".to_owned(), hash_of(&icon).into());
    kept.insert(
        "manifest.webmanifest".to_owned(),
        hash_of(manifest.as_bytes()).into(),
    );
    let worker = read("worker.js")?
        .replace("{{pages}}", &Value::Object(pages).to_string())
        .replace("{{files}}", &Value::Object(kept).to_string())
        .replace("{{bundles}}", &bundles(|name| name));
    let worker = worker.replace("{{version}}", &hash_of(worker.as_bytes()));
    site.add("worker.js", SCRIPT, worker.as_bytes(), "Cache::Never")
}

/// Fetched while the page is still being read, after what the box to write in needs. No `modulepreload`: that would also
/// compile the script, which takes a slow phone longer than all else until the box is painted.
fn preload([script, wasm]: &[String; 2], media: Option<&str>) -> String {
    let media = media.map_or(String::new(), |media| format!(" media=\"{media}\""));
    format!(
        "<link rel=\"preload\" href=\"{{{{base}}}}{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin fetchpriority=\"low\"{media}>\n\
         <link rel=\"preload\" href=\"{{{{base}}}}{script}\" as=\"script\" crossorigin fetchpriority=\"low\"{media}>\n"
    )
}

/// The styles of what these parts of the page show, to stand in the page.
fn first_styles(all: &str, page: [&String; 4]) -> String {
    // The names that the scripts put together.
    const MADE: &str = "note--problem note--habit note--idea note--plan \
        row-note--problem row-note--habit row-note--idea row-note--plan";
    let words = critical::words(page.into_iter().map(String::as_str).chain([MADE]));
    critical::of(all, &words).replace("url(\"", "url(\"{{base}}site/")
}

/// What the page says where there is no client, in every language there is; English where nobody has written it yet.
fn own_texts(folder: &Path, locales: &Path) -> Result<String, Box<dyn Error>> {
    let mut all = Map::new();
    for name in sorted_names(locales)? {
        let Some(language) = name.strip_suffix(".json") else {
            continue;
        };
        let own = folder.join(&name);
        let own = if own.exists() {
            own
        } else {
            folder.join("en.json")
        };
        let texts: Value = serde_json::from_str(&fs::read_to_string(own)?)?;
        all.insert(language.to_owned(), texts);
    }
    Ok(in_page(all))
}

/// As it may stand in a script of the page.
fn in_page(texts: Map<String, Value>) -> String {
    Value::Object(texts).to_string().replace('<', "\\u003c")
}

/// What the box says, in every language there is.
fn texts(locales: &Path) -> Result<String, Box<dyn Error>> {
    let mut all = Map::new();
    for name in sorted_names(locales)? {
        let Some(language) = name.strip_suffix(".json") else {
            continue;
        };
        let texts: Value = serde_json::from_str(&fs::read_to_string(locales.join(&name))?)?;
        let text = |group: &str, key: &str| match &texts[group][key] {
            Value::String(text) => Ok(text.clone()),
            _ => Err(format!("{name} has no {group}.{key}")),
        };
        let mut own = Map::new();
        for kind in ["problem", "habit", "idea", "plan"] {
            let prompt = format!("prompt_{kind}");
            let words = json!([
                text("phone", &prompt)?,
                text("phone", &format!("{prompt}_hint"))?
            ]);
            own.insert(kind.to_owned(), words);
        }
        for (key, (group, from)) in [
            ("label", ("phone", "compose_label")),
            ("post", ("phone", "post")),
            ("empty", ("note", "empty")),
            ("first", ("phone", "write_first")),
            ("unsent", ("phone", "not_sent")),
            ("connecting", ("connection", "connecting")),
        ] {
            own.insert(key.to_owned(), text(group, from)?.into());
        }
        all.insert(language.to_owned(), Value::Object(own));
    }
    Ok(in_page(all))
}
