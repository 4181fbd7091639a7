package io.katydid.testkit;

import io.katydid.api.Environment;
import io.katydid.api.stats.Snapshot;
import io.katydid.launcher.Katydid;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives tests the platform as parameters: a {@link TargetServer}, an {@link EmbeddedKatydid} that is ready to run the users of {@link RunUsers}, its
 * {@link Environment}, or the {@link Snapshot} of a run that is over when the test begins. Each test has its own; they are closed after it.
 *
 * <pre>{@code
 * @ExtendWith(KatydidExtension.class)
 * class PagesTest {
 *     @Test @RunUsers(value = BrowseUser.class, requests = 10)
 *     void pagesAreFound(Snapshot snapshot, TargetServer server) {
 *         assertThat(snapshot.total().numFailures()).isZero();
 *         assertThat(server.requests("/")).isEqualTo(10);
 *     }
 * }
 * }</pre>
 */
public final class KatydidExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(KatydidExtension.class);
    private static final Set<Class<?>> TYPES = Set.of(TargetServer.class, EmbeddedKatydid.class, Environment.class, Snapshot.class);

    /** Makes the extension; JUnit does. */
    public KatydidExtension() {}

    @Override public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getTestMethod().isPresent() && TYPES.contains(parameter.getParameter().getType());
    }

    @Override public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        if (type.equals(TargetServer.class)) return server(context);
        var katydid = katydid(context);
        if (type.equals(EmbeddedKatydid.class)) return katydid;
        return type.equals(Environment.class) ? katydid.environment() : snapshot(context, katydid);
    }

    private static TargetServer server(ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(TargetServer.class, _ -> TargetServer.open(), TargetServer.class);
    }

    private static EmbeddedKatydid katydid(ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(EmbeddedKatydid.class, _ -> open(context), EmbeddedKatydid.class);
    }

    private static EmbeddedKatydid open(ExtensionContext context) {
        var run = settings(context);
        var builder = Katydid.environment(run.value()).loops(run.loops());
        boolean served = Arrays.asList(context.getRequiredTestMethod().getParameterTypes()).contains(TargetServer.class);
        if (!run.host().isEmpty()) builder.host(run.host());
        else if (served) builder.host(server(context).url());
        return EmbeddedKatydid.open(builder);
    }

    private static RunUsers settings(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getTestMethod(), RunUsers.class)
            .or(() -> AnnotationSupport.findAnnotation(context.getTestClass(), RunUsers.class))
            .orElseThrow(() -> new ParameterResolutionException("The test " + context.getDisplayName()
                + " asks for the platform but not for users. Add @RunUsers(YourUser.class) to it or to its class."));
    }

    private static Snapshot snapshot(ExtensionContext context, EmbeddedKatydid katydid) {
        return context.getStore(NAMESPACE).computeIfAbsent(Snapshot.class, _ -> run(settings(context), katydid), Snapshot.class);
    }

    private static Snapshot run(RunUsers run, EmbeddedKatydid katydid) {
        try {
            return run.requests() > 0 ? katydid.runRequests(run.users(), run.requests())
                : katydid.runFor(run.users(), Duration.ofNanos((long) (run.seconds() * 1e9)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ParameterResolutionException("The run of the users was interrupted.", interrupted);
        }
    }
}
