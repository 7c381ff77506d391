//! Pages: a file read whole, cleaned, and rendered.

use std::fs::File;
use std::io::{self, Read};

use anyhow::anyhow;
use newsclean::{Cleaned, clean, write};

use super::{Fault, Form, Input, Job, Output, Sink, Volume};
use crate::cli::stdin_is_typed;
use crate::say;

/// Opens an input.
pub(super) fn open(input: &Input) -> Result<Box<dyn Read>, Fault> {
    match input {
        Input::Stdin => {
            if stdin_is_typed() {
                say(format_args!("reading from the terminal; end with Ctrl-D, or see --help"));
            }
            Ok(Box::new(io::stdin().lock()))
        }
        Input::File(path) if path.is_dir() => Err(Fault::Input(anyhow!(
            "is a folder; folders come in a later version (give its files, for example {}/*.txt)",
            path.display()
        ))),
        Input::File(path) => File::open(path).map(|f| Box::new(f) as Box<dyn Read>).map_err(unreadable),
    }
}

/// Reads an input whole.
pub(super) fn read(input: &Input) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    open(input)?.read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Why an input could not be read, and what to do.
pub(super) fn unreadable(why: io::Error) -> Fault {
    Fault::Input(match why.kind() {
        io::ErrorKind::NotFound => anyhow!("no such file (check the name)"),
        io::ErrorKind::PermissionDenied => anyhow!("permission denied (you may not read it)"),
        _ => anyhow!("cannot read: {why}"),
    })
}

/// Reads and cleans a page and renders it as the job asks; warns if nothing is left.
pub(super) fn render(job: &Job, input: &Input) -> Result<String, Fault> {
    let bytes = read(input)?;
    let cleaned = clean(&bytes, &job.settings).map_err(|e| Fault::Input(e.into()))?;
    let rendered = show(job.form, &cleaned).map_err(Fault::Input)?;
    if let Some(warning) = warning(&bytes, &cleaned).filter(|_| job.volume >= Volume::Normal) {
        say(format_args!("{input}: warning: {warning}"));
    }
    if job.volume == Volume::Verbose {
        say(format_args!("{input}: {}", write::summary(&cleaned.page)));
    }
    Ok(rendered)
}

/// What the user should know about a page that was cleaned.
fn warning(bytes: &[u8], cleaned: &Cleaned) -> Option<&'static str> {
    if bytes.trim_ascii_start().is_empty() {
        Some("the page is empty")
    } else if cleaned.is_empty() {
        Some("no article text found (--explain shows why each line went)")
    } else {
        None
    }
}

fn show(form: Form, cleaned: &Cleaned) -> anyhow::Result<String> {
    Ok(match form {
        Form::Text => cleaned.text(),
        Form::Markdown => cleaned.markdown(),
        Form::Json => serde_json::to_string(&cleaned.json())? + "\n",
        Form::Explain(palette) => write::explain(&cleaned.page, &palette),
    })
}

/// Writes a rendered page, apart from the one above it.
pub(super) fn write(job: &Job, input: &Input, rendered: &str, out: &mut impl Sink) -> io::Result<()> {
    let many = job.inputs.len() > 1 && matches!(job.output, Output::Stdout);
    if out.is_begun() && !rendered.is_empty() && job.form != Form::Json {
        out.write_all(b"\n")?;
    }
    if many && matches!(job.form, Form::Explain(_)) {
        writeln!(out, "==> {input} <==")?;
    }
    out.write_all(rendered.as_bytes())
}
