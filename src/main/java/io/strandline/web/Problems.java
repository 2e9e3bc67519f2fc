package io.strandline.web;

import io.strandline.problem.ErrorCode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The problems a controller's method (or each of its methods) answers with, for the API document; those that every call
 * has, such as {@code invalid-parameter} or {@code body-too-large}, need not be named.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Problems {

    ErrorCode[] value();
}
