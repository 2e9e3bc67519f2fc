/**
 * The types of keys, values and rows that user code may keep and pass on, each with its own encoding and a shape that versions
 * remember: scalars, strings, bytes, records, rows, and lists and maps of those. Never Java serialisation.
 *
 * <p>May use {@code snapshot} and {@code state}. Must never know operators, streams or plug-ins.
 */
@NullMarked
package io.strandline.api.type;

import org.jspecify.annotations.NullMarked;
