package io.strandline.web;

import io.strandline.catalog.work.Effect;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;

/**
 * How a POST with an idempotency key is answered from what it changed, when its own answer was never kept; each room has
 * one for every change by which a POST of its own begins.
 *
 * @param action the first change such a request makes, by its name on the wire
 * @param answer the answer, of things as they are now
 */
public record EffectAnswer(String action, Function<List<Effect>, ResponseEntity<?>> answer) {}
