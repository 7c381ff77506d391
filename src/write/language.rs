//! The language of an article.

use whatlang::Lang;

/// Bytes of the text that are looked at: some hundred words tell as much as all.
const SAMPLE: usize = 1 << 13;

/// ISO 639-1 code of the language of `text`, if it can be told reliably.
pub(super) fn language(text: &str) -> Option<&'static str> {
    let sample = text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or(text);
    let info = whatlang::detect(sample)?;
    if info.is_reliable() { Some(code(info.lang())) } else { None }
}

/// The code of two letters. Written Norwegian is `no`, as pages declare it.
#[rustfmt::skip]
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Afr => "af", Lang::Aka => "ak", Lang::Amh => "am", Lang::Ara => "ar", Lang::Aze => "az", Lang::Bel => "be",
        Lang::Ben => "bn", Lang::Bul => "bg", Lang::Cat => "ca", Lang::Ces => "cs", Lang::Cmn => "zh", Lang::Dan => "da",
        Lang::Deu => "de", Lang::Ell => "el", Lang::Eng => "en", Lang::Epo => "eo", Lang::Est => "et", Lang::Fin => "fi",
        Lang::Fra => "fr", Lang::Guj => "gu", Lang::Heb => "he", Lang::Hin => "hi", Lang::Hrv => "hr", Lang::Hun => "hu",
        Lang::Hye => "hy", Lang::Ind => "id", Lang::Ita => "it", Lang::Jav => "jv", Lang::Jpn => "ja", Lang::Kan => "kn",
        Lang::Kat => "ka", Lang::Khm => "km", Lang::Kor => "ko", Lang::Lat => "la", Lang::Lav => "lv", Lang::Lit => "lt",
        Lang::Mal => "ml", Lang::Mar => "mr", Lang::Mkd => "mk", Lang::Mya => "my", Lang::Nep => "ne", Lang::Nld => "nl",
        Lang::Nob => "no", Lang::Ori => "or", Lang::Pan => "pa", Lang::Pes => "fa", Lang::Pol => "pl", Lang::Por => "pt",
        Lang::Ron => "ro", Lang::Rus => "ru", Lang::Sin => "si", Lang::Slk => "sk", Lang::Slv => "sl", Lang::Sna => "sn",
        Lang::Spa => "es", Lang::Srp => "sr", Lang::Swe => "sv", Lang::Tam => "ta", Lang::Tel => "te", Lang::Tgl => "tl",
        Lang::Tha => "th", Lang::Tuk => "tk", Lang::Tur => "tr", Lang::Ukr => "uk", Lang::Urd => "ur", Lang::Uzb => "uz",
        Lang::Vie => "vi", Lang::Yid => "yi", Lang::Zul => "zu",
    }
}
