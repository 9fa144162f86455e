//! Path arguments: each is one segment of the path, or nothing is sent.

use tests::server::{Answer, Server};

use crate::client;

const HOSTILE: [&str; 16] = [
    "", ".", "..", "/", "\\", "../..", "..\\..", "a/..", "a/../b", "a\\..", "./a", "/a", "a/",
    "a//b", "a\\\\b", "a/.",
];

#[tokio::test]
async fn hostile_names() {
    let server = Server::answering(|_| Answer::status(500));
    let actions = client(&server).actions();
    for name in HOSTILE {
        for (owner, repo, argument) in [(name, "octo-docs", "owner"), ("octo-org", name, "repo")] {
            let errors = [
                actions
                    .list_artifacts_for_repo(owner, repo)
                    .send()
                    .await
                    .unwrap_err(),
                actions
                    .get_artifact(owner, repo, 11)
                    .send()
                    .await
                    .unwrap_err(),
                actions
                    .delete_artifact(owner, repo, 11)
                    .send()
                    .await
                    .unwrap_err(),
                actions
                    .download_artifact(owner, repo, 11)
                    .send()
                    .await
                    .unwrap_err(),
                actions
                    .list_workflow_run_artifacts(owner, repo, 11)
                    .send()
                    .await
                    .unwrap_err(),
            ];
            for error in errors {
                assert!(error.is_invalid_request(), "{name}: {error}");
                let (operation, message) = (error.operation().unwrap(), error.to_string());
                let expected = format!("`{operation}`: argument `{argument}` ");
                assert!(message.starts_with(&expected), "{message}");
            }
        }
    }
    assert!(server.requests().is_empty());
}

/// Names that look odd, and are nothing but names.
#[tokio::test]
async fn odd_names() {
    let server = Server::answering(|_| Answer::status(500));
    let actions = client(&server).actions();
    for (name, segment) in [
        ("...", "..."),
        ("a..b", "a..b"),
        (".github", ".github"),
        ("feature/x", "feature%2Fx"),
        ("%2e%2e", "%252e%252e"),
        ("?a#b", "%3Fa%23b"),
        ("a b;c:d@e", "a%20b%3Bc%3Ad%40e"),
        ("\r\nx: y\t", "%0D%0Ax%3A%20y%09"),
        ("ünï", "%C3%BCn%C3%AF"),
    ] {
        assert!(
            actions
                .get_artifact("octo-org", name, 11)
                .send()
                .await
                .unwrap_err()
                .is_server_error()
        );
        let request = server.requests().pop().unwrap();
        assert_eq!(
            request.target,
            format!("/repos/octo-org/{segment}/actions/artifacts/11")
        );
    }
}
