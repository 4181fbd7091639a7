package io.katydid.http;

import io.katydid.api.KatydidException;

/** Says that an address cannot be requested, and why. */
public final class InvalidURL extends KatydidException {

    InvalidURL(String message) {
        super(message);
    }
}
