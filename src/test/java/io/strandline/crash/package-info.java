/** Harnesses that start the packaged server as its users do, and kill it. They know the HTTP API and nothing else. */
@NullMarked
package io.strandline.crash;

import org.jspecify.annotations.NullMarked;
