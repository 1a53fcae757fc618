package io.jenkins.plugins.baton.agent.management.control;

import io.jenkins.plugins.baton.jmx.ObjectNames;
import io.jenkins.plugins.baton.jmx.connector.Caller;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Carries out operations of the agent's MBeans that are given as words. */
final class BeanOperations {
    private final MBeanServer server;

    BeanOperations(MBeanServer server) {
        this.server = server;
    }

    /**
     * @param words the bean's object name, the operation, its arguments
     * @param who asks, as the log should name it
     * @return the operation; in a line of its own what it returned, if anything
     */
    String carryOut(List<String> words, String who) throws ControlCommands.Refusal {
        if (words.size() < 2) {
            throw refusal("Name a bean and an operation, as in: baton:type=VirtualRouter,name=NAME handOver REASON");
        }
        ObjectName bean = bean(words.get(0));
        List<String> given = words.subList(2, words.size());
        MBeanOperationInfo operation = operation(bean, words.get(1), given.size());
        MBeanParameterInfo[] signature = operation.getSignature();
        Object[] arguments = new Object[signature.length];
        for (int i = 0; i < signature.length; i++) {
            arguments[i] = argument(signature[i], given.get(i));
        }
        String[] types =
                Arrays.stream(signature).map(MBeanParameterInfo::getType).toArray(String[]::new);
        Object result = invoke(bean, operation.getName(), arguments, types, who);
        String call = operation.getName() + "(" + String.join(", ", given) + ") of " + bean;
        return result == null ? call : call + "\n" + result;
    }

    private static ObjectName bean(String name) throws ControlCommands.Refusal {
        try {
            ObjectName bean = new ObjectName(name);
            if (bean.getDomain().equals(ObjectNames.DOMAIN) && !bean.isPattern()) {
                return bean;
            }
        } catch (MalformedObjectNameException e) {
            // As with a bean of another domain.
        }
        throw refusal("'" + name + "' names no bean of Baton, such as baton:type=VirtualRouter,name=NAME");
    }

    private MBeanOperationInfo operation(ObjectName bean, String name, int arity) throws ControlCommands.Refusal {
        MBeanOperationInfo[] all = operations(bean);
        return Stream.of(all)
                .filter(operation -> operation.getName().equals(name) && operation.getSignature().length == arity)
                .findFirst()
                .orElseThrow(() ->
                        refusal(all.length == 0 ? bean + " has no operations" : noOperation(bean, name, arity, all)));
    }

    private MBeanOperationInfo[] operations(ObjectName bean) throws ControlCommands.Refusal {
        try {
            return server.getMBeanInfo(bean).getOperations();
        } catch (InstanceNotFoundException e) {
            String known = server.queryNames(ObjectName.WILDCARD, null).stream()
                    .filter(other -> other.getDomain().equals(ObjectNames.DOMAIN))
                    .map(ObjectName::toString)
                    .sorted()
                    .collect(Collectors.joining(" "));
            throw refusal("There is no bean " + bean + " on this node; there are: " + known);
        } catch (JMException e) {
            throw ControlCommands.Refusal.failed(bean + " cannot be asked: " + e);
        }
    }

    private static String noOperation(ObjectName bean, String name, int arity, MBeanOperationInfo[] all) {
        return "'" + name + "' with " + arity + (arity == 1 ? " argument" : " arguments") + " is no operation of "
                + bean + "; there are: "
                + Stream.of(all).map(BeanOperations::form).collect(Collectors.joining(", "));
    }

    private static String form(MBeanOperationInfo operation) {
        return Stream.of(operation.getSignature())
                .map(MBeanParameterInfo::getName)
                .collect(Collectors.joining(", ", operation.getName() + "(", ")"));
    }

    private static Object argument(MBeanParameterInfo parameter, String given) throws ControlCommands.Refusal {
        if (!parameter.getType().equals("int")) {
            return given;
        }
        try {
            return Integer.valueOf(given);
        } catch (NumberFormatException e) {
            throw refusal("The argument " + parameter.getName() + " is a number, not '" + given + "'");
        }
    }

    private Object invoke(ObjectName bean, String operation, Object[] arguments, String[] types, String who)
            throws ControlCommands.Refusal {
        try {
            return new Caller(who, "with `operate`").carryOut(() -> server.invoke(bean, operation, arguments, types));
        } catch (JMException | JMRuntimeException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw cause instanceof IllegalArgumentException
                    ? refusal(cause.getMessage())
                    : ControlCommands.Refusal.failed(cause.getMessage());
        } catch (Exception e) {
            throw ControlCommands.Refusal.failed(e.toString());
        }
    }

    private static ControlCommands.Refusal refusal(String sentence) {
        return ControlCommands.Refusal.badInput(sentence);
    }
}
