package io.jenkins.plugins.baton.jmx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.management.DescriptorKey;

/** What a person reads in JConsole beside a bean, an attribute, an operation or a parameter. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
public @interface Description {
    String value();

    /**
     * The unit of an attribute, for example {@code ms} or {@code bytes}; empty where there is none. The JMX descriptor
     * field is called {@code units}, as the specification of {@link javax.management.Descriptor} wants it.
     */
    @DescriptorKey("units")
    String unit() default "";

    /** The name of an operation's parameter. */
    String name() default "";
}
