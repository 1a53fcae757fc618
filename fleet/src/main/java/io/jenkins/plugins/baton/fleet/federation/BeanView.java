package io.jenkins.plugins.baton.fleet.federation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.baton.jmx.federation.Sampled;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;

/** One bean of one node at one moment; what is not an attribute goes to the node. */
final class BeanView implements InvocationHandler {
    private final NodeFeed node;
    private final ObjectName name;
    private final Sample sample;
    private final JsonNode attributes;
    private final boolean connected;
    private final long ageNanos;

    private BeanView(NodeFeed node, ObjectName name, Sample sample, Sample.Bean bean) {
        this.node = node;
        this.name = name;
        this.sample = sample;
        this.attributes = bean.attributes();
        this.connected = node.isConnected();
        this.ageNanos = node.ageNanos(sample);
    }

    /**
     * @param name of the bean on its node
     * @throws IllegalStateException when the agent shows it no more
     */
    static <T extends Sampled> T of(NodeFeed node, ObjectName name, Class<T> contract) {
        Sample sample = node.last().orElseThrow(() -> new IllegalStateException(node.problem()));
        Sample.Bean bean = sample.beans().get(name);
        if (bean == null) {
            throw new IllegalStateException(name + " is no longer configured on " + node.name());
        }
        return contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, new BeanView(node, name, sample, bean)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> name + " of " + node.name();
            };
        }
        if (method.getDeclaringClass() == Sampled.class) {
            return method.getReturnType() == boolean.class ? connected : TimeUnit.NANOSECONDS.toMillis(ageNanos);
        }
        String key = key(method);
        return key.isEmpty() ? operate(method, arguments) : attribute(key, method);
    }

    /** Of an attribute's getter; empty: it is an operation. */
    private static String key(Method method) {
        if (method.getParameterCount() > 0 || method.getReturnType() == void.class) {
            return "";
        }
        String attribute = method.getName().replaceFirst("^(get|is)", "");
        return Character.toLowerCase(attribute.charAt(0)) + attribute.substring(1);
    }

    private Object attribute(String key, Method method) {
        JsonNode value = attributes.get(key);
        if (value == null) {
            throw new IllegalStateException("The agent of " + node.name() + " is of version "
                    + sample.status().version() + ", which does not tell this; run `baton deploy`");
        }
        return ContractTypes.read(value, method.getGenericReturnType());
    }

    private Object operate(Method method, Object[] arguments) {
        List<String> words = new ArrayList<>(List.of(name.toString(), method.getName()));
        if (arguments != null) {
            Arrays.stream(arguments)
                    .map(argument -> argument == null ? "" : argument.toString())
                    .forEach(words::add);
        }
        String result = node.operate(words);
        return method.getReturnType() == int.class ? Integer.valueOf(result) : null;
    }
}
