package dev.penstock.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Gives the test methods of a class a [TestFlows]: each its own, as a parameter. Such tests run
/// one at a time, since a process has one store.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(FlowExtension.class)
@ResourceLock("dev.penstock.store")
public @interface FlowTest {}
