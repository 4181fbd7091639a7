package io.katydid.http;

/** Sees each response before it is returned, redirects included. */
@FunctionalInterface
public interface ResponseHook {

    /** Looks at the response, on the user's thread. */
    void onResponse(Response response) throws Exception;
}
