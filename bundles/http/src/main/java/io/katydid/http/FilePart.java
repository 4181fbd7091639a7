package io.katydid.http;

/** Is one file of a multipart form. */
record FilePart(String field, String fileName, byte[] content, String contentType) {
}
