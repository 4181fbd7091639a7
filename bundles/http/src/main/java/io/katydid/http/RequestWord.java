package io.katydid.http;

import java.util.function.Consumer;

/** Changes the specification of one request. */
record RequestWord(String word, Consumer<RequestSpec.Draft> effect) implements RequestOption {
    @Override public String toString() {
        return word + "(…)";
    }
}
