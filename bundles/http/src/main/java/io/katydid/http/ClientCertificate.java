package io.katydid.http;

import java.nio.file.Path;

/** Names the files of a client certificate in PEM: the chain, and the key (the same file when it holds both). */
record ClientCertificate(Path certificate, Path key) {
}
