package dev.penstock.flow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Which values a parameter may have: `@Allowed(min = "1", max = "12") int months`. Of a list, each
/// element; of a map, each value; of an `Optional`, the value if there is one.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Allowed {
  /// The least value, written as it would be given; for numbers, dates, times and all else that has
  /// an order.
  String min() default "";

  /// The greatest value.
  String max() default "";

  /// A regular expression that the whole text must match.
  String pattern() default "";

  /// The only values, written as they would be given.
  String[] oneOf() default {};

  /// Whether a text must hold something but blanks.
  boolean notBlank() default false;
}
