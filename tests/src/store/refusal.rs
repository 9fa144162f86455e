//! Refusals by stores.
//!
//! Each of the bodies has the signed URL in it, or its signature: neither may be shown.

use super::SIGNATURE;
use crate::server::Answer;

/// The refusal of a signed URL that is invalid or has expired.
#[derive(Clone, Copy, Debug)]
pub enum Refusal {
    /// 403 with the XML of Azure's Blob Storage, and its code in a header as well.
    Azure,
    /// 403 with the XML of S3.
    S3,
    /// 401 with the JSON of the store that artifacts were in before.
    Pipelines,
    /// Another status, with a page of HTML.
    Page(u16),
}

impl Refusal {
    /// The response to a request for a target.
    pub(super) fn answer(self, target: &str) -> Answer {
        match self {
            Self::Azure => azure(
                403,
                "AuthenticationFailed",
                "Server failed to authenticate the request. Make sure the value of Authorization \
                 header is formed correctly including the signature.",
                &format!(
                    "<AuthenticationErrorDetail>Signature not valid in the specified time frame: \
                     Start [Fri, 10 Jan 2020 14:49:22 GMT] - Expiry [Fri, 10 Jan 2020 15:00:22 GMT] \
                     - Current [Fri, 10 Jan 2020 15:00:23 GMT], sig={SIGNATURE}\
                     </AuthenticationErrorDetail>"
                ),
            ),
            Self::S3 => s3(target),
            Self::Pipelines => {
                let value = format!("Uri expired: {target}");
                let body = format!(r#"{{"count":{},"value":"{value}"}}"#, value.len());
                Answer::json(401, &body)
            }
            Self::Page(status) => Answer::status(status)
                .header("content-type", "text/html")
                .body(format!(
                    "<html><head><title>{status}</title></head><body>{}</body></html>\r\n",
                    escaped(target)
                )),
        }
    }
}

/// An error in the form of Azure's Blob Storage: the XML begins with a byte order mark.
pub(super) fn azure(status: u16, code: &str, message: &str, detail: &str) -> Answer {
    let body = format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{message}\n\
         RequestId:6d2fb0e8-b01e-0054-1d3a-b9e4c5000000\nTime:2020-01-10T15:00:23.5228723Z</Message>\
         {detail}</Error>"
    );
    Answer::status(status)
        .header("content-type", "application/xml")
        .header("x-ms-error-code", code)
        .header("x-ms-request-id", "6d2fb0e8-b01e-0054-1d3a-b9e4c5000000")
        .body(body)
}

fn s3(target: &str) -> Answer {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code>\
         <Message>Request has expired</Message><X-Amz-Expires>60</X-Amz-Expires>\
         <Expires>2020-01-10T15:00:22Z</Expires><ServerTime>2020-01-10T15:00:23Z</ServerTime>\
         <SignatureProvided>{SIGNATURE}</SignatureProvided><CanonicalRequest>GET\n{}\n\
         </CanonicalRequest><RequestId>F7WBSSVGGW2QCQGE</RequestId></Error>",
        escaped(target)
    );
    Answer::status(403)
        .header("content-type", "application/xml")
        .header("x-amz-request-id", "F7WBSSVGGW2QCQGE")
        .body(body)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
}
