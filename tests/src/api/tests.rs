//! The API behaves like GitHub's, as far as it goes.

use std::collections::BTreeSet;

use generated_client::reqwest::{self, Client, redirect::Policy};
use serde_json::Value;

use super::*;

async fn get(url: &str) -> reqwest::Response {
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    client.get(url).send().await.unwrap()
}

/// The ids on a page, and where its link of a relation leads.
async fn page(url: &str, rel: &str) -> (Vec<i64>, Option<String>) {
    let response = get(url).await;
    let links = response.headers().get("link");
    let links = links.map_or(String::new(), |links| links.to_str().unwrap().to_owned());
    let link = links.split(", ").find_map(|link| {
        let target = link.strip_suffix(&format!(">; rel=\"{rel}\""))?;
        target.strip_prefix('<').map(str::to_owned)
    });
    let body: Value = response.text().await.unwrap().parse().unwrap();
    assert_eq!(body["total_count"], 3);
    let ids = body["artifacts"].as_array().unwrap().iter();
    (
        ids.map(|artifact| artifact["id"].as_i64().unwrap())
            .collect(),
        link,
    )
}

#[tokio::test]
async fn a_new_redirect_each_time() {
    let store = Store::new("PK");
    let api = Api::downloading(&store).instead([None, Some(Answer::status(410))]);
    let url = format!(
        "{}/repos/octo-org/octo-docs/actions/artifacts/11",
        api.url()
    );
    let mut locations = BTreeSet::new();
    for status in [302, 410, 302] {
        let response = get(&format!("{url}/zip")).await;
        assert_eq!(response.status(), status);
        let location = response.headers().get("location");
        locations.extend(location.map(|location| location.to_str().unwrap().to_owned()));
    }
    assert_eq!(locations.len(), 2);
    for location in locations {
        assert_eq!(get(&location).await.text().await.unwrap(), "PK");
    }

    let artifact: Value = get(&url).await.text().await.unwrap().parse().unwrap();
    assert_eq!(artifact["size_in_bytes"], 2);
    assert_eq!(artifact["digest"], store.body().digest());
}

#[tokio::test]
async fn pages() {
    let api = Api::paging([vec![1, 2], vec![], vec![3]]);
    let list = "actions/artifacts?name=a%2fb&per_page=2";
    let first = format!("{}/api/v3/repos/octo-org/octo-docs/{list}", api.url());

    let (ids, next) = page(&first, "next").await;
    let next = next.unwrap();
    assert_eq!(ids, [1, 2]);
    let repository = format!("{}/api/v3/repositories/1296269/{list}&page=2&", api.url());
    assert!(next.starts_with(&repository), "{next}");

    let (ids, last) = page(&next, "next").await;
    assert!(ids.is_empty());
    let (ids, none) = page(&last.unwrap(), "next").await;
    assert_eq!((ids, none), (vec![3], None));
    let (_, back) = page(&next, "prev").await;
    assert_eq!(
        page(&back.unwrap(), "next").await,
        (vec![1, 2], Some(next.clone()))
    );

    let (ids, _) = page(&format!("{first}&page=3"), "next").await;
    assert_eq!(ids, [3]);
    for missing in [format!("{first}&page=4"), next.replace("%2f", "%2F")] {
        assert_eq!(get(&missing).await.status(), 404);
    }
}

#[tokio::test]
async fn links_of_ones_own() {
    let link = "<https://other.test/>; rel=\"next\"";
    let api = Api::paging([Page::of([1, 2, 3]).link(link), Page::of([]).link("")]);
    let first = format!("{}/repos/octo-org/octo-docs/actions/artifacts", api.url());
    let expected = (vec![1, 2, 3], Some("https://other.test/".to_owned()));
    assert_eq!(page(&first, "next").await, expected);
    let response = get(&format!("{first}?page=2")).await;
    assert_eq!(response.headers().get("link"), None);
}
