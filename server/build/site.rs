//! The site as a table of embedded files: hashed names, compressed once, here.

use super::{
    client::{Bundle, Profile},
    pack::{self, Packed},
    progress, shell,
};
use data_encoding::BASE64;
use sha2::{Digest, Sha256};
use std::{
    error::Error,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

/// Writes `site.rs` into `out`: `pub static FILES: &[File]`. The bundles are those of [`super::client::SCREENS`].
pub(crate) fn write_table(
    assets: &Path,
    bundles: &[Bundle],
    out: &Path,
    profile: Profile,
) -> Result<(), Box<dyn Error>> {
    let mut site = Site {
        out,
        files: Vec::new(),
        scripts: String::new(),
        styles: String::new(),
    };

    let mut styles = String::new();
    for name in sorted_names(&assets.join("styles"))? {
        styles += &fs::read_to_string(assets.join("styles").join(name))?;
    }
    let mut fonts = Vec::new();
    for name in sorted_names(&assets.join("fonts"))? {
        if !has_ending(&name, "woff2") {
            continue; // the licence lies beside the font
        }
        let hashed = site.add_hashed(
            &name,
            "font/woff2",
            &fs::read(assets.join("fonts").join(&name))?,
        )?;
        // Everything hashed lies in one folder; what lies there is found from there.
        styles = styles.replace(&format!("fonts/{name}"), beside(&hashed));
        fonts.push((name, hashed));
    }
    let font = fonts
        .iter()
        .find(|(name, _)| name == "hyperlegible-latin.woff2")
        .map(|(_, hashed)| hashed.clone())
        .ok_or("the font of the first page is there")?;
    let all_styles = styles;
    let styles = site.add_hashed(
        "samtavle.css",
        "text/css; charset=utf-8",
        all_styles.as_bytes(),
    )?;

    let mut hashed_bundles = Vec::new();
    for bundle in bundles {
        let wasm = site.add_hashed(
            &format!("{}.wasm", bundle.name),
            "application/wasm",
            &bundle.wasm,
        )?;
        let script = site.add_hashed(
            &format!("{}.js", bundle.name),
            SCRIPT,
            bundle.script.as_bytes(),
        )?;
        hashed_bundles.push([script, wasm]);
    }
    for name in sorted_names(&assets.join("icons"))? {
        let kind = if has_ending(&name, "svg") {
            "image/svg+xml"
        } else {
            "image/png"
        };
        site.add(
            &format!("icons/{name}"),
            kind,
            &fs::read(assets.join("icons").join(&name))?,
            "Cache::Short",
        )?;
    }
    let files = shell::Files {
        styles: styles.clone(),
        all_styles,
        font,
        fonts: fonts.into_iter().map(|(_, hashed)| hashed).collect(),
        bundles: hashed_bundles,
    };
    shell::add(&mut site, assets, &files)?;
    add_check(&mut site, &assets.join("check"), &styles)?;

    let mut table = String::new();
    let packed = if profile == Profile::Release {
        progress::say("packing it");
        pack::all(&site.files)?
    } else {
        vec![Packed::default(); site.files.len()]
    };
    for (file, packed) in site.files.iter().zip(packed) {
        let include = |file: Option<&Path>| {
            file.map_or("None".to_owned(), |file| format!("Some({})", include(file)))
        };
        writeln!(
            table,
            "File {{ path: {:?}, kind: {:?}, cache: {}, plain: {}, brotli: {}, gzip: {} }},",
            format!("/{}", file.path),
            file.kind,
            file.cache,
            self::include(&file.on_disk),
            include(packed.brotli.as_deref()),
            include(packed.gzip.as_deref()),
        )?;
    }
    write_files(out, &table, &site.scripts, &site.styles)?;
    Ok(())
}

/// The self-check: a page of its own, which works also where the client does not arrive.
fn add_check(site: &mut Site<'_>, check: &Path, styles: &str) -> Result<(), Box<dyn Error>> {
    let read = |name: &str| fs::read_to_string(check.join(name));
    let script = read("check.js")?
        .replace("{{nb}}", read("nb.json")?.trim_end())
        .replace("{{nn}}", read("nn.json")?.trim_end())
        .replace("{{en}}", read("en.json")?.trim_end());
    let script = site.add_hashed("check.js", SCRIPT, script.as_bytes())?;
    let own = site.add_hashed(
        "check.css",
        "text/css; charset=utf-8",
        read("check.css")?.as_bytes(),
    )?;
    let page = read("check.html")?
        .replace("{{styles}}", styles)
        .replace("{{check}}", &own)
        .replace("{{script}}", &script);
    site.add(
        "check.html",
        "text/html; charset=utf-8",
        page.as_bytes(),
        "Cache::Never",
    )
}

/// The name of a hashed file for another one, which lies in the same folder.
pub(crate) fn beside(hashed: &str) -> &str {
    hashed.trim_start_matches("site/")
}

/// The table of a server that was built without its client.
pub(crate) fn write_empty_table(out: &Path) -> io::Result<()> {
    write_files(out, "", "", "")
}

fn write_files(out: &Path, entries: &str, scripts: &str, styles: &str) -> io::Result<()> {
    fs::write(
        out.join("site.rs"),
        format!(
            "pub(super) static FILES: &[File] = &[\n{entries}];\n\
             /// The scripts and the styles that stand in a page itself, as the policy names them.\n\
             static SCRIPTS_IN_PAGES: &str = {scripts:?};\n\
             static STYLES_IN_PAGES: &str = {styles:?};\n"
        ),
    )
}

/// The media type of a script.
pub(crate) const SCRIPT: &str = "text/javascript; charset=utf-8";

/// A file of the site, as it will stand in the table.
pub(crate) struct SiteFile {
    /// Without the slash that it begins with.
    pub(crate) path: String,
    kind: &'static str,
    cache: &'static str,
    /// Where the build has put it.
    pub(crate) on_disk: PathBuf,
}

pub(crate) struct Site<'a> {
    out: &'a Path,
    files: Vec<SiteFile>,
    /// What may stand in a page itself, as sources of the policy, each after a space.
    scripts: String,
    styles: String,
}

