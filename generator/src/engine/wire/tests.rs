use super::*;

/// A method as progenitor 0.15 emits it.
const METHOD: &str = r#"
pub async fn op0<'a>(
    &'a self,
    p00: &'a str,
    p01: &'a types::Id,
    p02: Option<::std::num::NonZeroU64>,
    p03: Option<&'a str>,
    p04: &'a str,
    body: &'a types::Body,
) -> Result<ResponseValue<types::Thing>, Error<()>> {
    let url = format!(
        "{}/things/{}/{}", self.baseurl, encode_path(&p00.to_string()), encode_path(&p01.to_string()),
    );
    let mut header_map = ::reqwest::header::HeaderMap::with_capacity(3usize);
    header_map.append(
        ::reqwest::header::HeaderName::from_static("api-version"),
        ::reqwest::header::HeaderValue::from_static(Self::api_version()),
    );
    if let Some(value) = p03 {
        header_map.append("p03", value.to_string().try_into()?);
    }
    header_map.append("p04", p04.to_string().try_into()?);
    #[allow(unused_mut)]
    let mut request = self
        .client
        .put(url)
        .header(
            ::reqwest::header::ACCEPT,
            ::reqwest::header::HeaderValue::from_static("application/json"),
        )
        .json(&body)
        .query(&progenitor_client::QueryParam::new("p02", &p02))
        .headers(header_map)
        .build()?;
    let info = OperationInfo { operation_id: "op0" };
    self.pre(&mut request, &info).await?;
    let result = self.exec(request, &info).await;
    self.post(&result, &info).await?;
    let response = result?;
    match response.status().as_u16() {
        200u16 => ResponseValue::from_response(response).await,
        _ => Err(Error::UnexpectedResponse(response)),
    }
}
"#;

#[test]
fn all_of_a_method_is_read() {
    let wire = read(&syn::parse_str(METHOD).unwrap()).unwrap();
    assert_eq!(wire.method, "put");
    assert_eq!(wire.path, "/things/{}/{}");
    assert_eq!(wire.segments, [0, 1]);
    assert_eq!(wire.query, [2]);
    assert_eq!(wire.headers.len(), 2);
    assert!(!wire.headers[0].required && wire.headers[1].required);
    let types: Vec<_> = wire.parameters.iter().map(tokens).collect();
    assert_eq!(types[0], "String");
    assert_eq!(types[1], "types :: Id");
    assert_eq!(types[2], ":: std :: num :: NonZeroU64");
    assert_eq!(tokens(&wire.body.unwrap().type_), "types :: Body");
    assert_eq!(tokens(&wire.success), "types :: Thing");
    assert_eq!(wire.arms[0], ("200".to_owned(), Decode::Json));
    assert_eq!(wire.arms[1], ("_".to_owned(), Decode::Unexpected));
}

/// A release of progenitor that emits something else is noticed.
#[test]
fn whatever_is_new_is_a_surprise() {
    for (known, new) in [
        ("let url = format!", "let address = format!"),
        ("self.baseurl,", "self.base_url(),"),
        ("encode_path(&p00.to_string())", "p00"),
        (
            "encode_path(&p00.to_string())",
            "encode_path(&owner.to_string())",
        ),
        ("\"api-version\"", "\"x-version\""),
        ("if let Some(value) = p03", "if p03.is_some()"),
        ("header_map.append(\"p04\"", "header_map.append(p04"),
        (".put(url)", ".request(Method::PUT, url)"),
        (".json(&body)", ".cbor(&body)"),
        (
            "progenitor_client::QueryParam::new",
            "progenitor_client::Query::new",
        ),
        ("        .client\n", "        .http\n"),
        (
            "self.pre(&mut request, &info).await?;",
            "self.before(&mut request).await?;",
        ),
        (
            "200u16 => ResponseValue::from_response(response).await",
            "200u16 => Ok(decode(response))",
        ),
        ("let response = result?;", "let answer = result?;"),
        ("match response.status().as_u16() {", "return match 1 {"),
    ] {
        let method = METHOD.replace(known, new);
        assert_ne!(method, METHOD, "{known}");
        let outcome = read(&syn::parse_str(&method).unwrap());
        assert!(
            matches!(outcome, Err(Failure::Surprise(_))),
            "{known} -> {new}"
        );
    }
}
