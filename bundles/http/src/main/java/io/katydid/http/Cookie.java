package io.katydid.http;

import java.time.Instant;
import java.util.Optional;

/**
 * Is one cookie.
 *
 * @param name
 *            its name
 * @param value
 *            its value as the server wrote it
 * @param domain
 *            the host it goes to; "" for every host
 * @param path
 *            the path it goes to, and everything below
 * @param hostOnly
 *            whether hosts below the domain do not get it
 * @param secure
 *            whether it goes over https only
 * @param httpOnly
 *            whether it is hidden from a page's scripts
 * @param expires
 *            when it ends; empty: with the session
 */
public record Cookie(String name, String value, String domain, String path, boolean hostOnly, boolean secure, boolean httpOnly,
    Optional<Instant> expires) {

    boolean expired(Instant now) {
        return expires.isPresent() && !expires.get().isAfter(now);
    }

    boolean sameAs(Cookie other) {
        return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
    }

    boolean goesTo(Url url) {
        return (!secure || url.secure() || CookieRules.loopback(url.host())) && CookieRules.domainMatches(this, url.host())
            && CookieRules.pathMatches(path, url.path());
    }
}
