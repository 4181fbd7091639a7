package io.katydid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Environment;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.stats.StatsError;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Is what one user did once, as it was recorded.
 *
 * @param environment its environment, closed
 * @param events the request events in their order
 */
record Trial(Environment environment, List<RequestEvent> events) {

    /** Is what the user does. */
    @FunctionalInterface
    interface Step { void run(HttpUser user) throws Exception; }

    static Trial http(String host, Step step) throws Exception { return http(host, _ -> {}, step); }

    static Trial http(String host, OneUser.Setup options, Step step) throws Exception { return of(Flavour.HTTP, host, options, step); }

    static Trial fast(String host, Step step) throws Exception { return fast(host, _ -> {}, step); }

    static Trial fast(String host, OneUser.Setup options, Step step) throws Exception { return of(Flavour.FAST, host, options, step); }

    static Trial of(Flavour flavour, String host, OneUser.Setup options, Step step) throws Exception {
        return of(flavour, host, options, step, false);
    }

    static Trial of(Flavour flavour, String host, OneUser.Setup options, Step step, boolean fallback) throws Exception {
        var events = new CopyOnWriteArrayList<RequestEvent>();
        var type = flavour.isFast() ? OneUser.Fast.class : OneUser.Plain.class;
        OneUser.Body<HttpUser> body = step::run;
        var environment = OneUser.run(type, host, options, body, fallback, made -> made.events().request().addListener(events::add));
        return new Trial(environment, List.copyOf(events));
    }

    /** Gives the one request there was. */
    RequestEvent only() {
        assertThat(events).hasSize(1);
        assertThat(environment.stats().total().numRequests()).isEqualTo(1);
        return events.getFirst();
    }

    RequestEvent named(String name) { return events.stream().filter(event -> event.name().equals(name)).findFirst().orElseThrow(); }

    List<String> names() { return events.stream().map(event -> event.requestType() + " " + event.name()).toList(); }

    /** Gives the failure's text as the tables show it; "" for a success. */
    static String failure(RequestEvent event) {
        return event.exception().map(StatsError::parseError).orElse("");
    }

    /** Gives the texts of all failures in their order. */
    List<String> failures() {
        return events.stream().filter(event -> event.exception().isPresent()).map(Trial::failure).toList();
    }

    /** Checks that all went well. */
    Trial clean() {
        assertThat(failures()).isEmpty();
        assertThat(environment.stats().total().numFailures()).isZero();
        assertThat(environment.stats().total().numRequests()).isEqualTo(events.size());
        return this;
    }
}
