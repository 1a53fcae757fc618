package io.jenkins.plugins.baton.jmx.connector;

import io.jenkins.plugins.baton.jmx.ObjectNames;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.remote.MBeanServerForwarder;

/**
 * Lets JMX clients see everything and operate Baton, but not turn the JVM into a tool: who can connect to the loopback
 * port could otherwise load code into a process with network privileges ({@code createMBean} of an MLet, the diagnostic
 * commands) or write files (heap dumps). Every operation is told with its user.
 */
final class MBeanGuard implements InvocationHandler {
    private static final int MAX_ARGUMENT = 200;

    private static final Set<String> NEVER =
            Set.of("createMBean", "registerMBean", "unregisterMBean", "instantiate", "deserialize");
    private static final Set<String> CHANGING = Set.of("invoke", "setAttribute", "setAttributes");
    /** {@code java.lang} is what JConsole's own pages operate: thread dumps, garbage collection. */
    private static final Set<String> OPERABLE = Set.of(ObjectNames.DOMAIN, "java.lang");

    private MBeanServer server;

    private final BiConsumer<String, String> operations;

    private MBeanGuard(BiConsumer<String, String> operations) {
        this.operations = operations;
    }

    /** @param operations told of every operation before it is carried out: the user, and what it asks for */
    static MBeanServerForwarder create(BiConsumer<String, String> operations) {
        return (MBeanServerForwarder) Proxy.newProxyInstance(
                MBeanServerForwarder.class.getClassLoader(),
                new Class<?>[] {MBeanServerForwarder.class},
                new MBeanGuard(operations));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        switch (method.getName()) {
            case "getMBeanServer":
                return server;
            case "setMBeanServer":
                server = (MBeanServer) args[0];
                return null;
            default:
                refuse(method.getName(), args);
        }
        if (method.getName().equals("invoke")) {
            operations.accept(Caller.current().map(Caller::user).orElse("an unknown user"), operation(args));
        }
        try {
            return method.invoke(server, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** As in {@code setWeight(0) of baton:type=Backend,frontend=api,name=m1}. */
    private static String operation(Object[] args) {
        Object[] arguments = args[2] instanceof Object[] given ? given : new Object[0];
        String list = Arrays.stream(arguments).map(String::valueOf).collect(Collectors.joining(", "));
        return args[1] + "(" + list.substring(0, Math.min(list.length(), MAX_ARGUMENT)) + ") of " + args[0];
    }

    private static void refuse(String method, Object[] args) {
        if (NEVER.contains(method)) {
            throw new SecurityException("Baton does not let JMX clients call " + method);
        }
        if (CHANGING.contains(method) && !OPERABLE.contains(((ObjectName) args[0]).getDomain())) {
            throw new SecurityException("Baton lets JMX clients operate only the MBeans of " + OPERABLE);
        }
    }
}
