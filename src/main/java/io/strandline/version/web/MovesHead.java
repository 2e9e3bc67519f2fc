package io.strandline.version.web;

import io.strandline.operation.AnsweredWhenDone;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A call whose operation moves the head of a branch, for the API document. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@AnsweredWhenDone
@ApiResponse(responseCode = "202", description = "The operation; its result says what was done.")
@interface MovesHead {}
