//! `/widget.js`: the one file that other people's pages load.

use reqwest::Method;

use crate::support::{App, Setup};

async fn app() -> App {
    Setup::sqlite().await.start()
}

#[tokio::test]
async fn any_page_may_load_the_widget() {
    let app = app().await;
    for origin in ["https://anybody.test", "null"] {
        let answer = app.get("/widget.js").header("origin", origin).await;
        assert_eq!(answer.status, 200);
        let header = |name: &str| answer.header(name).unwrap_or_default().to_owned();
        assert_eq!(header("content-type"), "application/javascript; charset=utf-8");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("cross-origin-resource-policy"), "cross-origin");
        assert_eq!(header("access-control-allow-origin"), "*");
        assert_eq!(header("cache-control"), "public, max-age=300");
        assert!(answer.header("set-cookie").is_none());
    }
}

#[tokio::test]
async fn a_widget_that_is_known_is_not_sent_again() {
    let app = app().await;
    let tag = app.get("/widget.js").await.header("etag").unwrap().to_owned();
    for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let answer = app.get("/widget.js").header("if-none-match", &known).await;
        assert_eq!((answer.status, answer.header("etag")), (304, Some(tag.as_str())), "{known}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    }
    assert_eq!(app.get("/widget.js").header("if-none-match", "\"other\"").await.status, 200);
    assert_eq!(app.call(Method::HEAD, "/widget.js").await.status, 200);
    assert_eq!(app.post("/widget.js").await.status, 405);
}