impl Site<'_> {
    /// Lets this script stand in a page: nothing but exactly this.
    pub(crate) fn allow_script(&mut self, script: &str) {
        self.scripts += &source_of(script);
    }

    /// The same for styles.
    pub(crate) fn allow_styles(&mut self, styles: &str) {
        let source = source_of(styles);
        if !self.styles.contains(&source) {
            self.styles += &source;
        }
    }

    /// Adds a file that may be kept for ever, under a name that holds its hash; gives that name.
    pub(crate) fn add_hashed(
        &mut self,
        name: &str,
        kind: &'static str,
        bytes: &[u8],
    ) -> Result<String, Box<dyn Error>> {
        let hash = hash_of(bytes);
        let (stem, ending) = name.rsplit_once('.').ok_or("a file's name has an ending")?;
        let hashed = format!("site/{stem}-{hash}.{ending}");
        self.add(&hashed, kind, bytes, "Cache::Forever")?;
        Ok(hashed)
    }

    pub(crate) fn add(
        &mut self,
        path: &str,
        kind: &'static str,
        bytes: &[u8],
        cache: &'static str,
    ) -> Result<(), Box<dyn Error>> {
        let on_disk = self.out.join("site").join(path);
        fs::create_dir_all(on_disk.parent().ok_or("a file lies in a folder")?)?;
        fs::write(&on_disk, bytes)?;
        self.files.push(SiteFile {
            path: path.to_owned(),
            kind,
            cache,
            on_disk,
        });
        Ok(())
    }
}

fn source_of(text: &str) -> String {
    [" '", &integrity_of(text), "'"].concat()
}

/// By what a browser knows that a file is no other.
pub(crate) fn integrity_of(text: &str) -> String {
    ["sha256-", &BASE64.encode(&Sha256::digest(text))].concat()
}

/// The hash in the name of a hashed file.
pub(crate) fn hash_in(hashed: &str) -> Result<&str, Box<dyn Error>> {
    let (stem, _) = hashed
        .rsplit_once('.')
        .ok_or("a file's name has an ending")?;
    let (_, hash) = stem.rsplit_once('-').ok_or("it ends with the hash")?;
    Ok(hash)
}

/// As much of the SHA-256 as tells two versions of a file apart.
pub(crate) fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(6)
        .fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a String takes all that is written");
            hex
        })
}

pub(crate) fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|its| its == ending)
}

/// The bytes of a file, as an expression of the table.
fn include(file: &Path) -> String {
    format!("include_bytes!({:?})", file.display().to_string())
}

pub(crate) fn sorted_names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}
