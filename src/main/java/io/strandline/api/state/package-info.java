/**
 * State handles for user code, with the names and meanings they have in Flink, and the descriptors that declare them.
 *
 * <p>May use {@code api.type}. Must never know operators, tables or streams.
 */
@NullMarked
package io.strandline.api.state;

import org.jspecify.annotations.NullMarked;
