package io.katydid.junit;

import io.katydid.http.FastHttpSession;
import io.katydid.http.HttpSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test an HTTP session as a parameter, of its own and closed after it: the same calls as in a load test, made once.
 *
 * <pre>{@code
 * @Test
 * void theSessionIsAPlainParameter(HttpSession session) {
 *     session.get("/api/products").raiseForStatus();
 * }
 * }</pre>
 *
 * <p>It needs no registration where the tests run on JUnit's launcher; elsewhere write {@code @ExtendWith(SessionExtension.class)}. The base URL is {@code @Host} of the
 * test class or the configuration parameter or system property {@code katydid.host}, which wins.
 */
public final class SessionExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SessionExtension.class);

    /** Makes the extension; JUnit does. */
    public SessionExtension() {}

    @Override public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type.equals(HttpSession.class) || type.equals(FastHttpSession.class);
    }

    @Override public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        var store = context.getStore(NAMESPACE);
        return store
            .computeIfAbsent(type, _ -> SessionUser.open(type.equals(FastHttpSession.class), host(context)), SessionUser.Opened.class)
            .session();
    }

    private static String host(ExtensionContext context) {
        return Hosts.configured(context).or(() -> Hosts.ofClass(context)).orElseThrow(() -> new ParameterResolutionException(
            "The test " + context.getDisplayName() + " asks for an HttpSession, and there is no base URL for it. Run the tests with -D"
                + Hosts.PARAMETER + "=http://… or put @Host(\"http://…\") on the class of the test."));
    }
}
