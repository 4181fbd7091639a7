package shop;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Resolves the names of {@link Blocks} as slowly as a gate says, and all others as usual. The machine's own resolver asks files or servers that a test must
 * not change, and on loopback answers at once; so this one blocks as that one would: in a native call, which the JDK cannot take off its thread.
 */
public final class SlowNames extends InetAddressResolverProvider {
    private static final String SUFFIX = ".slow.invalid";
    private static final int MICROS = 10_000;
    private static final Map<String, Gate> GATES = new ConcurrentHashMap<>();
    private static final MethodHandle USLEEP = Linker.nativeLinker().downcallHandle(
        Linker.nativeLinker().defaultLookup().find("usleep").orElseThrow(),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    static String name(Gate gate, int number) {
        var name = "host" + number + SUFFIX;
        GATES.put(name, gate);
        return name;
    }

    @Override public InetAddressResolver get(Configuration configuration) {
        var usual = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                var gate = GATES.get(host);
                if (gate == null) return usual.lookupByName(host, policy);
                while (!gate.isOpen()) block();
                return Stream.of(InetAddress.getByAddress(host, new byte[]{127, 0, 0, 9}));
            }

            @Override public String lookupByAddress(byte[] address) throws UnknownHostException { return usual.lookupByAddress(address); }
        };
    }

    private static void block() {
        try {
            int ignored = (int) USLEEP.invokeExact(MICROS);
        } catch (Throwable problem) {
            throw new AssertionError(problem);
        }
    }

    @Override public String name() { return "slow names for tests"; }
}
