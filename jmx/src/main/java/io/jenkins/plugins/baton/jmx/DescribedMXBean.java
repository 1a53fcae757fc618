package io.jenkins.plugins.baton.jmx;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.management.AttributeChangeNotification;
import javax.management.AttributeList;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import javax.management.StandardEmitterMBean;
import javax.management.StandardMBean;

/**
 * An MXBean that tells people what they look at: descriptions, parameter names and (as descriptor field {@code units})
 * units come from the {@link Description} annotations of its interface. Attributes that are read together come from one
 * moment. It sends a notification for every change it is told of. Safe for use from several threads.
 */
public final class DescribedMXBean extends StandardEmitterMBean {
    /** One sequence for all beans: a listener can put the notifications of a node in order. */
    private static final AtomicLong SEQUENCE = new AtomicLong();

    private final ObjectName name;
    private final Supplier<StandardMBean> moments;

    private <T> DescribedMXBean(
            ObjectName name, Supplier<T> moments, Class<T> contract, NotificationBroadcasterSupport emitter) {
        super(eachCallInItsMoment(moments, contract), contract, true, emitter);
        this.name = name;
        this.moments = () -> new StandardMBean(moments.get(), contract, true);
    }

    private static <T> T eachCallInItsMoment(Supplier<T> moments, Class<T> contract) {
        return contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(moments.get(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /**
     * @param name under which the bean will be registered, the source of its notifications
     * @param moments makes what is to be shown now, whose attributes do not change any more; throws an
     *     IllegalStateException with a sentence when there is nothing to show any more
     * @param contract an MXBean interface whose members carry {@link Description}
     */
    public static <T> DescribedMXBean of(ObjectName name, Supplier<T> moments, Class<T> contract) {
        MBeanNotificationInfo changes = new MBeanNotificationInfo(
                new String[] {AttributeChangeNotification.ATTRIBUTE_CHANGE},
                AttributeChangeNotification.class.getName(),
                "An attribute changed; the message says why");
        MBeanNotificationInfo conflicts = new MBeanNotificationInfo(
                new String[] {Conflict.NOTIFICATION_TYPE},
                Notification.class.getName(),
                "Somebody who is not a node of the cluster file began to use the same VRID; the message says who");
        MBeanNotificationInfo[] infos = VirtualRouterMXBean.class.isAssignableFrom(contract)
                ? new MBeanNotificationInfo[] {changes, conflicts}
                : new MBeanNotificationInfo[] {changes};
        return new DescribedMXBean(name, moments, contract, new NotificationBroadcasterSupport(infos));
    }

    public ObjectName name() {
        return name;
    }

    /**
     * Tells all listeners, on the caller's thread, that an attribute changed.
     *
     * @param reason why, for a person
     * @param oldValue and {@code newValue}: of the attribute's own type
     */
    public void attributeChanged(String attribute, String reason, Object oldValue, Object newValue) {
        sendNotification(new AttributeChangeNotification(
                name,
                SEQUENCE.incrementAndGet(),
                System.currentTimeMillis(),
                reason,
                attribute,
                newValue.getClass().getName(),
                oldValue,
                newValue));
    }

    /** Tells all listeners, on the caller's thread, that a stranger uses our VRID. */
    public void conflictSeen(String message) {
        sendNotification(new Notification(
                Conflict.NOTIFICATION_TYPE, name, SEQUENCE.incrementAndGet(), System.currentTimeMillis(), message));
    }

    /** All from one moment. None when there is nothing to show any more: what cannot be read is left out. */
    @Override
    public AttributeList getAttributes(String[] attributes) {
        StandardMBean moment;
        try {
            moment = moments.get();
        } catch (IllegalStateException e) {
            return new AttributeList();
        }
        return moment.getAttributes(attributes);
    }

    /** People see the contract, not the class behind it. */
    @Override
    protected String getClassName(MBeanInfo info) {
        return getMBeanInterface().getName();
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        Description description = getMBeanInterface().getAnnotation(Description.class);
        return description == null ? super.getDescription(info) : description.value();
    }

    @Override
    protected String getDescription(MBeanAttributeInfo attribute) {
        String getter = (attribute.isIs() ? "is" : "get") + attribute.getName();
        return method(getter, 0).map(DescribedMXBean::description).orElseGet(() -> super.getDescription(attribute));
    }

    @Override
    protected String getDescription(MBeanOperationInfo operation) {
        return method(operation).map(DescribedMXBean::description).orElseGet(() -> super.getDescription(operation));
    }

    @Override
    protected String getDescription(MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
        return method(operation)
                .flatMap(method -> parameter(method, index))
                .map(Description::value)
                .orElseGet(() -> super.getDescription(operation, parameter, index));
    }

    @Override
    protected String getParameterName(MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
        return method(operation)
                .flatMap(method -> parameter(method, index))
                .map(Description::name)
                .orElseGet(() -> super.getParameterName(operation, parameter, index));
    }

    /** Every operation of the contract changes something: JConsole and audits should say so. */
    @Override
    protected int getImpact(MBeanOperationInfo operation) {
        return MBeanOperationInfo.ACTION;
    }

    private Optional<Method> method(MBeanOperationInfo operation) {
        return method(operation.getName(), operation.getSignature().length);
    }

    /** The contract has no overloaded methods of equal arity, a test says so. */
    private Optional<Method> method(String methodName, int arity) {
        return Arrays.stream(getMBeanInterface().getMethods())
                .filter(method -> method.getName().equals(methodName) && method.getParameterCount() == arity)
                .findFirst();
    }

    private static String description(Method method) {
        Description description = method.getAnnotation(Description.class);
        return description == null ? null : description.value();
    }

    private static Optional<Description> parameter(Method method, int index) {
        for (Annotation annotation : method.getParameterAnnotations()[index]) {
            if (annotation instanceof Description description) {
                return Optional.of(description);
            }
        }
        return Optional.empty();
    }
}
