//! What a page is as a whole, and what becomes of pages in the place of an article.

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]

use newsclean::Stub;
use newsclean::{Kind, Label, Settings, clean};

fn label(page: &str) -> Label {
    clean(page.as_bytes(), &Settings::default()).unwrap().page.facts.label
}

/// Paragraphs of an article, none of which says anything of the page.
const PROSE: [&str; 8] = [
    "The council voted on Monday to rebuild the old bridge over the Lune, which the flood had carried away in March.",
    "Work is to begin in the summer and to last for two years, according to the plan that officials showed the public.",
    "Traders on the north bank, who have lost half of their customers, asked for a ferry until the bridge stands again.",
    "The county will pay for two thirds of the stone, said its treasurer, and the rest has to come from a loan.",
    "Divers who looked at the piers found that three of the five can be used, which saves more than a million.",
    "An engineer from the coast warned that the new arches must be higher, as the river rises faster than it did.",
    "Children drew the bridge as they would like it, and their pictures hang in the hall until the end of the month.",
    "The last stone of the old bridge was laid in 1871, and a band played on it every spring until this one.",
];

fn prose(paragraphs: usize) -> String {
    PROSE.iter().take(paragraphs).map(|text| format!("<p>{text}</p>")).collect()
}

#[test]
fn walls_and_errors_in_many_languages() {
    for (page, stub) in [
        ("<title>404 Not Found</title><center><h1>404 Not Found</h1></center><hr><center>nginx</center>", Stub::Error),
        (
            "<title>Seite nicht gefunden | Hafenbote</title><h1>Seite nicht gefunden</h1><p>Die von Ihnen gesuchte Seite gibt es nicht.",
            Stub::Error,
        ),
        ("Page introuvable\n\nLa page que vous recherchez n'existe plus ou a changé d'adresse.\n\nRetour à l'accueil\n", Stub::Error),
        ("Página no encontrada\n\nLo sentimos, la página que buscas no existe.\n", Stub::Error),
        ("<title>Страница не найдена</title><h1>404</h1><p>Запрашиваемая страница не найдена или была удалена.", Stub::Error),
        ("الصفحة غير موجودة\n\nعذرا، الصفحة التي تبحث عنها غير متوفرة.\n", Stub::Error),
        ("<html><h1>ページが見つかりません</h1><p>お探しのページは移動または削除された可能性があります。", Stub::Error),
        ("<html><h1>페이지를 찾을 수 없습니다</h1><p>요청하신 페이지가 존재하지 않습니다.", Stub::Error),
        ("<title>Just a moment...</title><h1>news.example</h1><p>Verify you are human by completing the action below.", Stub::Blocked),
        (
            "Access Denied\n\nYou don't have permission to access \"http://news.example/a\" on this server.\n\nReference #18.2\n",
            Stub::Blocked,
        ),
        ("<title>Доступ запрещен</title><p>Подтвердите, что вы не робот, и нажмите кнопку.", Stub::Blocked),
        ("<html><h1>安全验证</h1><p>请完成安全验证后继续访问。", Stub::Blocked),
        ("<title>App</title><noscript>x</noscript><div id=root></div><script>run()</script>", Stub::Script),
        ("<html><p>You need to enable JavaScript to run this app.", Stub::Script),
        ("Bitte aktivieren Sie JavaScript in Ihrem Browser, um diese Seite zu sehen.\n", Stub::Script),
        (
            "Before you continue to Harbour News\n\nWe and our 812 partners store and access information on your device.\n\nAccept all\n\nReject all\n",
            Stub::Consent,
        ),
        (
            "<h1>Ihre Privatsphäre ist uns wichtig</h1><p>Wir und unsere 210 Partner speichern Informationen auf Ihrem Gerät, um Werbung zu messen.</p><button>Alle Cookies akzeptieren</button>",
            Stub::Consent,
        ),
    ] {
        assert_eq!(label(page), Label::Stub(stub), "{page}");
        let cleaned = clean(page.as_bytes(), &Settings::default()).unwrap();
        assert!(cleaned.is_empty() && cleaned.json().page == "stub" && cleaned.json().warning.is_some(), "{page}: {}", cleaned.text());
    }
}

