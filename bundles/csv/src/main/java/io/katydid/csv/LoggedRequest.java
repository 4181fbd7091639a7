package io.katydid.csv;

import io.katydid.api.User;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.stats.StatsError;
import java.time.Instant;
import java.util.Optional;

/**
 * Is what a line of a log needs of a request. Not the event itself: that has the response with it, whose body would stay in memory until the line is written.
 *
 * @param millis  NaN when it is counted but not timed
 * @param status  0 when none is known
 * @param failure why it failed; its text is made when the line is
 * @param user    the class of the user; "" when no user made it
 * @param thread  the name of the user's thread; "" when no user made it
 */
record LoggedRequest(Instant start, String type, String name, String url, double millis, long length, int status, String reason,
    Optional<Throwable> failure, String user, String thread) {

    static LoggedRequest of(RequestEvent event) {
        var response = event.response();
        return new LoggedRequest(event.startTime(), event.requestType(), event.name(), event.url(), event.responseTimeMs(),
            event.responseLength(), response.map(Answers::status).orElse(0), response.map(Answers::reason).orElse(""), event.exception(),
            event.user().map(user -> user.userClass().name()).orElse(""), event.user().map(User::thread).map(Thread::getName).orElse(""));
    }

    boolean ok() { return failure.isEmpty(); }

    /** Gives the text that the table of failures has too; "" for a success. */
    String failureText() {
        return failure.map(StatsError::parseError).orElse("");
    }
}
