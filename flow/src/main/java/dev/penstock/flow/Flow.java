package dev.penstock.flow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes a method a flow: a whole job, whose runs are recorded. Its parameters are those of the
/// flow.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Flow {
  /// The name that people see; that of the method when empty.
  String value() default "";

  /// What the flow does, for people.
  String description() default "";

  /// Of the code; worked out from the code when empty.
  String version() default "";

  /// How often the flow is run again after a failure; 0 for never.
  int retries() default 0;

  /// How long to wait before that: `10s`, `5m`, `PT1H`.
  String retryDelay() default "0s";

  /// Whether what it prints to `System.out` goes to its log, line by line.
  boolean logPrints() default false;

  /// How long one try may take: `1h30m`; empty for as long as it needs.
  String timeout() default "";
}
