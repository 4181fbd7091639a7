// Shows listeners, a hook of your own, an exit code; run it beside users: -f BrowseUser.java,Tracing.java.
import io.katydid.api.*;
import io.katydid.api.event.*;
import module java.base;

class Tracing {
    record Tagged(String requestType, String name, double durationMs, long length, String traceId, boolean failed) {}

    static final EventHook<Tagged> REQUEST_TAGGED = new EventHook<>();
    static final Queue<Tagged> OUTBOUND = new ConcurrentLinkedQueue<>();

    @Listen static void onInit(Init event) {
        REQUEST_TAGGED.addListener(OUTBOUND::add);
    }

    @Listen static void onTestStart(TestStart event) {
        System.out.println("starting with " + event.runner().targetUserCount() + " users");
    }

    @Listen static void onRequest(RequestEvent request) {
        var traceId = Objects.toString(request.context().getOrDefault("trace_id", UUID.randomUUID()));
        REQUEST_TAGGED.fire(new Tagged(request.requestType(), request.name(), request.responseTimeMs(),
            request.responseLength(), traceId, request.exception().isPresent()));
    }

    @Listen static void onUserError(UserError error) {
        System.err.println(error.user() + " threw " + error.exception());
    }

    @Listen static void onQuitting(Quitting event) {
        if (event.environment().stats().total().failRatio() > 0.01) event.environment().processExitCode(1);
    }
}