#[test]
fn paywalls_keep_the_beginning() {
    let begun = "The ferry to Holm will not run before June, the port authority said on Monday, as the second engine has to be replaced. \
                 Islanders met in the evening to discuss what to do.";
    for wall in [
        "Subscribe to continue reading",
        "Dieser Artikel ist nur für Abonnenten lesbar.",
        "Il vous reste 80 % de cet article à lire. La suite est réservée aux abonnés.",
        "Para seguir leyendo, suscríbete o inicia sesión.",
        "Contenuto riservato agli abbonati",
        "För att läsa vidare behöver du en prenumeration.",
        "Эта статья доступна только подписчикам.",
        "この記事は会員限定です。",
        "本文仅限订阅用户阅读",
        "للمشتركين فقط",
    ] {
        for page in
            [format!("{begun}\n\n{wall}\n"), format!("<h1>Ferry stays in port</h1><p>{begun}</p><div class=paywall><p>{wall}</p></div>")]
        {
            assert_eq!(label(&page), Label::Stub(Stub::Paywall), "{page}");
            assert!(clean(page.as_bytes(), &Settings::default()).unwrap().text().contains(begun), "{page}");
        }
        let whole = format!("<article>{}<p>{begun}</p></article><div class=box><p>{wall}</p></div>", prose(8));
        assert_eq!(label(&whole), Label::Article, "{wall}");
    }
    let said = |free: &str, text: &str| {
        format!(
            "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"Ferry\",\"isAccessibleForFree\":{free}}}</script>{text}"
        )
    };
    assert_eq!(label(&said("false", &format!("<p>{begun}</p>"))), Label::Stub(Stub::Paywall));
    assert_eq!(label(&said("true", &format!("<p>{begun}</p>"))), Label::Article);
    assert_eq!(label(&said("\"False\"", &prose(4))), Label::Article);
}

#[test]
fn articles_may_speak_of_walls() {
    for text in [
        "Readers who meet a wall of consent often click \"Accept all cookies\" without reading, the study says, and regulators want to change that. \
         We and our partners store information, the banners say, and few visitors know what that means in practice or whom it serves.",
        "The paper told its readers to subscribe to continue reading, and lost a third of them within a year, its editor said on Tuesday. \
         \"For subscribers only\" is a hard sell, she said, and the company will try a cheaper offer for the young in the coming spring.",
        "\"Page not found\" is what citizens saw on Monday as the ministry moved its servers, and the page you are looking for was said to be gone. \
         By noon most of the forms were back, a spokesman said, and nobody will miss a deadline because of the fault in the network.",
        "Access denied: that is what the reporters heard at the gate of the summit, and they wrote about it at length the next morning. \
         The organisers said that the hall had room for forty people, and that all others could follow the talks on a screen outside.",
    ] {
        assert_eq!(label(&format!("{text}\n")), Label::Article, "{text}");
        assert_eq!(label(&format!("<article><h1>What people read</h1><p>{text}</p>{}</article>", prose(1))), Label::Article, "{text}");
    }
}

#[test]
fn other_forms() {
    let live: String =
        PROSE.iter().enumerate().map(|(n, text)| format!("<div><time>{}:{:02}</time><p>{text}</div>", 18 - n, n * 7)).collect();
    assert_eq!(label(&format!("<h1>Storm live: the latest updates</h1>{live}")), Label::LiveBlog);
    let timetable: String = PROSE.iter().enumerate().map(|(n, text)| format!("<p>{}:15</p><p>{text}</p>", [9, 14][n % 2])).collect();
    assert_eq!(label(&format!("<h1>Buses of the island</h1>{timetable}")), Label::Article);
    let links: String = (0..30).map(|n| format!("<li><a href=/{n}>The council votes on part {n} of its plan</a>")).collect();
    assert_eq!(label(&format!("<h1>Politics</h1><ul>{links}</ul>")), Label::Listing);
    assert_eq!(label(""), Label::Empty);
    assert_eq!(label(&format!("<h1>A plan</h1>{}", prose(3))), Label::Article);
}

#[test]
fn what_stands_in_the_place_of_an_article_can_be_kept() {
    let keep = [Kind::Boilerplate].into_iter().collect();
    let page = "Access Denied\n\nYou don't have permission to access this page on this server.\n";
    let cleaned = clean(page.as_bytes(), &Settings { keep, ..Settings::default() }).unwrap();
    assert_eq!((cleaned.page.facts.label, cleaned.is_empty()), (Label::Stub(Stub::Blocked), false));
}
