/**
 * What flows between subtasks: batches of rows in columns, watermarks and barriers.
 *
 * <p>May use {@code state} (for key hashes) and {@code snapshot} (for column types). Must never know who sends or receives.
 */
@NullMarked
package io.strandline.engine.element;

import org.jspecify.annotations.NullMarked;
