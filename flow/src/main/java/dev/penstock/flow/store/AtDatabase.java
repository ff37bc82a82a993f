package dev.penstock.flow.store;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Is asked only by a process that has the database, and by none through a server: it is done for
/// all, needs the keys of secrets, or says who may log in.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AtDatabase {}
