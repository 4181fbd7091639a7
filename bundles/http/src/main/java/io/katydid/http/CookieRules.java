package io.katydid.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads Set-Cookie lines and matches cookies, by RFC 6265. */
final class CookieRules {
    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final Pattern BETWEEN = Pattern.compile("[\\t\\x20-\\x2F\\x3B-\\x40\\x5B-\\x60\\x7B-\\x7E]+");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2}).*");

    private static final long LONGEST_SECONDS = 100L * 366 * 24 * 3600;

    private CookieRules() {
    }

    /** Reads one Set-Cookie value; null for one that is to be ignored. */
    @Nullable static Cookie parse(String line, Url url, Instant now) {
        int end = line.indexOf(';');
        var pair = end < 0 ? line : line.substring(0, end);
        int equals = pair.indexOf('=');
        if (equals < 1 || pair.substring(0, equals).isBlank())
            return null;
        var draft = new Draft(url);
        if (end >= 0) {
            for (var attribute : line.substring(end + 1).split(";"))
                draft.attribute(attribute.strip(), now);
        }
        return draft.cookie(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }

    /** Collects the attributes; the last one of a kind counts. */
    private static final class Draft {
        private final Url url;
        private String domain = "";
        private String path;
        private boolean secure;
        private boolean httpOnly;
        private Optional<Instant> expires = Optional.empty();
        private Optional<Instant> maxAge = Optional.empty();

        Draft(Url url) {
            this.url = url;
            this.path = defaultPath(url.path());
        }

        void attribute(String attribute, Instant now) {
            int equals = attribute.indexOf('=');
            var value = equals < 0 ? "" : attribute.substring(equals + 1).strip();
            switch ((equals < 0 ? attribute : attribute.substring(0, equals)).strip().toLowerCase(Locale.ROOT)) {
                case "domain" ->
                    domain = value.isEmpty() ? domain : (value.startsWith(".") ? value.substring(1) : value).toLowerCase(Locale.ROOT);
                case "path" -> path = value.startsWith("/") ? value : defaultPath(url.path());
                case "secure" -> secure = true;
                case "httponly" -> httpOnly = true;
                case "max-age" -> maxAge = maxAge(value, now).or(() -> maxAge);
                case "expires" -> expires = date(value).or(() -> expires);
                default -> {
                }
            }
        }

        @Nullable Cookie cookie(String name, String value) {
            var end = maxAge.or(() -> expires);
            if (domain.isEmpty() || domain.equals(url.host()))
                return new Cookie(name, value, url.host(), path, domain.isEmpty(), secure, httpOnly, end);
            if (!below(url.host(), domain) || domain.indexOf('.') < 0)
                return null;
            return new Cookie(name, value, domain, path, false, secure, httpOnly, end);
        }
    }

    private static Optional<Instant> maxAge(String value, Instant now) {
        if (!value.matches("-?\\d+"))
            return Optional.empty();
        if (value.startsWith("-") || value.matches("0+"))
            return Optional.of(Instant.EPOCH);
        return Optional.of(now.plusSeconds(value.length() > 18 ? LONGEST_SECONDS : Math.min(Long.parseLong(value), LONGEST_SECONDS)));
    }

    /** Reads a date in any of the forms in use, by RFC 6265 §5.1.1. */
    static Optional<Instant> date(String text) {
        int day = -1;
        int month = -1;
        int year = -1;
        int[] time = null;
        for (var token : BETWEEN.split(text)) {
            var matched = TIME.matcher(token);
            if (time == null && matched.matches())
                time = new int[]{Integer.parseInt(matched.group(1)), Integer.parseInt(matched.group(2)),
                    Integer.parseInt(matched.group(3))};
            else
                if (day < 0 && token.matches("\\d{1,2}"))
                    day = Integer.parseInt(token);
                else
                    if (month < 0 && token.length() >= 3 && MONTHS.contains(token.substring(0, 3).toLowerCase(Locale.ROOT)))
                        month = MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
                    else
                        if (year < 0 && token.matches("\\d{2}|\\d{4}"))
                            year = fullYear(Integer.parseInt(token));
        }
        if (time == null || day < 0 || month < 0 || year < 1601)
            return Optional.empty();
        try {
            return Optional.of(LocalDateTime.of(year, month, day, time[0], time[1], time[2]).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException problem) {
            return Optional.empty();
        }
    }

    private static int fullYear(int year) {
        if (year >= 100)
            return year;
        return year < 70 ? 2000 + year : 1900 + year;
    }

    static String defaultPath(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    static boolean domainMatches(Cookie cookie, String host) {
        if (cookie.domain().isEmpty() || cookie.domain().equals(host))
            return true;
        return !cookie.hostOnly() && below(host, cookie.domain());
    }

    /** Tells whether a host is below a domain; an IP address is below nothing. */
    private static boolean below(String host, String domain) {
        return host.length() > domain.length() && host.endsWith(domain) && host.charAt(host.length() - domain.length() - 1) == '.'
            && !address(host);
    }

    private static boolean address(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    static boolean loopback(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("::1");
    }

    static boolean pathMatches(String cookiePath, String path) {
        return path.startsWith(cookiePath)
            && (path.length() == cookiePath.length() || cookiePath.endsWith("/") || path.charAt(cookiePath.length()) == '/');
    }
}
