//! TLS: whom the client trusts, and how it proves who it is.

use futures_util::TryStreamExt;
use generated_client::reqwest::Identity;
use generated_client::types::ArtifactId;
use generated_client::{Client, Error};
use tests::api::Api;
use tests::server::{Answer, Authority, Server, Tls};

use crate::{ARTIFACT, Naps, builder, operations, patient, trusting};

fn server(tls: impl Into<Tls>) -> Server {
    Server::tls(tls, |_| Answer::json(200, ARTIFACT))
}

async fn name(client: &Client) -> Result<String, Error> {
    let request = operations::get(client);
    Ok(request.send().await?.into_inner().name)
}

#[tokio::test]
async fn a_custom_authority() {
    let authority = Authority::new();
    let server = server(&authority);
    assert!(server.url().starts_with("https://"));
    let client = builder(&server).configure_http(trusting(&authority));
    assert_eq!(name(&client.build().unwrap()).await.unwrap(), "Rails");
    let request = server.request();
    assert_eq!(request.header("authorization"), Some("Bearer SECRET-TOKEN"));
}

#[tokio::test]
async fn a_list_in_pages() {
    let authority = Authority::new();
    let api = Api::paging_over(&authority, [vec![1, 2], vec![], vec![3]]);
    let client = builder(&api).configure_http(trusting(&authority));
    let client = client.build().unwrap();
    let list = operations::list(&client);
    let artifacts: Vec<_> = list.name("a b").stream().try_collect().await.unwrap();
    let ids: Vec<_> = artifacts.into_iter().map(|artifact| artifact.id).collect();
    assert_eq!(ids, [1, 2, 3].map(ArtifactId::from));
    for request in api.requests() {
        assert_eq!(request.header("authorization"), Some("Bearer SECRET-TOKEN"));
        assert!(request.target.contains("name=a%20b"), "{request}");
    }
}

#[tokio::test]
async fn by_the_name_of_the_host() {
    let authority = Authority::new();
    let server = server(&authority);
    let client = builder(&server)
        .base_url(server.url().replace("127.0.0.1", "localhost"))
        .configure_http(trusting(&authority));
    assert_eq!(name(&client.build().unwrap()).await.unwrap(), "Rails");
}

#[tokio::test]
async fn an_untrusted_authority() {
    let authority = Authority::new();
    let server = server(&authority);
    for client in [
        builder(&server),
        builder(&server).configure_http(trusting(&Authority::new())),
    ] {
        let error = name(&client.build().unwrap()).await.unwrap_err();
        assert!(error.is_connect(), "{error:?}");
    }
    assert!(server.requests().is_empty());
}

/// Another time, its certificate would be the same.
#[tokio::test]
async fn distrust_does_not_pass() {
    let (naps, authority) = (Naps::default(), Authority::new());
    let server = server(&authority);
    let client = patient(&server, &naps).build().unwrap();
    assert!(name(&client).await.unwrap_err().is_connect());
    assert!(naps.taken().is_empty());
}

#[tokio::test]
async fn another_host() {
    let authority = Authority::new();
    let server = server(authority.tls_of_another_host());
    let client = builder(&server).configure_http(trusting(&authority));
    let error = name(&client.build().unwrap()).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_certificate_of_the_client() {
    let authority = Authority::new();
    let server = server(authority.tls_for_known_clients());
    let identity = Identity::from_pem(authority.identity().as_bytes()).unwrap();
    let trust = trusting(&authority);
    let client =
        builder(&server).configure_http(move |http| trust(http).identity(identity.clone()));
    assert_eq!(name(&client.build().unwrap()).await.unwrap(), "Rails");
}

#[tokio::test]
async fn an_unknown_client_certificate() {
    let (authority, other) = (Authority::new(), Authority::new());
    let server = server(authority.tls_for_known_clients());
    let identity = Identity::from_pem(other.identity().as_bytes()).unwrap();
    let (trust, same) = (trusting(&authority), trusting(&authority));
    for client in [
        builder(&server).configure_http(trust),
        builder(&server).configure_http(move |http| same(http).identity(identity.clone())),
    ] {
        let error = name(&client.build().unwrap()).await.unwrap_err();
        assert!(error.is_connect() || error.is_interrupted(), "{error:?}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_root_in_pem() {
    let [authority, other] = [Authority::new(), Authority::new()];
    let server = server(&authority);
    let both = format!("{}{}", other.certificate(), authority.certificate());
    let client = builder(&server).root_certificate(both);
    assert_eq!(name(&client.build().unwrap()).await.unwrap(), "Rails");
    let client = builder(&server).root_certificate(other.certificate());
    assert!(
        name(&client.build().unwrap())
            .await
            .unwrap_err()
            .is_connect()
    );
}

#[test]
fn no_root() {
    for pem in [
        "",
        "SECRET",
        "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----\n",
    ] {
        let built = Client::builder().root_certificate(pem).build();
        let error = built.unwrap_err();
        assert!(error.is_configuration());
        let message = error.to_string();
        assert_eq!(
            message,
            "setting `root_certificate` is no certificate in PEM"
        );
    }
    let unreadable = "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n";
    let built = Client::builder().root_certificate(unreadable).build();
    assert!(built.unwrap_err().is_configuration());
}
