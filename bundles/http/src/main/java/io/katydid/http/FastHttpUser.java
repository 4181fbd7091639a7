package io.katydid.http;

/**
 * Is an {@link HttpUser} with the defaults of the reference's fast client: certificates are not checked, 60 s time-outs, the URL as given is the name, only
 * known good statuses succeed, and Brotli is accepted. The engine is the same.
 */
public abstract class FastHttpUser extends HttpUser {
    /** Makes this user's requests; the same object as the parent's field, by its narrower type. */
    public final FastHttpSession client;

    /** Is called by the runner only. */
    protected FastHttpUser() {
        super(Flavour.FAST);
        client = engine();
    }
}
