package io.jenkins.plugins.baton.jmx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.management.DescriptorKey;

/** The attribute is a text of few values that monitoring compares: a label of a series whose value is 1. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Label {
    @DescriptorKey("label")
    boolean value() default true;
}
