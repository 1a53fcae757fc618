package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.linux.host.SignalDisposition;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Calls back when the process gets a signal, also one that its parent process had ignored. Behind it is {@code sun.misc.Signal} of the module jdk.unsupported, which
 * every JDK has and no API replaces; by reflection, because the compiler warns of it in a way that cannot be answered.
 */
final class Signals {
    private Signals() {}

    /**
     * @param name without SIG, as in {@code HUP}
     * @param action called on a thread of the JVM for each signal; must not throw
     */
    static void on(String name, Runnable action) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler calls = (proxy, method, arguments) -> {
                action.run();
                return null;
            };
            Object callback = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calls);
            Object signal = type.getConstructor(String.class).newInstance(name);
            SignalDisposition.reset((int) type.getMethod("getNumber").invoke(signal));
            type.getMethod("handle", type, handler).invoke(null, signal, callback);
        } catch (ReflectiveOperationException | LinuxException e) {
            throw new IllegalStateException("This JVM cannot catch SIG" + name + ": " + e, e);
        }
    }
}
