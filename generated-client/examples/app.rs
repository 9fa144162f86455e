//! Lists the artifacts of a repository as a GitHub App, by a token of one of its installations.
//!
//! ```sh
//! cargo run --example app -- CLIENT_ID PRIVATE_KEY INSTALLATION_ID OWNER REPO
//! ```
//!
//! `PRIVATE_KEY` is the file that GitHub offers for download when it creates a key of the app.

use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs};

use anyhow::Context;
use generated_client::chrono::{DateTime, Utc};
use generated_client::reqwest::Method;
use generated_client::{AccessToken, Client};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rustls_pki_types::PrivatePkcs1KeyDer;
use rustls_pki_types::pem::PemObject;
use serde::{Deserialize, Serialize};

/// GitHub allows ten minutes, by its own clock.
const LIFETIME: Duration = Duration::from_secs(9 * 60);

/// How far this machine's clock may be ahead of GitHub's.
const CLOCK_DRIFT: Duration = Duration::from_secs(60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [client_id, key, installation, owner, repo] = arguments.as_slice() else {
        eprintln!("usage: app CLIENT_ID PRIVATE_KEY INSTALLATION_ID OWNER REPO");
        return Ok(ExitCode::from(2));
    };
    let app = App {
        client_id: client_id.clone(),
        key: read_key(key)?,
    };
    let installation: u64 = installation
        .parse()
        .with_context(|| format!("`{installation}` is no installation's id"))?;

    // One client signs as the app, and asks for the tokens of the other.
    let app = Client::builder()
        .read_env()
        .token_provider(move || std::future::ready(app.token()))
        .build()?;
    let client = Client::builder()
        .read_env()
        .token_provider(move || installation_token(app.clone(), installation))
        .build()?;

    let list = client.actions().list_artifacts_for_repo(owner, repo);
    let mut artifacts = list.per_page(100).stream();
    while let Some(artifact) = artifacts.next().await {
        let artifact = artifact?;
        println!("{}\t{}", artifact.id, artifact.name);
    }
    Ok(ExitCode::SUCCESS)
}

struct App {
    client_id: String,
    key: EncodingKey,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    iat: u64,
    exp: u64,
}

impl App {
    /// Signs a token of the app itself.
    fn token(&self) -> anyhow::Result<AccessToken> {
        let now = SystemTime::now();
        let expiry = now + LIFETIME;
        let claims = Claims {
            iss: &self.client_id,
            iat: seconds(now - CLOCK_DRIFT)?,
            exp: seconds(expiry)?,
        };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::RS256), &claims, &self.key)?;
        Ok(AccessToken::new(token).expires_at(expiry))
    }
}

fn read_key(path: &str) -> anyhow::Result<EncodingKey> {
    let pem = fs::read(path).with_context(|| format!("cannot read file `{path}`"))?;
    let key = PrivatePkcs1KeyDer::from_pem_slice(&pem)
        .with_context(|| format!("file `{path}` is no RSA private key"))?;
    Ok(EncodingKey::from_rsa_der(key.secret_pkcs1_der()))
}

fn seconds(time: SystemTime) -> anyhow::Result<u64> {
    Ok(time.duration_since(UNIX_EPOCH)?.as_secs())
}

#[derive(Deserialize)]
struct InstallationToken {
    token: String,
    expires_at: DateTime<Utc>,
}

/// Asks for a token of an installation, which is good for an hour.
async fn installation_token(app: Client, installation: u64) -> anyhow::Result<AccessToken> {
    let path = "/app/installations/{id}/access_tokens";
    let request = app.request(Method::POST, path).path("id", installation);
    let created = request.send::<InstallationToken>().await?;
    let expiry = u64::try_from(created.expires_at.timestamp())?;
    let expiry = UNIX_EPOCH + Duration::from_secs(expiry);
    Ok(AccessToken::new(&created.token).expires_at(expiry))
}
