package io.jenkins.plugins.baton.jmx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.management.DescriptorKey;

/** The attribute counts what has happened since the agent started, so that it only grows; other numbers are gauges. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Counter {
    /** Of an attribute that is a map of counters: what tells them apart, as a label of Prometheus; empty for one counter. */
    @DescriptorKey("counterOf")
    String of() default "";
}
