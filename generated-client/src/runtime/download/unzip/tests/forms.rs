//! The forms that an archive may have.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::fixture::{Staging, archive};

#[track_caller]
fn check(archive: &[u8]) {
    let staging = Staging::new();
    let unpacked = staging.extract(archive).unwrap();
    assert_eq!(unpacked.bytes, 7);
    assert_eq!(staging.listing(), ["into/", "into/a=content"]);
}

fn written(options: SimpleFileOptions) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("a", options).unwrap();
    writer.write_all(b"content").unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn methods() {
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        check(&written(
            SimpleFileOptions::default().compression_method(method),
        ));
    }
}

#[test]
fn zip64() {
    check(&written(SimpleFileOptions::default().large_file(true)));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.set_raw_zip64_extensible_data_sector(Box::from(*b"made for zip64"));
    writer
        .start_file("a", SimpleFileOptions::default())
        .unwrap();
    writer.write_all(b"content").unwrap();
    check(&writer.finish().unwrap().into_inner());
}

/// Sizes and checksum follow the content.
#[test]
fn streamed() {
    let mut writer = ZipWriter::new_stream(Vec::new());
    writer
        .start_file("a", SimpleFileOptions::default())
        .unwrap();
    writer.write_all(b"content").unwrap();
    check(&writer.finish().unwrap().into_inner());
}

#[test]
fn something_before_or_behind() {
    let archive = archive(&[("a", "content")]);
    check(&[b"#!/bin/sh\nexit\n", &archive[..]].concat());
    let mut commented = archive;
    let length = commented.len() - 2;
    commented.truncate(length);
    commented.extend(b"\x07\0comment");
    check(&commented);
}
