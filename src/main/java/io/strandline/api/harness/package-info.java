/**
 * Test harnesses for operators and user functions: {@link io.strandline.api.harness.FunctionHarness} for functions,
 * {@link io.strandline.api.harness.OperatorHarness} for whatever the engine runs.
 *
 * <p>May use the other rooms of the API, {@code engine.operator}, {@code state} and {@code storage.memory}. Must never know jobs,
 * channels or checkpoints' coordination.
 */
@NullMarked
package io.strandline.api.harness;

import org.jspecify.annotations.NullMarked;
