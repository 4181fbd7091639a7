package io.katydid.html;

import java.util.regex.Pattern;

/** Hides the passwords of addresses; options that are declared secret never come here. */
final class Masked {
    private static final Pattern PASSWORD = Pattern.compile("(://[^/\\s:@]*:)[^/\\s]*@");

    private Masked() {}

    static String text(String value) { return PASSWORD.matcher(value).replaceAll("$1•••@"); }
}
