package io.katydid.api.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Is a request to the console. */
public interface WebRequest {

    /** Gives the method in upper case. */
    String method();

    /** Gives the path below the base path. */
    String path();

    /** Gives the first value of a query parameter. */
    Optional<String> query(String name);

    /** Gives all query parameters. */
    Map<String, List<String>> query();

    /** Gives a header; names are compared without case. */
    Optional<String> header(String name);

    /** Gives the body as text. */
    String body();
}
