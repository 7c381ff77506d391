//! Pages read one after another, to try something on them: nothing is written.

use newsclean::Settings;

use super::naming::Naming;
use super::page::{guarded, read_source};
use super::sites::own_sites;
use super::walk::{Met, Origin, Source, Walk};
use super::{Fault, Job};

/// Gives each page that `job` stands for to `each`: its name, its bytes, and the settings for it. Calls `failed` for one that cannot be
/// read or cleaned, with the reason; what is found in a folder and is no text is passed over.
pub(crate) fn try_on<T>(
    job: &Job,
    each: impl Fn(&str, &[u8], &Settings) -> Result<T, newsclean::Error>,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
    mut failed: impl FnMut(&str, anyhow::Error),
) -> anyhow::Result<()> {
    let walk = Walk::new(job, Naming::Pages("txt"));
    let mut inputs: Vec<Met> = walk.inputs().collect();
    // What is named comes as it was named; what is found, by name, whatever the order in which the system lists it.
    let is_found = |met: &Met| met.source().is_some_and(|source| source.origin == Origin::Found);
    for found in inputs.chunk_by_mut(|a, b| is_found(a) && is_found(b)) {
        found.sort_by_cached_key(|met| met.source().map(Source::path));
    }
    for met in inputs {
        let source = match met {
            Met::Source(source) => source,
            Met::Failed(name, why) => {
                failed(&name, why);
                continue;
            }
            Met::Passed(..) => continue,
        };
        let name = source.input.to_string();
        let tried = guarded(|| {
            let (bytes, _place) = read_source(&source)?;
            let settings = Settings { site: own_sites(&job.settings, None, Some(&source)), ..job.settings.clone() };
            Ok(each(&name, &bytes, &settings)?)
        });
        match tried {
            Ok(tried) => take(tried)?,
            Err(Fault::Binary(_)) if source.origin == Origin::Found => {}
            Err(why) => failed(&name, why.into_why()),
        }
    }
    Ok(())
}
