/**
 * The bounded channels between subtasks and the gate that merges and aligns a subtask's inputs.
 *
 * <p>May use {@code element}. Must never know operators, connectors or the coordinator.
 */
@NullMarked
package io.strandline.engine.channel;

import org.jspecify.annotations.NullMarked;
