package dev.penstock.data;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The column's name in files and tables, where it is not the snake_case form of the component's
/// name: `record Trip(@Name("PULocationID") int pickup) {}`.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Name {
  String value();
}
